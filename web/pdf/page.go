package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
)

// The sheet, in millimetres, and sizes of type in points.
const (
	sheetWidth   = 210.0
	sheetHeight  = 297.0
	margin       = 14.0
	footerHeight = 13.0
	innerWidth   = sheetWidth - 2*margin
	bottom       = sheetHeight - margin - footerHeight

	sizeBody    = 9.0
	sizeSmall   = 7.5
	sizeHeading = 10.5
	leading     = 1.26 // line height in multiples of the size
	point       = 25.4 / 72
)

// color is red, green, blue. These are the light colours of static/css/tokens.css: paper is always light.
type color [3]int

var (
	ink      = color{0x1a, 0x1f, 0x2b}
	muted    = color{0x4a, 0x52, 0x63}
	border   = color{0x6b, 0x73, 0x85}
	rule     = color{0xd5, 0xda, 0xe3}
	paper    = color{0xff, 0xff, 0xff}
	actual   = color{0x12, 0x43, 0x6d}
	claim    = color{0x80, 0x16, 0x50}
	forecast = color{0x2e, 0x6a, 0x9e}
	change   = color{0x91, 0x66, 0x00}
	late     = color{0x63, 0x06, 0x0e}
)

// tagColors are the text and the ground of a state, by its class.
var tagColors = map[string][2]color{
	"ontrack": {{0x0a, 0x75, 0x6b}, {0xe0, 0xf3, 0xf0}}, "watch": {change, {0xfb, 0xf1, 0xda}}, "late": {late, {0xfb, 0xe6, 0xe7}},
	"done": {{0x15, 0x25, 0x4c}, {0xe4, 0xe9, 0xf4}}, "blocked": {{0x7f, 0x0d, 0xb6}, {0xf3, 0xe4, 0xfa}}, "unknown": {muted, {0xec, 0xee, 0xf2}},
}

// sheet is a document that is being written from the top down. x and width are the column that is written into, y is where the next
// thing goes.
type sheet struct {
	*fpdf.Fpdf
	x, y, width float64
}

// family has the arrows and the minus sign that the fonts of every reader lack, and digits of one width.
const family = "Liberation Sans"

// newSheet begins a document of a moment in a language.
func newSheet(title, lang string, at time.Time) *sheet {
	s := &sheet{Fpdf: fpdf.New("P", "mm", "A4", ""), x: margin, y: margin, width: innerWidth}
	s.SetCatalogSort(true)
	s.SetCreationDate(at.UTC())
	s.SetModificationDate(at.UTC())
	s.SetLang(lang)
	s.SetTitle(settable(title), true)
	s.SetCreator("Tenggat", true)
	s.SetMargins(margin, margin, margin)
	s.SetAutoPageBreak(false, 0)
	s.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	s.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
	s.AddPage()
	return s
}

// bytes finishes the document.
func (s *sheet) bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := s.Output(&out); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return out.Bytes(), nil
}

// style is how a text is set.
type style struct {
	size  float64 // points
	bold  bool
	color color
}

var (
	body    = style{sizeBody, false, ink}
	strong  = style{sizeBody, true, ink}
	small   = style{sizeSmall, false, muted}
	heading = style{sizeHeading, true, ink}
)

func (st style) height() float64 { return st.size * leading * point }

func (s *sheet) use(st style) {
	weight := ""
	if st.bold {
		weight = "B"
	}
	s.SetFont(family, weight, st.size)
	s.SetTextColor(st.color[0], st.color[1], st.color[2])
}

func (s *sheet) stroke(c color, width float64) {
	s.SetDrawColor(c[0], c[1], c[2])
	s.SetLineWidth(width)
}

func (s *sheet) fill(c color) { s.SetFillColor(c[0], c[1], c[2]) }

// widthOf a text in a style.
func (s *sheet) widthOf(text string, st style) float64 {
	s.use(st)
	return s.GetStringWidth(settable(text))
}

// put writes one line with its upper edge at y: from x on, or to x where right is set.
func (s *sheet) put(text string, st style, x, y float64, right bool) {
	s.use(st)
	text = settable(text)
	if right {
		x -= s.GetStringWidth(text)
	}
	s.Text(x, y+st.size*point*(1+leading)/2*0.9, text)
}

// lines breaks a text into lines of a width. A word that is wider by itself is broken too.
func (s *sheet) lines(text string, st style, width float64) []string {
	s.use(st)
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(settable(text)) {
		for line == "" && s.GetStringWidth(word) > width {
			head, rest := s.split(word, width)
			lines, word = append(lines, head), rest
		}
		switch longer := strings.TrimSpace(line + " " + word); {
		case s.GetStringWidth(longer) <= width:
			line = longer
		default:
			lines = append(lines, line)
			if line = word; s.GetStringWidth(word) > width {
				head, rest := s.split(word, width)
				lines, line = append(lines, head), rest
			}
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// split cuts what fits into the width off a word; at least one character.
func (s *sheet) split(word string, width float64) (head, rest string) {
	runes := []rune(word)
	n := 1
	for n < len(runes) && s.GetStringWidth(string(runes[:n+1])) <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}

// paragraph writes a text of a width at x, y and gives the y below it.
func (s *sheet) paragraph(text string, st style, x, y, width float64) float64 {
	for _, line := range s.lines(text, st, width) {
		s.put(line, st, x, y, false)
		y += st.height()
	}
	return y
}

// flow writes a paragraph into the column where the sheet has come to.
func (s *sheet) flow(text string, st style) {
	for _, line := range s.lines(text, st, s.width) {
		s.room(st.height())
		s.put(line, st, s.x, s.y, false)
		s.y += st.height()
	}
}

// room begins a new page if so much does not fit on this one any more.
func (s *sheet) room(height float64) {
	if s.y+height > bottom {
		s.AddPage()
		s.y = margin
	}
}

// flowHeight is how high flow will write a text.
func (s *sheet) flowHeight(text string, st style) float64 {
	return float64(len(s.lines(text, st, s.width))) * st.height()
}

// titleHeight is how high a section's heading is.
func (s *sheet) titleHeight() float64 { return heading.height() + 1.6 }

// title begins a section with a rule and its heading, and keeps it together with so much of what follows.
func (s *sheet) title(text string, following float64) {
	s.room(s.titleHeight() + following)
	s.stroke(ink, 0.2)
	s.Line(s.x, s.y, s.x+s.width, s.y)
	s.put(text, heading, s.x, s.y+1, false)
	s.y += s.titleHeight()
}

// columnGap is between two columns.
const columnGap = 8.0

// beside writes two things in columns of their own, side by side, and goes on below the longer one. Neither may be longer than a page.
func (s *sheet) beside(left, right func()) {
	top, x, width := s.y, s.x, s.width
	s.width = (width - columnGap) / 2
	left()
	end := s.y
	s.x, s.y = x+s.width+columnGap, top
	right()
	s.x, s.y, s.width = x, max(s.y, end), width
}
