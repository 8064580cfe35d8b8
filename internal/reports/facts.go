package reports

import (
	"strings"

	"tenggat/internal/i18n"
)

// Fact is a name and a value of a report's head, in words.
type Fact struct{ Name, Value string }

// Facts are the letter head and the signature in words. content is the SHA-256 of the content; "" before it is known.
func Facts(d Document, content string, l i18n.Lang) []Fact {
	at := func(t i18n.Message) string { return l.T(t) }
	facts := []Fact{
		{at(i18n.ReportNo), l.Int(d.Number)},
		{at(i18n.ReportAbout), l.T(i18n.ReportSubject, l.Pick(d.Name.ID, d.Name.EN))},
		{at(i18n.ReportPeriod), l.DateRange(d.From.UTC(), d.To.UTC())},
		{at(i18n.ReportTo), d.Regulator},
		{at(i18n.Operators), strings.Join(d.Operators, ", ")},
		{at(i18n.LegalBasis), d.Legal},
		{at(i18n.ReportAsOf), l.T(i18n.ReportAsOfEntry, l.DateTime(d.AsOf.In(d.Zone)), l.Int(d.Entry))},
	}
	if d.Replaces > 0 {
		facts = append(facts, Fact{at(i18n.ReportReplaces), l.T(i18n.ReportNumber, l.Int(d.Replaces))})
	}
	facts = append(facts, Fact{at(i18n.ReportSignedBy), d.Signer.Name}, Fact{at(i18n.ReportOffice), d.Signer.Office},
		Fact{at(i18n.ReportSignedAt), l.DateTime(d.Signer.At.In(d.Zone))}, Fact{at(i18n.ReportDissent), d.Dissent})
	if d.Dissent == "" {
		facts[len(facts)-1].Value = at(i18n.None)
	}
	if content != "" {
		facts = append(facts, Fact{at(i18n.ReportHash), content})
	}
	if d.Checkpoint != nil {
		facts = append(facts, Fact{at(i18n.TableCheckpoint), l.T(i18n.ReportCheckpointFull, l.Int(d.Checkpoint.Size), d.Checkpoint.Root, d.Checkpoint.Origin)})
	}
	kept := facts[:0]
	for _, f := range facts {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}
