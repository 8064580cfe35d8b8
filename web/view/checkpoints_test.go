package view

import (
	"strings"
	"testing"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Every reason to refuse is told with the two numbers it is about, in both languages and in words of its own.
func TestTroubleIsToldInWords(t *testing.T) {
	zone := time.FixedZone("WIB", 7*60*60)
	for _, lang := range i18n.Langs() {
		said := map[string]bool{}
		for _, problem := range []string{"behind", "contradicted", "other_key", "damaged", "failed"} {
			trouble := words{lang, zone}.trouble(Signing{Problem: problem, Signed: 1234, Head: 987})
			if trouble == nil {
				t.Fatalf("%s: nothing is said", problem)
			}
			text := trouble.Title + trouble.What + trouble.Detail
			if said[text] {
				t.Errorf("%s is told like another", problem)
			}
			said[text] = true
			if numbers := problem != "damaged" && problem != "failed"; numbers != (strings.Contains(text, lang.Int(1234)) && strings.Contains(text, "987")) {
				t.Errorf("%s in %s: %s", problem, lang.Tag(), text)
			}
		}
		if trouble := (words{lang, zone}).trouble(Signing{}); trouble != nil {
			t.Errorf("no trouble, and %+v is said", trouble)
		}
	}
}

func TestCheckpointLineNamesEntryRootAndTime(t *testing.T) {
	zone := time.FixedZone("WIB", 7*60*60)
	c := &Checkpoint{Size: 57, Root: "h7R=", SignedAt: time.Date(2024, 3, 12, 3, 1, 0, 0, time.UTC)}
	for lang, want := range map[i18n.Lang]string{
		i18n.English:    "Checkpoint: entry no. 57, root h7R=, signed 12 March 2024 10:01 WIB (UTC+7).",
		i18n.Indonesian: "Titik periksa: catatan no. 57, akar h7R=, ditandatangani 12 Maret 2024 10.01 WIB.",
	} {
		if got := CheckpointLine(lang, zone, c); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if CheckpointLine(lang, zone, nil) == "" {
			t.Error("nothing is said where there is none")
		}
	}
}

// someCheckpoints is the page with everything that can be on it: a refusal, two keys, witnesses, and further pages of history.
func someCheckpoints(f Frame, p metrics.Program) CheckpointsModel {
	at := p.RecordedAt.Add(time.Hour)
	c := Checkpoint{
		Origin: "tenggat.example.id/program/6f1c2f0e-8a5e-4a0b-9d0b-0d6a4a2f5b11", Size: max(p.Entry-3, 1), Root: "rokNB1DPbZguD7ib2HzNL0fNs9F1tyO5Q5gdcQ0iT3U=", RecordedAt: p.RecordedAt,
		SignedAt: at, Reason: "day_end", Note: "tenggat.example.id/…\n57\nrokNB1DP…=\n\n— tenggat.example.id/… AbCd\n", Witnesses: []Witness{{"witness.example", at}, {"another.example", time.Time{}}},
	}
	history := []Checkpoint{c}
	for _, reason := range []string{"interval", "request", "report", "stop", "epoch"} {
		c.Reason, c.Witnesses = reason, nil
		history = append(history, c)
	}
	return NewCheckpointsModel(f, p, &history[0], history, 50, true, Signing{
		Problem: "contradicted", Signed: 57, Head: 60, HasKey: true, Site: "https://tenggat.example.id",
		Keys: []VerifierKey{{"tenggat.example.id/…+a592032d+AWCM", at, &at}, {"tenggat.example.id/…+b592032d+AXCM", at, nil}},
	})
}
