package i18n

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	for header, want := range map[string]Lang{
		"": Indonesian, "*": Indonesian, "id": Indonesian, "in": Indonesian, "ms": Indonesian, "ms-MY": Indonesian, "id-ID": Indonesian,
		"in-ID": Indonesian, "id-u-rg-idzzzz": Indonesian, "ID": Indonesian, "jv": Indonesian, "su": Indonesian, "de": Indonesian, "zh-Hans-CN": Indonesian,
		"en": English, "en-GB": English, "en-US,en;q=0.9": English, "EN": English, "en-u-hc-h12": English, "en-ID": English,
		"id,en;q=0.9": Indonesian, "en,id;q=0.9": English, "en;q=0.5,id;q=0.9": Indonesian, "in-ID,en-US;q=0.8": Indonesian,
		"de,en;q=0.8": English, "de,id;q=0.8,en;q=0.5": Indonesian, "ms,en;q=0.9": Indonesian,
		"en;q=0": Indonesian, "en;q=2;;;": Indonesian, "!!!": Indonesian, "\x00\xff": Indonesian,
		strings.Repeat("en,", 1000): Indonesian,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got.Tag(), want.Tag())
		}
	}
}

func TestMatchNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if l := Match(rapid.String().Draw(t, "header")); l != Indonesian && l != English {
			t.Fatalf("Match = %d", l)
		}
	})
}

func TestParseReadsWhatTagWrites(t *testing.T) {
	for _, l := range Langs() {
		if got, ok := Parse(l.Tag()); got != l || !ok {
			t.Errorf("Parse(%q) = %v, %v", l.Tag(), got, ok)
		}
	}
	for _, tag := range []string{"", "ID", "en-GB", "in", "de", "id\n"} {
		if got, ok := Parse(tag); ok || got != Indonesian {
			t.Errorf("Parse(%q) = %v, %v", tag, got, ok)
		}
	}
	var zero Lang
	if zero != Indonesian {
		t.Error("the zero value is not Indonesian")
	}
}

func TestTexts(t *testing.T) {
	two := msg("%[2]s lalu %[1]s", "%s and %s")
	if got := Indonesian.T(two, "a", "b"); got != "b lalu a" {
		t.Error(got)
	}
	if got := English.T(two, "a", "b"); got != "a and b" {
		t.Error(got)
	}
	if got := Indonesian.T(msg("%s poin di bawah rencana, yaitu 70%%.", "%s points below plan, which is 70%%."), Indonesian.Points(1000)); got != "10 poin di bawah rencana, yaitu 70%." {
		t.Error(got)
	}
}

func TestPlurals(t *testing.T) {
	cases := []struct {
		n      int64
		id, en string
	}{
		{0, "0 butir", "0 items"}, {1, "1 butir", "1 item"}, {2, "2 butir", "2 items"}, {21, "21 butir", "21 items"},
		{1001, "1.001 butir", "1,001 items"}, {-1, "−1 butir", "−1 items"},
	}
	items := plural("%[1]s butir", "%[1]s item", "%[1]s items")
	for _, c := range cases {
		if id, en := Indonesian.N(items, c.n), English.N(items, c.n); id != c.id || en != c.en {
			t.Errorf("%d: %q, %q", c.n, id, en)
		}
	}
	before := plural("Perkiraan selesai %[2]s, %[1]s hari sebelum tenggat %[3]s.", "Forecast to finish %[2]s, %[1]s day before the %[3]s deadline.", "Forecast to finish %[2]s, %[1]s days before the %[3]s deadline.")
	if got := English.N(before, 7, "5 April", "12 April 2024"); got != "Forecast to finish 5 April, 7 days before the 12 April 2024 deadline." {
		t.Error(got)
	}
	if got := Indonesian.N(before, 7, "5 April", "12 April 2024"); got != "Perkiraan selesai 5 April, 7 hari sebelum tenggat 12 April 2024." {
		t.Error(got)
	}
}

func TestPick(t *testing.T) {
	cases := []struct{ id, en, wantID, wantEN string }{
		{"Pembayaran", "Payments", "Pembayaran", "Payments"}, {"Pembayaran", "", "Pembayaran", "Pembayaran"},
		{"", "Payments", "Payments", "Payments"}, {"", "", "", ""},
	}
	for _, c := range cases {
		if id, en := Indonesian.Pick(c.id, c.en), English.Pick(c.id, c.en); id != c.wantID || en != c.wantEN {
			t.Errorf("Pick(%q, %q) = %q, %q", c.id, c.en, id, en)
		}
	}
}
