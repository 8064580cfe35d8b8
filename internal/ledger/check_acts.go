package ledger

import (
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
)

// MaxLinkLength bounds a link in bytes.
const MaxLinkLength = 1000

// MediaTypes are the types of files that a ledger takes: documents that no browser runs as a page. The database holds the same list.
func MediaTypes() []string {
	return []string{
		"application/pdf", "image/png", "image/jpeg", "image/webp", "text/csv", "text/plain", "application/json", "application/zip",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	}
}

// SafeLink reports whether a link may be kept and offered to readers: https with a host name, no credentials, nothing that a
// browser or a person could read differently.
func SafeLink(link string) bool {
	u, err := url.Parse(link)
	return err == nil && len(link) <= MaxLinkLength && strings.HasPrefix(link, "https://") && u.Scheme == "https" && u.Hostname() != "" && u.User == nil &&
		u.Opaque == "" && printable(link) && !strings.ContainsAny(link, " \\\"<>^`{|}")
}

// sum takes a hex SHA-256 in lower case.
func (c *check) sum(field, value string) {
	raw, err := hex.DecodeString(value)
	c.that(err == nil && len(raw) == SaltSize && strings.ToLower(value) == value, InvalidValue, field)
}

func (c *check) paper(p Paper) {
	c.that(p.Document != "" || p.File != "", Required, "document")
	c.that(len(p.Document) <= MaxLinkLength, TooLong, "document")
	c.that(printable(p.Document) && strings.TrimSpace(p.Document) == p.Document, InvalidValue, "document")
	c.that(!strings.Contains(p.Document, "://") || SafeLink(p.Document), InvalidValue, "document")
	if p.File != "" {
		c.sum("file", p.File)
	}
}

func (c *check) letter(l Letter) {
	c.text("letter_number", l.LetterNumber, maxNameLength)
	c.that(printable(l.LetterNumber), InvalidValue, "letter_number")
	c.date("letter_date", l.LetterDate)
	c.text("issuer", l.Issuer, maxNameLength)
	c.that(printable(l.Issuer), InvalidValue, "issuer")
	c.paper(l.Paper)
}

func (c *check) evidence(e Evidence, texts map[string]string) {
	c.id("key", e.Key)
	c.id("milestone", e.Milestone)
	c.that(strings.TrimSpace(texts["label"]) != "", Required, "label")
	c.date("observed_on", e.ObservedOn)
	switch {
	case e.SHA256 != "":
		c.that(e.Link == "", InvalidValue, "link")
		c.sum("sha256", e.SHA256)
		c.that(e.Size > 0, OutOfRange, "size")
		c.oneOf("media_type", e.MediaType, MediaTypes()...)
	default:
		c.that(e.Link != "", Required, "link")
		c.that(SafeLink(e.Link), InvalidValue, "link")
		c.that(e.Size == 0 && e.MediaType == "", InvalidValue, "sha256")
	}
}

func (c *check) review(r Review, texts map[string]string) {
	c.id("milestone", r.Milestone)
	c.id("evidence_key", r.EvidenceKey)
	c.that(r.Done >= 0 && r.Done <= MaxCount, OutOfRange, "done")
	c.that(r.Evidence != "", Required, "evidence")
	c.date("observed_on", r.ObservedOn)
	c.that(r.Accepted || strings.TrimSpace(texts["reason"]) != "", Required, "reason")
	c.that(r.Accepted || r.Done == 0, InvalidValue, "done")
}

func (c *check) ladder(l Ladder) {
	c.text("legal_basis", l.LegalBasis, maxNameLength)
	c.that(len(l.Steps) > 0, Required, "steps")
	for i, s := range l.Steps {
		c.that(s.Number == int64(i)+1, InvalidValue, "steps")
		c.name("steps", s.Name)
		c.optionalName("steps", s.Note)
	}
}

func (c *check) sanctionStep(s SanctionStep) {
	c.id("key", s.Key)
	c.that(s.Step > 0, OutOfRange, "step")
	c.letter(s.Letter)
}

func (c *check) duty(d Duty) {
	c.id("key", d.Key)
	c.text("text/id", d.Text.ID, MaxTextLength)
	c.text("text/en", d.Text.EN, MaxTextLength)
	c.that(len(d.Article) <= maxNameLength && printable(d.Article), InvalidValue, "article")
}

func (c *check) audit(a Audit, texts map[string]string) {
	c.id("key", a.Key)
	c.oneOf("trigger", a.Trigger, "periodic", "system_change")
	c.that(len(a.Duties) > 0, Required, "duties")
	c.date("due", a.Due)
	if a.Trigger == "system_change" {
		c.that(a.ChangedOn != "", Required, "changed_on")
		c.date("changed_on", a.ChangedOn)
		c.that(a.Result != "" || strings.TrimSpace(texts["change"]) != "", Required, "change")
	}
	c.oneOf("result", a.Result, "", "passed", "failed")
	if a.Result == "" {
		c.that(a.HeldOn == "", InvalidValue, "held_on")
		return
	}
	c.date("held_on", a.HeldOn)
	c.text("auditor", a.Auditor, maxNameLength)
	c.that(printable(a.Auditor), InvalidValue, "auditor")
	c.that(strings.TrimSpace(texts["finding"]) != "", Required, "finding")
	c.paper(a.Paper)
}

func (c *check) proposal(p Proposal, texts map[string]string) {
	c.id("key", p.Key)
	c.oneOf("kind", string(p.Kind), string(KindCorrection), string(KindReopening))
	c.report(p.Report, p.Kind, texts)
	c.that(p.BasisPoints > p.Limit && p.Limit >= 0 && p.BasisPoints <= wholeBasisPoints, OutOfRange, "basis_points")
}

func (c *check) decision(d Decision, texts map[string]string) {
	c.id("proposal", d.Proposal)
	c.oneOf("outcome", d.Outcome, "approved", "refused", "withdrawn")
	c.that(d.Outcome != "refused" || strings.TrimSpace(texts["reason"]) != "", Required, "reason")
}

// Files lists the stored files that the draft cites, as hex SHA-256.
func (d Draft) Files() []string {
	var cited []string
	switch body := d.Body.(type) {
	case Evidence:
		cited = []string{body.SHA256}
	case Acceptance:
		cited = []string{body.File}
	case SanctionStep:
		cited = []string{body.File}
	case Audit:
		cited = []string{body.File}
	}
	return slices.DeleteFunc(cited, func(sum string) bool { return sum == "" })
}
