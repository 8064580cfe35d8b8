package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/verify"
)

// The exit codes of verify. What could not be read is never a contradiction, and the reverse.
const (
	exitContradicted = 1
	exitUnchecked    = 2
)

type verifyCommand struct {
	Bundle      string   `arg:"" optional:"" help:"The ledger as \"dashboard export\" or the API gave it; - is standard input."`
	Figure      string   `placeholder:"FILE" help:"Check a single headline with its proof instead of a whole ledger."`
	Keys        []string `name:"key" sep:"none" placeholder:"VKEY" help:"Verifier key of the log, or a file that holds it. Pin it once, from elsewhere than the ledger's file. Repeatable."`
	Witnesses   []string `name:"cosigned-by" sep:"none" placeholder:"VKEY" help:"Verifier key of a witness whose cosignature is expected. Repeatable."`
	Checkpoints []string `name:"checkpoint" sep:"none" placeholder:"FILE" help:"A checkpoint that was received before: the ledger must go on from it. Repeatable."`
	Receipts    []string `name:"receipt" sep:"none" placeholder:"FILE" help:"A job's receipt: what it promises must be there. Repeatable."`
	Figures     []string `sep:"none" placeholder:"FILE" help:"A saved answer of the API, such as summary: the ledger must give the same. Repeatable."`
	Evidence    string   `type:"path" default:"." placeholder:"DIR" help:"Where signed notes that contradict are written (default ${default})."`
	Lang        string   `enum:"id,en" default:"en" help:"Language of the report: id or en (default ${default})."`
}

// Run verifies. It opens no database and no connection.
func (v verifyCommand) Run(_ context.Context, s *streams) error {
	report, err := v.verify(s.in)
	if err != nil {
		return &exitError{exitUnchecked, err}
	}
	kept, keepErr := keepEvidence(v.Evidence, report.Evidence)
	lang, _ := i18n.Parse(v.Lang)
	answer := struct {
		verify.Report
		Evidence []string `json:"evidence"`
	}{report, append([]string{}, kept...)}
	if err := s.answer(answer, func(w io.Writer) { printVerified(w, lang, report, kept, v.Figure != "") }); err != nil {
		return &exitError{exitUnchecked, err}
	}
	switch report.Verdict {
	case verify.Verified:
		return nil
	case verify.Contradicted:
		return &exitError{exitContradicted, errors.Join(errors.New("contradiction"), keepErr)}
	}
	return &exitError{exitUnchecked, errors.New("could not check")}
}

func (v verifyCommand) verify(stdin io.Reader) (verify.Report, error) {
	q := verify.Request{}
	var err error
	if q.Keys, err = readVerifiers(v.Keys); err != nil {
		return verify.Report{}, err
	}
	if q.Witnesses, err = readVerifiers(v.Witnesses); err != nil {
		return verify.Report{}, err
	}
	for _, list := range []struct {
		files *[]verify.File
		names []string
	}{{&q.Older, v.Checkpoints}, {&q.Receipts, v.Receipts}, {&q.Figures, v.Figures}} {
		for _, name := range list.names {
			data, err := os.ReadFile(name) //nolint:gosec // a file that the person running the command names
			if err != nil {
				return verify.Report{}, err
			}
			*list.files = append(*list.files, verify.File{Name: name, Data: data})
		}
	}
	if (v.Bundle == "") == (v.Figure == "") {
		return verify.Report{}, errors.New("name either the file of a ledger or, with --figure, that of a single headline")
	}
	in, err := openInput(v.Bundle+v.Figure, stdin)
	if err != nil {
		return verify.Report{}, err
	}
	defer func() { _ = in.Close() }() // only read from
	if v.Figure != "" {
		return verify.Figure(in, q.Keys), nil
	}
	return verify.Bundle(in, q), nil
}

func openInput(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(stdin), nil
	}
	return os.Open(name) //nolint:gosec // a file that the person running the command names
}

// readVerifiers reads verifier keys: each is written out, or the name of a file with one a line.
func readVerifiers(keys []string) (verifiers []note.Verifier, err error) {
	for _, key := range keys {
		texts := []string{key}
		if !strings.Contains(key, "+") {
			raw, err := os.ReadFile(key) //nolint:gosec // a file that the person running the command names
			if err != nil {
				return nil, fmt.Errorf("key %q is neither a verifier key nor a file: %w", key, err)
			}
			texts = strings.Fields(string(raw))
		}
		for _, text := range texts {
			v, err := ledger.NewVerifier(text)
			if err != nil {
				return nil, err
			}
			verifiers = append(verifiers, v)
		}
	}
	return verifiers, nil
}

// keepEvidence writes signed notes down and returns the names of the files. None that is there is overwritten.
func keepEvidence(dir string, notes []verify.File) (names []string, err error) {
	if len(notes) > 0 {
		if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // meant to be shown to others
			return nil, err
		}
	}
	for _, n := range notes {
		name, err := keepNote(filepath.Join(dir, "contradiction-"+strings.TrimSuffix(n.Name, ".note")), n.Data)
		if err != nil {
			return names, fmt.Errorf("evidence could not be written: %w", err)
		}
		names = append(names, name)
	}
	return names, nil
}

func keepNote(stem string, data []byte) (string, error) {
	for i := 1; ; i++ {
		name := stem + ".note"
		if i > 1 {
			name = fmt.Sprintf("%s-%d.note", stem, i)
		}
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // meant to be shown to others
		if errors.Is(err, os.ErrExist) {
			if there, err := os.ReadFile(name); err == nil && bytes.Equal(there, data) { //nolint:gosec // as above
				return name, nil
			}
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(data)
		return name, errors.Join(err, file.Close())
	}
}
