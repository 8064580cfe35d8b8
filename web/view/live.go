package view

import (
	"net/url"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Live is what a page needs to bring itself up to date. Without script it is the time of its data and a link to load it anew.
type Live struct {
	Stream   string // where it hears that something was recorded
	Version  string // of what it shows, in the stream's count
	Figure   string // the number that everybody looks for; "" where there is none
	Verdict  string // the word that stands with it
	At       string // when the newest of its data was recorded: the time of the day, or the date too if that is another
	Recorded string // the sentence with it
}

// NewProgramLive is for a page about one program in the present.
func NewProgramLive(f Frame, p metrics.Program, a metrics.Assessment) *Live {
	w := words{f.Lang, p.Zone}
	l := newLive(w, "/api/v1"+ProgramPath(p.Key)+"/stream", p.Entry, p.RecordedAt, a.At)
	l.Figure, l.Verdict = w.keyPercent(a), w.verdictTag(a.Judgement.Verdict).Word
	return l
}

// NewProgramsLive is for a page about all of the reader's programs, whose version is the sum of their entries.
func NewProgramsLive(f Frame, l ProgramList) *Live {
	w := words{f.Lang, l.At.Location()}
	if l.Newest.Zone != nil {
		w.zone = l.Newest.Zone
	}
	return newLive(w, "/api/v1/stream", l.Version, l.Newest.RecordedAt, l.At)
}

func newLive(w words, stream string, version int64, recordedAt, now time.Time) *Live {
	l := &Live{Stream: stream + "?" + url.Values{"after": {strconv.FormatInt(version, 10)}}.Encode(), Version: strconv.FormatInt(version, 10)}
	if recordedAt.IsZero() {
		l.Recorded = w.T(i18n.LiveNothing)
		return l
	}
	l.At = w.Clock(recordedAt.In(w.zone))
	if metrics.DayOf(recordedAt, w.zone) != metrics.DayOf(now, w.zone) {
		l.At = w.atMid(recordedAt)
	}
	l.Recorded = w.T(i18n.LiveRecorded, l.At)
	return l
}
