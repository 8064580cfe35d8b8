package view

import "tenggat/web/view/draw"

// Tracks is a chart whose rows have names: the names are text of the page, so that long ones wrap, and beside each lies a strip of
// the common scale.
type Tracks struct {
	Heads []*draw.Drawing // what stands above the first row, one for each width; none for nothing
	Rows  []Track
	Axis  *draw.Drawing
}

// Track is one row.
type Track struct {
	Heading bool // the name alone, of the rows below it
	Name    string
	Note    string // what the drawing cannot say; "" for nothing
	Drawing *draw.Drawing
}

// trackHeight is a row's, in pixels; its bar is as thick as barHeight.
const (
	trackHeight = 28.0
	barHeight   = 12.0
	trackMiddle = trackHeight / 2
	barTop      = (trackHeight - barHeight) / 2
)

// newTrack is an empty strip with the chart's upright lines.
func newTrack(lines []draw.Flag) *draw.Drawing {
	d := draw.New(trackHeight)
	for _, l := range lines {
		d.Upright(l.Line, l.X)
	}
	return d
}
