package static

import _ "embed"

// ReportStyle is the style sheet that is frozen with a signed report. It is not served by itself.
//
//go:embed report/report.css
var ReportStyle string
