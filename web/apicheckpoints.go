package web

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// plainText is how a signed note is sent: as the bytes that were signed.
const plainText = "text/plain; charset=utf-8"

// getCheckpointNote is a program's newest checkpoint as a signed note, or with size= the one of that many entries. Its address never
// changes.
func (s *Server) getCheckpointNote(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	size, err := r.number("size", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	c, err := s.reader.CheckpointOf(r.Request().Context(), r.credential, r.program.ID, m.asked, size)
	if err != nil {
		return err
	}
	return send(r, newDocument(plainText, []byte(c.Note), time.Time{}))
}

type checkpointJSON struct {
	Origin     string                 `json:"origin"`
	Size       int64                  `json:"size"` // entries that it covers
	Root       ledger.Hash            `json:"root"`
	RecordedAt string                 `json:"recorded_at"` // of the last entry in it
	SignedAt   string                 `json:"signed_at"`
	Reason     postgres.SigningReason `json:"reason"`
	Note       string                 `json:"note"`
}

func newCheckpointJSON(c postgres.Checkpoint) checkpointJSON {
	return checkpointJSON{c.Origin, c.Size, c.Root, rfc3339(c.RecordedAt), rfc3339(c.SignedAt), c.Reason, c.Note}
}

// getCheckpointsJSON lists checkpoints, newest first, a page at a time.
func (s *Server) getCheckpointsJSON(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	skip, err := r.number("skip", 0, 0, ledger.MaxCount)
	if err != nil {
		return err
	}
	limit, err := r.number("limit", defaultPage, 1, maxPage)
	if err != nil {
		return err
	}
	list, err := s.reader.Checkpoints(r.Request().Context(), r.credential, r.program.ID, m.asked, skip, limit+1)
	if err != nil {
		return err
	}
	answer := struct {
		Program     string           `json:"program"`
		Checkpoints []checkpointJSON `json:"checkpoints"`
		Next        *int64           `json:"next_skip"` // null: this is the last page
	}{r.program.Slug, []checkpointJSON{}, nil}
	for _, c := range list[:min(len(list), int(limit))] {
		answer.Checkpoints = append(answer.Checkpoints, newCheckpointJSON(c))
	}
	link := ""
	if len(list) > int(limit) {
		next := skip + limit
		answer.Next = &next
		query := r.queryOf("as_of")
		query.Set("skip", strconv.FormatInt(next, 10))
		query.Set("limit", strconv.FormatInt(limit, 10))
		link = fmt.Sprintf(`<%s?%s>; rel="next"`, r.Request().URL.EscapedPath(), query.Encode())
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	doc := newDocument("application/json", body, time.Time{})
	doc.link = link
	return send(r, doc)
}

// getInclusion proves that an entry is in a tree: in the newest checkpoint's or, with size=, in that of the first size entries.
func (s *Server) getInclusion(r *request) error {
	entry, err := r.number("entry", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	if entry == 0 {
		return fail(malformedRequest, i18n.DetailQuery, "entry")
	}
	size, note, err := s.provenTo(r, "size")
	if err != nil {
		return err
	}
	proof, err := s.reader.Inclusion(r.Request().Context(), r.credential, r.program.ID, entry, size)
	if err != nil {
		return proofRefused(err)
	}
	return s.sendProof(r, struct {
		Entry      int64         `json:"entry"`
		Leaf       ledger.Hash   `json:"leaf_hash"`
		Size       int64         `json:"size"`
		Root       ledger.Hash   `json:"root"`
		Proof      []ledger.Hash `json:"proof"`
		Checkpoint *string       `json:"checkpoint"` // the signed note of that size; null: it was not signed
	}{proof.Entry, proof.Leaf, proof.Size, proof.Root, hashes(proof.Proof), note})
}

// getConsistency proves that a tree begins with an older one: the newest checkpoint's, or with to= that of the first to entries.
func (s *Server) getConsistency(r *request) error {
	from, err := r.number("from", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	if from == 0 {
		return fail(malformedRequest, i18n.DetailQuery, "from")
	}
	to, note, err := s.provenTo(r, "to")
	if err != nil {
		return err
	}
	proof, err := s.reader.Consistency(r.Request().Context(), r.credential, r.program.ID, from, to)
	if err != nil {
		return proofRefused(err)
	}
	return s.sendProof(r, struct {
		From       int64         `json:"from"`
		FromRoot   ledger.Hash   `json:"from_root"`
		To         int64         `json:"to"`
		ToRoot     ledger.Hash   `json:"to_root"`
		Proof      []ledger.Hash `json:"proof"`
		Checkpoint *string       `json:"checkpoint"` // the signed note of "to"; null: it was not signed
	}{proof.From, proof.FromRoot, proof.To, proof.ToRoot, hashes(proof.Proof), note})
}

// provenTo is the size of the tree that a proof leads to: the parameter's, or that of the newest checkpoint at as_of; with the note that
// was signed for it, if one was.
func (s *Server) provenTo(r *request, parameter string) (size int64, note *string, err error) {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return 0, nil, err
	}
	if size, err = r.number(parameter, 0, 1, ledger.MaxCount); err != nil {
		return 0, nil, err
	}
	c, err := s.reader.CheckpointOf(r.Request().Context(), r.credential, r.program.ID, m.asked, size)
	switch {
	case err == nil:
		return c.Size, &c.Note, nil
	case size > 0 && errors.Is(err, postgres.ErrNotFound):
		return size, nil, nil
	}
	return 0, nil, err
}

// proofRefused says what is not there.
func proofRefused(err error) error {
	if errors.Is(err, postgres.ErrNotFound) {
		return fail(notFound, i18n.DetailProofEntry)
	}
	return err
}

func (s *Server) sendProof(r *request, proof any) error {
	body, err := marshal(proof)
	if err != nil {
		return err
	}
	return send(r, newDocument("application/json", body, time.Time{}))
}

// hashes is never null in JSON: a proof of nothing more is an empty list.
func hashes(proof []ledger.Hash) []ledger.Hash { return append([]ledger.Hash{}, proof...) }

// promise signs for what was acknowledged. It never keeps an acknowledgement back: what was committed stays committed.
func (s *Server) promise(r *request, receipts []ledger.Receipt) string {
	entries := make([]ledger.Promised, len(receipts))
	for i, receipt := range receipts {
		entries[i] = ledger.Promised{Entry: receipt.Entry, Leaf: receipt.LeafHash, RecordedAt: receipt.RecordedAt}
	}
	signed, err := s.signer.Receipt(r.program.ID, entries)
	if err != nil {
		s.logger.Warn("a receipt was not signed", "id", r.id, "error", err)
	}
	return signed
}
