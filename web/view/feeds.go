package view

import (
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// FeedsModel is the page where a person makes, replaces and revokes their addresses of a program's feeds.
type FeedsModel struct {
	Frame
	Action, Revoke string
	State          string
	Has            bool
	Calendar, News string // the addresses, right after they were made; "" later
}

// NewFeedsModel makes the page. made is when the person's feed was made, nil if they have none; secret is the part of the address that is
// shown once.
func NewFeedsModel(f Frame, p metrics.Program, made, used *time.Time, base, secret string) FeedsModel {
	w := words{f.Lang, p.Zone}
	m := FeedsModel{Action: f.Link(f.InProgram("/feeds")), Revoke: f.Link(f.InProgram("/feeds/revoke")), State: w.T(i18n.FeedsNone), Has: made != nil}
	if made != nil {
		last := w.T(i18n.FeedsNever)
		if used != nil {
			last = w.at(*used)
		}
		m.State = w.T(i18n.FeedsMade, w.at(*made), last)
	}
	if secret != "" {
		feed := base + "/feeds/" + secret
		m.Calendar, m.News = feed+"/calendar.ics?lang="+f.Lang.Tag(), feed+"/news.atom?lang="+f.Lang.Tag()
	}
	m.Frame = f.titled("", f.t(i18n.FeedsTitle))
	return m
}
