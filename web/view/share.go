package view

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ShareModel is how a program's figures are handed on: as a text for a chat, as a sheet of paper, as a card for spokespeople.
type ShareModel struct {
	Frame
	Texts       []ShareText // in both languages, the reader's first
	SummaryHref string
	Sheets      []Choice // the PDF in both languages: Value is its address
	Cards       []Card   // of the whole and of each area; none while nothing was reported
	FeedsHref   string

	Public                                string // what is public
	PublicHref, ReleaseHref, WithdrawHref string // "" where there is nothing to open, or for who may not
}

// ShareText is a text of at most MaxShareText characters that says all that has to be said with a figure.
type ShareText struct {
	Lang  i18n.Lang
	Text  string
	Count string // how long it is
}

// MaxShareText is how long a share text can be, in characters.
const MaxShareText = 500

// NewShareModel makes the page. base is where people reach it, such as https://tenggat.example.id.
func NewShareModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, base string) ShareModel {
	m := ShareModel{SummaryHref: f.Link(f.InProgram("/summary")), FeedsHref: f.Link(f.InProgram("/feeds"))}
	for _, l := range append([]i18n.Lang{f.Lang}, i18n.Langs()...) {
		if len(m.Texts) > 0 && l == f.Lang {
			continue
		}
		in := f
		in.Lang = l
		text := shareText(in, p, a, fc, base)
		m.Texts = append(m.Texts, ShareText{l, text, f.Lang.N(i18n.ShareLength, int64(utf8.RuneCountInString(text)), f.Lang.Int(MaxShareText))})
		q := f.kept()
		q.Set("lang", l.Tag())
		m.Sheets = append(m.Sheets, Choice{Value: address(f.InProgram("/summary.pdf"), q), Text: l.Name()})
	}
	m.Cards = newCards(f, p, a, base)
	m.public(f, p)
	m.Frame = f.titled("", f.t(i18n.ShareTitle))
	return m
}

// public says what everybody may read, and leads compliance to where that is decided.
func (m *ShareModel) public(f Frame, p metrics.Program) {
	m.Public = words{f.Lang, p.Zone}.releaseState(p)
	stands := p.Release != nil && !p.Release.Withdrawn
	if stands && f.AsOf == nil {
		m.PublicHref = address(PublicPath(p.Key), url.Values{"lang": {f.Lang.Tag()}})
	}
	if f.mayNow(access.ReleaseFigures) {
		m.ReleaseHref = f.Link(f.InProgram("/release"))
		if stands {
			m.WithdrawHref = f.Link(f.InProgram("/release/withdraw"))
		}
	}
}

// shareText says what a figure must not be without: what it is of, the verdict, the dates, of when it is and where it can be checked.
// A name is shortened and then a sentence left out before the text becomes too long.
func shareText(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, base string) string {
	w := words{f.Lang, p.Zone}
	name := w.markedName(p)
	verdict := join(w.verdictTag(a.Judgement.Verdict).Word+".", w.reason(a.Judgement.Reason, a.Curve.LastReport))
	proven := w.T(i18n.ShareProven, w.pts(a.Verified), w.pts(a.Accepted), w.pts(metrics.Whole))
	end := w.T(i18n.ShareEnd, w.known(p, a), w.Int(p.Entry), base+w.cited(p, a, ""))
	headline := w.headline(a, p, fc)
	sentences := []string{headline, verdict, proven, w.bindingSentence(a, headline), end}
	for _, left := range [][]int{nil, {2}, {2, 3}, {1, 2, 3}, {0, 1, 2, 3}} {
		var kept []string
		for i, s := range sentences {
			if !slices.Contains(left, i) {
				kept = append(kept, s)
			}
		}
		rest := join(kept...)
		if room := MaxShareText - utf8.RuneCountInString(rest) - len(". "); room >= min(utf8.RuneCountInString(name), leastName) {
			return shorten(name, room) + ". " + rest
		}
	}
	return shorten(end, MaxShareText)
}

// markedName is a program's name where it leaves this place: one of the demo says so.
func (w words) markedName(p metrics.Program) string {
	if p.Demo != "" {
		return w.text(p.Name) + " (" + w.T(i18n.DemoMark) + ")"
	}
	return w.text(p.Name)
}

// leastName is how much of a long name stays when it is shortened, in characters.
const leastName = 60

// bindingSentence names the deadline that counts, with its date unless that has been said; "" where none does.
func (w words) bindingSentence(a metrics.Assessment, said string) string {
	b := a.Binding()
	if b == nil || a.Open == 0 {
		return ""
	}
	if strings.Contains(said, w.day(b.Deadline.Date)) {
		return w.T(i18n.ShareVersion, w.deadlineName(b.Deadline), w.DaysLeft(b.DaysLeft))
	}
	return w.T(i18n.ShareDeadline, w.day(b.Deadline.Date), w.deadlineName(b.Deadline), w.DaysLeft(b.DaysLeft))
}

// shorten cuts a text to so many characters and marks that it did.
func shorten(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)
	return strings.TrimRight(string(runes[:max(0, most-1)]), " ") + "…"
}

// Card is one figure as a spokesperson may quote it: what it is of, of when, and where it stands.
type Card struct {
	Area      string // key; "": the whole program
	Subject   string
	Figure    string
	Unit      string // what the figure is a share of
	When      string
	Link      string
	Sentence  string // all of it in words
	SumHref   string // what the figure adds up from
	SVGHref   string
	UseHref   string // "" for those who may not record a statement
	Low, High metrics.BasisPoints
}

// id names the card's text on the page.
func (c Card) id() string { return "card-" + cmp.Or(c.Area, "whole") }

// newCards are one of the whole and one of each area with weight.
func newCards(f Frame, p metrics.Program, a metrics.Assessment, base string) []Card {
	if (words{f.Lang, p.Zone}).keyPercent(a) == "" {
		return nil
	}
	cards := []Card{newCard(f, p, a, base, "")}
	for _, area := range a.Areas {
		if area.Weight > 0 {
			cards = append(cards, newCard(f, p, a, base, area.Key))
		}
	}
	return cards
}

// CardOf is the card of an area, or of the whole for ""; ok is false where there is none.
func CardOf(f Frame, p metrics.Program, a metrics.Assessment, base, area string) (Card, bool) {
	for _, c := range newCards(f, p, a, base) {
		if c.Area == area {
			return c, true
		}
	}
	return Card{}, false
}

func newCard(f Frame, p metrics.Program, a metrics.Assessment, base, area string) Card {
	w := words{f.Lang, p.Zone}
	c := Card{
		Area: area, Subject: w.text(p.Name), Figure: w.keyPercent(a), Unit: w.T(i18n.OfTheWhole), When: w.known(p, a), Link: base + w.cited(p, a, ""),
		SumHref: sumHref(f, "sum"), Low: printed(a.Reported), High: printed(a.Reported),
	}
	if r := a.HeadlineRange; r != nil {
		c.Low, c.High = printed(r.Low), min((r.High+9)/10*10, metrics.Whole)
	}
	for _, each := range a.Areas {
		if each.Key == area {
			c.Subject = w.text(p.Name) + ", " + w.text(each.Name)
			c.Figure, c.Unit = w.pct(each.Share), w.T(i18n.CardOfArea, w.text(each.Name))
			c.Low, c.High, c.SumHref = printed(each.Share), printed(each.Share), sumHref(f, areaAnchor(each.Key))
		}
	}
	q := f.kept()
	if f.AsOf == nil {
		q.Set("as_of", Moment(p, a))
	}
	if area != "" {
		q.Set("area", area)
	}
	c.SVGHref = address(f.InProgram("/share/card.svg"), q)
	if f.mayNow(access.RecordStatement) {
		c.UseHref = address(f.InProgram("/share/card"), q)
	}
	c.Sentence = w.T(i18n.CardSentence, c.Subject, c.Figure, c.Unit, c.When, c.Link)
	return c
}

// printed is a share as it is printed: cut off after one decimal.
func printed(b metrics.BasisPoints) metrics.BasisPoints { return b / 10 * 10 }

// CardPicture is a card as a drawing: texts broken into lines that fit.
type CardPicture struct {
	Lang             string
	Title, Desc      string
	Figure, Demo     string
	Name, Unit, Foot []CardLine
}

// CardLine is a line of text at a height.
type CardLine struct{ Y, Text string }

// NoFigure is the card of a program of which nothing was reported.
func NoFigure(f Frame, p metrics.Program, a metrics.Assessment, base string) Card {
	w := words{f.Lang, p.Zone}
	c := Card{Subject: w.text(p.Name), Figure: w.T(i18n.NoValue), Unit: w.T(i18n.HeadlineNoReport), When: w.known(p, a), Link: base + w.cited(p, a, "")}
	c.Sentence = join(c.Subject+".", c.Unit, c.When+".", c.Link)
	return c
}

// NewCardPicture makes the drawing of a card.
func NewCardPicture(f Frame, p metrics.Program, c Card) CardPicture {
	const perLine = 46 // characters of the smaller texts
	w := words{f.Lang, p.Zone}
	unit := c.Unit
	if c.SumHref != "" {
		unit = w.T(i18n.CardReported, c.Unit)
	}
	m := CardPicture{
		Lang: f.Lang.Tag(), Title: w.T(i18n.CardTitle, c.Subject, c.Figure, c.Unit), Desc: c.Sentence, Figure: c.Figure,
		Name: cardLines(c.Subject, perLine, 2, 72), Unit: cardLines(unit, perLine, 2, 266),
		Foot: cardLines(c.When+"\n"+strings.TrimPrefix(strings.TrimPrefix(c.Link, "https://"), "http://"), 76, 3, 340),
	}
	if p.Demo != "" {
		m.Demo = w.T(i18n.DemoMark)
	}
	return m
}

// cardLines breaks a text into lines of so many characters, and cuts off what is too much.
func cardLines(text string, perLine, most int, y int) []CardLine {
	var lines []CardLine
	add := func(line string) {
		if len(lines) < most {
			lines = append(lines, CardLine{strconv.Itoa(y), shorten(line, perLine)})
			y += cardLineHeight
		}
	}
	for part := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(part) {
			if longer := strings.TrimSpace(line + " " + word); utf8.RuneCountInString(longer) <= perLine || line == "" {
				line = longer
				continue
			}
			add(line)
			line = word
		}
		add(line)
	}
	return lines
}

const cardLineHeight = 30

// CardModel is the form by which a card is used: what it says is recorded as a statement.
type CardModel struct {
	Frame
	Form
	Card         Card
	Action, Back string
	Sides        []Choice
	AsOfParam    string
	EventID      string
}

// NewCardModel makes the form of a card.
func NewCardModel(f Frame, p metrics.Program, c Card, form Form, asOf, eventID string) CardModel {
	w := words{f.Lang, p.Zone}
	m := CardModel{Form: form, Card: c, Action: f.Link(f.InProgram("/share/card")), Back: f.Link(f.InProgram("/share")), AsOfParam: asOf, EventID: eventID}
	m.Sides = form.choices("side", Choice{"", w.T(i18n.ChooseOne), false})
	for _, side := range statementSides {
		m.Sides = append(m.Sides, Choice{side, w.side(side), form.Value("side") == side})
	}
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.CardUse)))
	return m
}

// SharePath is where what was shared can be seen again: the share page at that moment.
func SharePath(slug, asOf string) (path string, query url.Values) {
	return ProgramPath(slug) + "/share", url.Values{"as_of": {asOf}}
}

// langOf marks a text in another language than the page's; "" for the page's own.
func langOf(tag string) templ.Attributes {
	if tag == "" {
		return nil
	}
	return templ.Attributes{"lang": tag}
}
