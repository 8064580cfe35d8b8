package ledger

import (
	"testing"
	"time"
)

// soundRelease is a release with all of its parts.
func soundRelease() Release {
	name, done, total := Text{ID: "Contoh", EN: "Example"}, int64(1), int64(2)
	half := PublicPoints{Reported: 3000, Verified: 2000, Accepted: 1000, Outstanding: 3000}
	return Release{Badge: true, Figures: &PublicFigures{
		AsOf: "2024-03-12T02:00:00Z", Entry: 7, RecordedAt: "2024-03-12T02:00:00Z", Today: "2024-03-12", Name: name, State: "in_progress",
		PublicPoints:  PublicPoints{Reported: 3000, Verified: 2000, Accepted: 1000, Outstanding: 7000},
		Range:         &PublicRange{Low: 3000, High: 9000},
		PublicVerdict: PublicVerdict{Verdict: "watch", Reason: &PublicReason{Code: "behind_plan"}, Deadline: &PublicDeadline{Key: "D1", Version: 1, Date: "2024-04-12", DaysLeft: 31}},
		Areas:         []PublicArea{{Key: "P", Name: name, Weight: 6000, PublicPoints: half, Share: 5000}},
		Milestones:    []PublicMilestone{{Key: "P1", Name: name, Weight: 6000, Done: &done, Total: &total, PublicPoints: half, Share: 5000}},
	}}
}

func refusalOf(r Release, texts map[string]string) *Refusal {
	return Draft{Kind: KindRelease, Source: "p-dewi", Actor: "p-dewi", EventID: "e", ObservedAt: time.Date(2024, 3, 12, 0, 0, 0, 0, time.UTC), Body: r, Texts: texts}.Validate()
}

func TestReleasesAreChecked(t *testing.T) {
	if r := refusalOf(soundRelease(), nil); r != nil {
		t.Fatalf("a sound release: %+v", r)
	}
	if r := refusalOf(Release{Withdrawn: true}, map[string]string{"reason": "a count was wrong"}); r != nil {
		t.Fatalf("a withdrawal: %+v", r)
	}
	for field, change := range map[string]func(*Release){
		"figures":               func(r *Release) { r.Figures = nil },
		"as_of":                 func(r *Release) { r.Figures.AsOf = "yesterday" },
		"recorded_at":           func(r *Release) { r.Figures.RecordedAt = "" },
		"entry":                 func(r *Release) { r.Figures.Entry = 0 },
		"today":                 func(r *Release) { r.Figures.Today = "2024-02-30" },
		"state":                 func(r *Release) { r.Figures.State = "" },
		"reported_basis_points": func(r *Release) { r.Figures.Outstanding = 6999 },
		"verified_basis_points": func(r *Release) { r.Figures.Verified = 3001 },
		"accepted_basis_points": func(r *Release) { r.Figures.Areas[0].Accepted = 3001 },
		"headline_range":        func(r *Release) { r.Figures.Range.High = 2999 },
		"reason":                func(r *Release) { r.Figures.Reason = nil },
		"deadline":              func(r *Release) { r.Figures.Deadline.Date = "soon" },
		"total":                 func(r *Release) { r.Figures.Milestones[0].Total = nil },
		"areas":                 func(r *Release) { r.Figures.Areas[0].Key = "" },
		"milestones":            func(r *Release) { r.Figures.Milestones[0].Name = Text{ID: "Contoh"} },
	} {
		r := soundRelease()
		change(&r)
		if refusal := refusalOf(r, nil); refusal == nil || len(refusal.Field) < len(field) || refusal.Field[:len(field)] != field {
			t.Errorf("%s: %+v", field, refusal)
		}
	}
	for name, r := range map[string]Release{"figures": {Withdrawn: true, Figures: soundRelease().Figures}, "badge": {Withdrawn: true, Badge: true}, "reason": {Withdrawn: true}} {
		if refusal := refusalOf(r, nil); refusal == nil || refusal.Field != name {
			t.Errorf("a withdrawal with a wrong %s: %+v", name, refusal)
		}
	}
}
