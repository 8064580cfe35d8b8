package web

import (
	"context"
	"errors"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/signer"
	"tenggat/web/view"
)

// checkpointsPage is how many checkpoints the page lists at a time.
const checkpointsPage = 50

// getCheckpoints shows what was signed of the program's ledger. It is made anew for every reader: that signing is refused is known
// to this process, and no entry says so.
func (s *Server) getCheckpoints(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	skip, err := r.number("skip", 0, 0, ledger.MaxCount)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	j, err := s.judge(ctx, r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	list, err := s.reader.Checkpoints(ctx, r.credential, r.program.ID, m.asked, skip, checkpointsPage+1)
	if err != nil {
		return err
	}
	signing, err := s.signing(r.program.ID, m)
	if err != nil {
		return err
	}
	signing.Site = s.publicAddress(r)
	var history []view.Checkpoint
	for _, c := range list[:min(len(list), checkpointsPage)] {
		history = append(history, newCheckpointView(c))
	}
	newest, err := s.newestCheckpoint(ctx, r, m)
	if err != nil {
		return err
	}
	f := withProgram(r.frame(r.queryOf("as_of", "lang", "skip")), m, j)
	page := view.CheckpointsPage(view.NewCheckpointsModel(f, j.Program, newest, history, skip, len(list) > checkpointsPage, signing))
	doc, err := render(ctx, page, time.Time{})
	if err != nil {
		return err
	}
	return send(r, doc)
}

// newestCheckpoint is the newest that had been signed at the moment; nil: none.
func (s *Server) newestCheckpoint(ctx context.Context, r *request, m moment) (*view.Checkpoint, error) {
	c, err := s.reader.Checkpoint(ctx, r.credential, r.program.ID, m.asked)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil
	}
	shown := newCheckpointView(c)
	return &shown, err
}

func newCheckpointView(c postgres.Checkpoint) view.Checkpoint {
	shown := view.Checkpoint{
		Origin: c.Origin, Size: c.Size, Root: c.Root.String(), RecordedAt: c.RecordedAt, SignedAt: c.SignedAt, Reason: string(c.Reason), Note: c.Note,
	}
	for _, w := range ledger.Cosignatures([]byte(c.Note)) {
		shown.Witnesses = append(shown.Witnesses, view.Witness{Name: w.Name, At: w.At})
	}
	return shown
}

// signing is how this process stands to signing a program. Of a past moment it tells the keys that there were; that signing is refused
// now is no matter of then.
func (s *Server) signing(programID string, m moment) (view.Signing, error) {
	keys, err := s.signer.PublicKeys(programID)
	if err != nil {
		return view.Signing{}, err
	}
	signing := view.Signing{HasKey: s.signer != nil}
	for i, k := range keys {
		if m.past() && k.MadeAt.After(m.asked) {
			break
		}
		if m.past() && (i+1 == len(keys) || keys[i+1].MadeAt.After(m.asked)) {
			k.Until = nil // its end was set later
		}
		signing.Keys = append(signing.Keys, view.VerifierKey{Text: k.Verifier, MadeAt: k.MadeAt, Until: k.Until})
	}
	if m.past() {
		return signing, nil
	}
	problem := s.signer.Problem(programID)
	var refusal *signer.Refusal
	switch {
	case errors.As(problem, &refusal):
		signing.Problem, signing.Signed, signing.Head = string(refusal.Code), refusal.Signed.Size, refusal.Head
	case problem != nil:
		signing.Problem = "failed"
	}
	return signing, nil
}
