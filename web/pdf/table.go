package pdf

// column is a column of a table: its head, its width in millimetres and whether its cells are numbers. The first one takes what is left.
type column struct {
	head   string
	width  float64
	number bool
}

// row is the cells of a row, and what is to be said below the first in small print.
type row struct {
	cells []string
	note  string
}

const (
	cellGap     = 2.4 // between columns
	cellPadding = 0.5
)

var (
	headStyle = style{7, true, muted}
	cellStyle = style{8, false, ink}
	sumStyle  = style{8, true, ink}
	noteStyle = style{7, false, muted}
)

// table writes a head and rows; the last row stands out where it is a sum. A row is never cut by the end of a page, and the head is
// repeated on the next.
func (s *sheet) table(columns []column, rows []row, sum bool) {
	columns = s.spread(columns)
	s.tableHead(columns)
	for i, r := range rows {
		st := cellStyle
		if sum && i == len(rows)-1 {
			st = sumStyle
		}
		height := s.rowHeight(columns, r, st)
		if s.y+height > bottom {
			s.room(height)
			s.tableHead(columns)
		}
		s.row(columns, r, st, height)
	}
	s.y++
}

// spread gives what is left of the width to the first column.
func (s *sheet) spread(columns []column) []column {
	rest := s.width - cellGap*float64(len(columns)-1)
	for _, c := range columns[1:] {
		rest -= c.width
	}
	first := columns[0]
	first.width = rest
	return append([]column{first}, columns[1:]...)
}

func (s *sheet) tableHead(columns []column) {
	head := heads(columns)
	height := s.rowHeight(columns, head, headStyle)
	s.room(height + cellStyle.height())
	s.row(columns, head, headStyle, height)
	s.stroke(border, 0.3)
	s.Line(s.x, s.y, s.x+s.width, s.y)
}

func heads(columns []column) (head row) {
	for _, c := range columns {
		head.cells = append(head.cells, c.head)
	}
	return head
}

func (s *sheet) rowHeight(columns []column, r row, st style) float64 {
	height := 0.0
	for i, c := range columns {
		cell := float64(len(s.lines(r.cells[i], st, c.width))) * st.height()
		if i == 0 {
			cell += float64(len(s.lines(r.note, noteStyle, c.width))) * noteStyle.height()
		}
		height = max(height, cell)
	}
	return height + 2*cellPadding
}

func (s *sheet) row(columns []column, r row, st style, height float64) {
	x := s.x
	for i, c := range columns {
		y := s.y + cellPadding
		for _, line := range s.lines(r.cells[i], st, c.width) {
			at := x
			if c.number {
				at = x + c.width
			}
			s.put(line, st, at, y, c.number)
			y += st.height()
		}
		if i == 0 {
			s.paragraph(r.note, noteStyle, x, y, c.width)
		}
		x += c.width + cellGap
	}
	s.y += height
	s.stroke(rule, 0.15)
	s.Line(s.x, s.y, s.x+s.width, s.y)
}

// tableHeight is how high a table will be on one page.
func (s *sheet) tableHeight(columns []column, rows []row) float64 {
	columns = s.spread(columns)
	height := s.rowHeight(columns, heads(columns), headStyle)
	for _, r := range rows {
		height += s.rowHeight(columns, r, sumStyle)
	}
	return height + 1
}
