package main

import (
	"cmp"
	"fmt"
	"io"

	"tenggat/internal/i18n"
	"tenggat/internal/verify"
)

// verdictWords are the report's first word.
var verdictWords = map[verify.Verdict]i18n.Message{
	verify.Verified: i18n.VerifyVerified, verify.Contradicted: i18n.VerifyContradicted, verify.Unchecked: i18n.VerifyUnchecked,
}

// printVerified writes the report for people: the verdict, what it rests on, and everything that was found.
func printVerified(w io.Writer, l i18n.Lang, r verify.Report, evidence []string, figure bool) {
	fmt.Fprintln(w, l.T(verdictWords[r.Verdict]))
	for _, row := range verifiedRows(l, r, figure) {
		fmt.Fprintf(w, "  %-20s %s\n", l.T(row.name), row.value)
	}
	printFindings(w, l, r, i18n.VerifyWhatContradicts, true)
	printFindings(w, l, r, i18n.VerifyWhatNotChecked, false)
	if len(evidence) > 0 {
		fmt.Fprintln(w, l.T(i18n.VerifyEvidence))
		for _, name := range evidence {
			fmt.Fprintf(w, "  %s\n", name)
		}
	}
	switch {
	case r.Verdict != verify.Verified:
	case figure:
		fmt.Fprintf(w, "%s\n%s\n", l.T(i18n.VerifyFigureShown), l.T(i18n.VerifyFigureNotShown))
	default:
		fmt.Fprintln(w, l.T(i18n.VerifyNotShown))
	}
}

type verifiedRow struct {
	name  i18n.Message
	value string
}

func verifiedRows(l i18n.Lang, r verify.Report, figure bool) (rows []verifiedRow) {
	add := func(show bool, name i18n.Message, value string) {
		if show {
			rows = append(rows, verifiedRow{name, value})
		}
	}
	n := func(n int) string { return l.Int(int64(n)) }
	add(r.Program != "", i18n.VerifyRowProgram, r.Slug+" ("+r.Program+")")
	if figure {
		add(r.Entries > 0, i18n.VerifyRowEntries, l.T(i18n.VerifyProved, l.Int(r.Entries)))
	} else {
		add(r.Entries > 0, i18n.VerifyRowEntries, l.T(i18n.VerifyRead, l.Int(r.Entries), r.ExportedAt))
	}
	signed := l.N(i18n.VerifySignedUpTo, int64(r.Checkpoints), l.Int(r.SignedUpTo), r.Origin)
	if unsigned := r.Entries - r.SignedUpTo; unsigned > 0 && !figure {
		signed += "; " + l.N(i18n.VerifyUnsigned, unsigned)
	}
	add(r.SignedUpTo > 0, i18n.VerifyRowSigned, signed)
	add(r.Published > 0, i18n.VerifyRowFigures, l.N(i18n.VerifyCompared, int64(r.Published), n(r.Figures)))
	if h := r.Headline; h != nil && r.Verdict == verify.Verified {
		points := l.T(i18n.VerifyHeadline, l.Points(int64(h.Reported)), l.Points(int64(h.Verified)), l.Points(int64(h.Accepted)))
		if figure { // the proof is of what was reported
			points = l.T(i18n.VerifyReported, l.Points(int64(h.Reported)))
		}
		add(true, i18n.VerifyRowHeadline, points)
	}
	add(r.Older > 0, i18n.VerifyRowOlder, l.N(i18n.VerifyOlderKept, int64(r.Older)))
	add(r.Receipts > 0, i18n.VerifyRowReceipts, l.T(i18n.VerifyKept, n(r.Receipts)))
	add(r.FilesMatched > 0, i18n.VerifyRowSaved, l.T(i18n.VerifySame, n(r.FilesMatched)))
	add(r.Texts+r.ErasedTexts > 0, i18n.VerifyRowTexts, l.T(i18n.VerifyTextsKept, n(r.Texts), n(r.ErasedTexts)))
	add(r.Cosigned > 0, i18n.VerifyRowWitnesses, l.N(i18n.VerifyCosigned, int64(r.Cosigned)))
	return rows
}

// mostFindings is how many findings of a group are told; --json has them all.
const mostFindings = 20

func printFindings(w io.Writer, l i18n.Lang, r verify.Report, heading i18n.Message, contradictions bool) {
	told := 0
	for _, f := range r.Findings {
		if f.Code.Contradicts() != contradictions {
			continue
		}
		if told++; told == 1 {
			fmt.Fprintln(w, l.T(heading))
		}
		if told <= mostFindings {
			fmt.Fprintf(w, "  %s\n", findingWords(l, r, f))
		}
	}
	if told > mostFindings {
		fmt.Fprintf(w, "  + %s\n", l.Int(int64(told-mostFindings)))
	}
}

// findingWords says what was found. A code without words of its own shows itself.
func findingWords(l i18n.Lang, r verify.Report, f verify.Finding) string {
	entry, to := l.Int(f.Entry), l.Int(f.To)
	switch f.Code {
	case verify.EntryMissing:
		return l.T(i18n.FoundEntryMissing, entry, l.Int(f.Entry-1), to)
	case verify.EntryRepeated:
		return l.T(i18n.FoundEntryRepeated, entry, to)
	case verify.EntryForeign:
		return l.T(i18n.FoundEntryForeign, entry)
	case verify.EntryMalformed:
		return l.T(i18n.FoundEntryMalformed, entry, f.Detail)
	case verify.EntryEdited:
		return l.T(i18n.FoundEntryEdited, entry)
	case verify.EntryChanged:
		return l.T(i18n.FoundEntryChanged, entry, to)
	case verify.EntryRefused:
		return l.T(i18n.FoundEntryRefused, entry, f.Detail)
	case verify.EventRepeated:
		return l.T(i18n.FoundEventRepeated, entry, to)
	case verify.OutOfOrder:
		return l.T(i18n.FoundOutOfOrder, entry)
	case verify.ZoneDiffers:
		return l.T(i18n.FoundZoneDiffers, entry)
	case verify.TextAltered:
		return l.T(i18n.FoundTextAltered, f.Member, entry)
	}
	return cmp.Or(signedWords(l, r, f), figureWords(l, f), uncheckedWords(l, f), string(f.Code))
}

// signedWords are those of contradictions with what was signed.
func signedWords(l i18n.Lang, r verify.Report, f verify.Finding) string {
	entry, to, there := l.Int(f.Entry), l.Int(f.To), l.Int(r.Entries)
	switch f.Code {
	case verify.RootDiffers:
		return l.T(i18n.FoundRootDiffers, to, entry, to)
	case verify.CheckpointBeyond:
		return l.T(i18n.FoundCheckpointBeyond, to, there)
	case verify.SignatureFalse:
		return l.T(i18n.FoundSignatureFalse, entry, f.Detail)
	case verify.OlderDiffers:
		return l.T(i18n.FoundOlderDiffers, f.File, to, entry)
	case verify.OlderBeyond:
		return l.T(i18n.FoundOlderBeyond, f.File, to, there) + " " + l.T(i18n.VerifyAlternative)
	case verify.Forked:
		return l.T(i18n.FoundForked, to)
	case verify.ReceiptDiffers:
		return l.T(i18n.FoundReceiptDiffers, entry, f.File)
	case verify.ReceiptBeyond:
		return l.T(i18n.FoundReceiptBeyond, entry, f.File)
	}
	return ""
}

// figureWords are those of contradictions with what was published.
func figureWords(l i18n.Lang, f verify.Finding) string {
	switch {
	case f.Code == verify.FiguresDiffer && f.File != "":
		return l.T(i18n.FoundFiguresFile, f.File, f.Member, l.Int(f.To), f.Published, f.Derived)
	case f.Code == verify.FiguresDiffer:
		return l.T(i18n.FoundFiguresDiffer, f.Member, l.Int(f.To), f.Published, f.Derived)
	case f.Code == verify.FigureNotIncluded:
		return l.T(i18n.FoundNotIncluded, l.Int(f.Entry), l.Int(f.To))
	case f.Code == verify.FigureDiffers:
		return l.T(i18n.FoundFigureDiffers, f.Member, f.Published, f.Derived)
	}
	return ""
}

// uncheckedWords are those of what could not be checked.
func uncheckedWords(l i18n.Lang, f verify.Finding) string {
	entry, to := l.Int(f.Entry), l.Int(f.To)
	switch f.Code {
	case verify.Damaged:
		return l.T(i18n.FoundDamaged, f.Detail)
	case verify.NewerFormat:
		return l.T(i18n.FoundNewerFormat, f.Detail)
	case verify.NoKey:
		return l.T(i18n.FoundNoKey)
	case verify.NothingSigned:
		return l.T(i18n.FoundNothingSigned)
	case verify.OtherKey:
		return l.T(i18n.FoundOtherKey, entry)
	case verify.NoCheckpoint:
		return l.T(i18n.FoundNoCheckpoint, entry, f.Detail)
	case verify.CheckpointShort:
		return l.T(i18n.FoundCheckpointShort, to, entry)
	case verify.Misplaced:
		return l.T(i18n.FoundMisplaced, to, entry)
	case verify.NewerEntry:
		return l.T(i18n.FoundNewerEntry, entry, f.Detail)
	case verify.FiguresNewer:
		return l.T(i18n.FoundFiguresNewer, f.Detail)
	case verify.FileUnreadable:
		return l.T(i18n.FoundFileUnreadable, f.File, f.Detail)
	case verify.FileUnsigned:
		return l.T(i18n.FoundFileUnsigned, f.File)
	case verify.FileForeign:
		return l.T(i18n.FoundFileForeign, f.File)
	case verify.FileBeyond:
		return l.T(i18n.FoundFileBeyond, f.File, entry)
	case verify.NoWitness:
		return l.T(i18n.FoundNoWitness, f.Detail)
	case verify.FiguresUnrelated:
		return l.T(i18n.FoundFiguresUnrelated, f.File)
	}
	return ""
}
