package view

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tenggat/internal/i18n"
	"tenggat/static"
)

func styleguidePage(t *testing.T, l i18n.Lang) page {
	t.Helper()
	f := Frame{Lang: l, Path: "/styleguide", Query: url.Values{}, Static: static.URL}
	return parse(t, render(t, StyleguidePage(NewStyleguideModel(f))))
}

// The style guide keeps to what holds for pages: one heading, ids that are there once, everything tied to what names it.
func TestStyleguideIsWellMade(t *testing.T) {
	for _, l := range i18n.Langs() {
		p := styleguidePage(t, l)
		ids := map[string]bool{}
		for _, n := range p.elements {
			if id := attr(n, "id"); id != "" && ids[id] {
				t.Errorf("%s: the id %s stands twice", l.Tag(), id)
			} else {
				ids[id] = true
			}
		}
		for _, n := range p.elements {
			for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
				for id := range strings.FieldsSeq(attr(n, name)) {
					if !ids[id] {
						t.Errorf("%s: %s=%q of a %s leads nowhere", l.Tag(), name, id, n.Data)
					}
				}
			}
			if n.Data == "svg" && !hiddenOrNamed(n) {
				t.Errorf("%s: an svg of class %q without a name", l.Tag(), attr(n, "class"))
			}
		}
		if len(p.all("h1")) != 1 || len(p.all("svg")) < 100 {
			t.Errorf("%s: %d first headings, %d drawings", l.Tag(), len(p.all("h1")), len(p.all("svg")))
		}
	}
}

// Labels stay in the frame and apart in every state that a chart must be able to show.
func TestSpecimensAreLegible(t *testing.T) {
	for _, l := range i18n.Langs() {
		m := NewStyleguideModel(Frame{Lang: l, Path: "/styleguide", Query: url.Values{}, Static: static.URL})
		for _, s := range m.Progress {
			checkDrawings(t, s.Says, append(s.Figure.Plot.Strips, s.Figure.Plot.Body)...)
		}
		for _, s := range m.Lanes {
			checkTracks(t, s.Says, s.Figure.Tracks)
		}
		for _, s := range m.Left {
			checkDrawings(t, s.ID, s.Drawing)
		}
		for _, s := range m.Counts {
			checkDrawings(t, s.ID, append(s.Counts.Strips, s.Counts.Body, s.Share.Body)...)
		}
		checkTracks(t, "claims", m.Claims.Tracks)
		checkDrawings(t, "kept", m.Kept.Drawing)
	}
}

// Each state says in words, on the chart at every width or below it, what its shape shows.
func TestSpecimensSayWhatTheyShow(t *testing.T) {
	w := words{i18n.English, specimenZone}
	figures := map[string]ProgressFigure{}
	for _, s := range specimens() {
		a, fc := s.assess()
		figures[s.Key] = newProgressFigure(w, s.p, a, fc)
	}
	for key, want := range map[string]string{
		"none": "Deadline 25 Mar", "one": "Actual 5%", "even": "Actual 74.9%", "stale": "no report for 16 days", "past": "25 Mar, 12 days past", "deadlines": "Deadline 14 Apr (v6, v5)",
		"grown": "9 Feb 2024: total of M1 from 1,000 to 1,600; that day 24.97 → 21.6 points", "weights": "9 Feb 2024: weights; that day 23.72 → 22.15 points", "still": "no movement for 43 days",
		"corrected": "14 Feb 2024: correction M1; that day 41.22 → 25.82 points", "declared": "declared complete", "accepted": "accepted, letter 12/PDN/2024",
		"endgame": "owners 15 Mar", "stairs": "Minimum set by the regulator", "said": "statements about the whole", "range": "a range of dates that was stated",
	} {
		fig := figures[key]
		for i, sheet := range fig.Plot.Body.Sheets {
			var told []string
			for _, l := range append(sheet.Labels, fig.Plot.Strips[i].Sheets[0].Labels...) {
				told = append(told, l.Text)
			}
			for _, k := range fig.Keys {
				told = append(told, k.Text)
			}
			told = append(told, fig.Marks...)
			if !slices.ContainsFunc(told, func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(want)) }) {
				t.Errorf("%s, %s: nothing says %q in %q", key, sheet.Room.Class, want, told)
			}
		}
	}
	if body := figures["none"].Plot.Body; drawsClass(body, "actual") || len(figures["none"].Rows) > 0 {
		t.Error("a line without a report")
	}
	if dot := figures["declared"].Plot.Body.Dots; dot[len(dot)-1].Class != "report" {
		t.Errorf("declared ends in %q", dot[len(dot)-1].Class)
	}
	for _, key := range []string{"verified", "accepted"} {
		if dot := figures[key].Plot.Body.Dots; dot[len(dot)-1].Class != "report verified" {
			t.Errorf("%s ends in %q", key, dot[len(dot)-1].Class)
		}
	}
}

// What is drawn as a picture is not read out part by part, and what is read out is no picture.
func TestTracksArePictures(t *testing.T) {
	for _, n := range styleguidePage(t, i18n.English).all("div") {
		if strings.Contains(" "+attr(n, "class")+" ", " track ") && !hiddenOrNamed(n) {
			t.Error("a track outside of a picture")
		}
		if attr(n, "role") == "img" {
			for d := range n.Descendants() {
				if d.Type == html.ElementNode && (d.Data == "a" || d.Data == "button") {
					t.Errorf("a %s inside a picture", d.Data)
				}
			}
		}
	}
}
