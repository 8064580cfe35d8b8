package view

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/release"
)

// addPublic adds what everybody may read of a program in the fullest and the barest form, and the forms that decide it.
func addPublic(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, a metrics.Assessment) {
	if f.AsOf != nil {
		return // what is public has no past
	}
	stranger := Frame{Lang: f.Lang, Path: PublicPath(p.Key), Static: f.Static}
	note := metrics.Text{ID: "Tanpa pelatihan.", EN: "Tanpa pelatihan."}
	pages["public full"+suffix] = PublicPage(NewPublicModel(stranger, p, a, Released{Note: note, Badge: true, Entry: 9, At: a.At, Now: a.At.AddDate(0, 1, 0), Base: shareBase}))
	bare := metrics.Assessment{At: a.At, Today: a.Today, State: a.State, Figures: a.Figures, HeadlineRange: a.HeadlineRange}
	pages["public bare"+suffix] = PublicPage(NewPublicModel(stranger, p, bare, Released{Entry: 9, At: a.At, Now: a.At, Base: shareBase}))
	if f.Role != access.Engineer {
		return
	}
	f.Path = ProgramPath(p.Key) + "/release"
	m := NewReleaseModel(f, p, a, Form{Values: map[string]string{"parts_each": string(release.Areas), "note_en": "x"}, Errors: []FieldError{{"note", "Wajib."}, {"parts_each", "Pilih."}}}, "event-30")
	pages["release failed"+suffix] = ActPage(m)
	m.Preview = PublicFigures(NewPublicModel(f, p, a, Released{Note: note, At: a.At, Now: a.At}))
	pages["release preview"+suffix] = ActReviewPage(m)
	p.Release = &metrics.Release{AsOf: a.At, RecordedAt: a.At}
	pages["withdraw"+suffix] = ActPage(NewWithdrawModel(f, p, Form{Values: map[string]string{}, Errors: []FieldError{{"reason", "Wajib."}}}, "event-31"))
}

// The badge says a figure, of what it is, the verdict where it was released, and of when they are.
func TestBadgeSaysWhatItMust(t *testing.T) {
	p, _, a, _ := tokopediaCase(t, "2024-03-12")
	for lang, want := range map[i18n.Lang]string{i18n.Indonesian: "87% dari keseluruhan · Perlu perhatian · 12 Mar 2024 · Data contoh", i18n.English: "87% of the whole · Needs attention · 12 Mar 2024 · Demo data"} {
		b := NewBadge(lang, p, a)
		svg := string(render(t, BadgeSVG(b)))
		if b.Says != want || !strings.Contains(svg, want) || !strings.Contains(svg, "<title") || strings.Contains(svg, "href") {
			t.Errorf("%s: %q in %s", lang.Tag(), b.Says, svg)
		}
	}
	if m := NewPublicModel(Frame{Lang: i18n.English}, p, a, Released{Entry: 1, At: a.At, Now: a.At}); !strings.Contains(m.LinkPreview.Title, "(Demo data)") {
		t.Errorf("a link preview of the demo: %q", m.LinkPreview.Title)
	}
	p.Demo = ""
	silent := metrics.Assessment{At: a.At, Today: a.Today, State: metrics.StateNotStarted}
	if b := NewBadge(i18n.English, p, silent); b.Says != "No report yet · 12 Mar 2024" {
		t.Errorf("nothing reported: %q", b.Says)
	}
}

// A release that has grown old says so; one of today does not.
func TestOldReleasesSaySo(t *testing.T) {
	p, _, a, _ := tokopediaCase(t, "2024-03-12")
	for days, old := range map[int]bool{0: false, oldRelease - 1: false, oldRelease: true} {
		m := NewPublicModel(Frame{Lang: i18n.English}, p, a, Released{Entry: 1, At: a.At, Now: a.At.Add(time.Duration(days) * 24 * time.Hour)})
		if (m.Old != "") != old {
			t.Errorf("after %d days: %q", days, m.Old)
		}
	}
}
