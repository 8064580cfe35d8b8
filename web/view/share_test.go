package view

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

const shareBase = "https://tenggat.example.id"

// A share text has at most 500 characters, whatever names people choose, and never loses of when it is and where it can be checked.
func TestShareTextFits(t *testing.T) {
	type state struct {
		p metrics.Program
		a metrics.Assessment
		f metrics.ProgramForecast
	}
	var states []state
	for _, iso := range sampleDays {
		p, h, a, _ := tokopediaCase(t, iso)
		states = append(states, state{p, a, metrics.ForecastProgram(p, h, a, 0)})
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom(states).Draw(rt, "state")
		s.p.Name = metrics.Text{ID: rapid.StringN(1, 300, -1).Draw(rt, "id"), EN: strings.Repeat("Name ", rapid.IntRange(1, 60).Draw(rt, "en"))}
		s.p.Key = strings.Repeat("k", rapid.IntRange(1, 63).Draw(rt, "slug"))
		base := "https://" + strings.Repeat("h", rapid.IntRange(1, 100).Draw(rt, "host")) + ".id"
		lang := rapid.SampledFrom(i18n.Langs()).Draw(rt, "lang")
		f := frame(lang, access.Executive, ProgramPath(s.p.Key), s.p, s.a)
		text := shareText(f, s.p, s.a, s.f, base)
		if n := utf8.RuneCountInString(text); n > MaxShareText {
			rt.Fatalf("%d characters: %s", n, text)
		}
		if link := base + ProgramPath(s.p.Key) + "?as_of="; !strings.Contains(text, link) {
			rt.Errorf("no link: %s", text)
		}
		if w := (words{lang, wib}); !strings.Contains(text, w.known(s.p, s.a)) || !strings.Contains(text, w.Int(s.p.Entry)) {
			rt.Errorf("no moment: %s", text)
		}
	})
}

// With ordinary names everything that belongs to a figure is said: what it is of, the verdict, the deadline, how much of it is proven.
func TestShareTextSaysWhatBelongsToAFigure(t *testing.T) {
	p, h, a, _ := tokopediaCase(t, "2024-03-12")
	for lang, parts := range map[i18n.Lang][]string{
		i18n.Indonesian: {"Migrasi sistem TikTok Shop ke Tokopedia (Data contoh)", "87% dari keseluruhan", "Perlu perhatian", "6,26 poin di bawah rencana", "tenggat 12 April 2024", "Tenggat versi 3, 31 hari lagi", "Terverifikasi 0, diterima 0, dari 100 poin", "Keadaan 12 Maret 2024, data pukul 09.00 WIB", "&lang=id"},
		i18n.English:    {"87% of the whole", "Needs attention", "6.26 points below plan", "12 April 2024 deadline", "Deadline version 3, 31 days left", "Verified 0, accepted 0, of 100 points", "State of 12 March 2024, data of 09:00 WIB (UTC+7)", "&lang=en"},
	} {
		text := shareText(frameAt(lang, access.Executive, "2024-03-12", p, a), p, a, metrics.ForecastProgram(p, h, a, 0), shareBase)
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is not in: %s", lang.Tag(), part, text)
			}
		}
	}
}

// A card's figure is the ledger's, cut off as it is printed, and its sentence names unit, moment and address.
func TestCardsQuoteTheLedger(t *testing.T) {
	p, _, a, _ := tokopediaCase(t, "2024-02-05")
	f := frame(i18n.Indonesian, access.Compliance, ProgramPath(p.Key), p, a)
	cards := newCards(f, p, a, shareBase)
	if len(cards) != 1+len(a.Areas) || cards[0].Figure != "71%" || cards[0].Low != 7100 {
		t.Fatalf("%+v", cards)
	}
	for i, area := range a.Areas {
		c := cards[i+1]
		if c.Area != area.Key || c.Low != area.Share/10*10 || c.High != c.Low || !strings.Contains(c.Sentence, c.Figure+" dari bidang ") || !strings.Contains(c.Sentence, c.Link) {
			t.Errorf("%+v", c)
		}
		if c.UseHref == "" {
			t.Error("compliance cannot use the card")
		}
	}
	f.Role = access.Regulator
	if newCards(f, p, a, shareBase)[0].UseHref != "" {
		t.Error("a regulator may record a statement")
	}
	empty, none := emptyProgram()
	if cards := newCards(f, empty, none, shareBase); len(cards) != 0 {
		t.Errorf("cards without a report: %+v", cards)
	}
}

// A card's picture holds all its words as text, fetches nothing and has no style that a policy would refuse.
func TestCardPicture(t *testing.T) {
	p, _, a, _ := tokopediaCase(t, "2024-03-12")
	p.Name.ID = strings.Repeat("Nama yang sangat panjang ", 12)
	f := frame(i18n.Indonesian, access.Executive, ProgramPath(p.Key), p, a)
	c, _ := CardOf(f, p, a, shareBase, "P")
	svg := string(render(t, CardSVG(NewCardPicture(f, p, c))))
	for _, part := range []string{"<title id=\"title\">", "<desc id=\"desc\">", "90%", "dari bidang Pembayaran", "12 Maret 2024", "tenggat.example.id/programs/tiktok-tokopedia", "Data contoh"} {
		if !strings.Contains(svg, part) {
			t.Errorf("%q is not on the card", part)
		}
	}
	if strings.Contains(svg, "style=") || strings.Contains(svg, "<style") || strings.Contains(svg, "href") || strings.Contains(svg, "<script") {
		t.Error("the card fetches something, or has a style of its own")
	}
}
