package draw

// Style is how a text looks: its class in the style sheet's layer charts, its size in pixels, and whether it is heavy.
type Style struct {
	Class string
	size  float64
	heavy bool
}

// The styles of texts in drawings. static/css/charts.css has the same sizes.
var (
	Plain  = Style{"", 13, false}
	Quiet  = Style{"quiet", 12, false}
	Strong = Style{"bold", 13, true}
	Figure = Style{"figure-text", 14, true}
)

// Width is how much room a text takes at most, in pixels. No font is loaded to find out: it is the widest of the system fonts in
// use (DejaVu Sans, which is as wide as Verdana; Roboto; Liberation Sans, which is as wide as Arial and Helvetica).
func (s Style) Width(text string) float64 {
	table := &regular
	if s.heavy {
		table = &bold
	}
	thousandths := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			thousandths += int(table[r-' '])
		default:
			thousandths += widestGlyph
		}
	}
	return float64(thousandths) * s.size / 1000
}

// The extents of a line of text above and below its base line, in parts of its size.
const (
	ascent  = 0.93
	descent = 0.25
)

// widestGlyph is reckoned for letters that the tables do not have.
const widestGlyph = 1060

// Advance widths of the characters from space to tilde, in thousandths of the size: of each the widest of the fonts named above.
var (
	regular = [95]uint16{
		318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 413, 637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 557,
		1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 552, 667, 558, 874, 749, 788, 667, 788, 723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 411, 391, 838, 557,
		500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
	}
	bold = [95]uint16{
		349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 375, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611,
		1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 559, 775, 638, 996, 837, 851, 733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 423, 458, 838, 557,
		500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
	}
)
