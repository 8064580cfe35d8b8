package web

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getCompare sets two days side by side, each as it was known at its end. Without from it begins a week before to; without to it ends
// at the moment that the page is read at.
func (s *Server) getCompare(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	last := metrics.DayOf(s.now(), r.program.Zone)
	if m.past() {
		last = metrics.DayOf(m.asked, r.program.Zone)
	}
	from, to, form := readSpan(r, last)
	if form.Failed() {
		return s.refuseSpan(r, m, form)
	}
	credential := r.credential
	return s.sendPage(r, []string{"from", "to"}, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		before, err := s.judge(ctx, credential, j.ID, endOf(from, j.Zone))
		if err != nil {
			return nil, err
		}
		after := j
		if to < last {
			if after, err = s.judge(ctx, credential, j.ID, endOf(to, j.Zone)); err != nil {
				return nil, err
			}
		}
		signed, err := s.signedReports(ctx, credential, j)
		if err != nil {
			return nil, err
		}
		return view.ComparePage(view.NewCompareModel(f, form, j.Days, signed, view.Judged{Program: before.Program, Assessment: before.assessment}, view.Judged{Program: after.Program, Assessment: after.assessment})), nil
	})
}

// endOf is the moment at the end of a day.
func endOf(day metrics.Day, zone *time.Location) moment {
	return moment{day.End(zone).Add(-time.Microsecond), true}
}

// spanOf are the two days that a query names, or a week up to last; ok is false where they are no span that can be compared.
func spanOf(query url.Values, last metrics.Day) (from, to metrics.Day, ok bool) {
	read := func(field string, otherwise metrics.Day) (day metrics.Day) {
		if text := query.Get(field); text != "" {
			var err error
			day, err = metrics.ParseDay(text)
			ok = ok && err == nil
			return day
		}
		return otherwise
	}
	ok = true
	to = read("to", last)
	from = read("from", to-7)
	return from, to, ok && to <= last && from < to
}

// readSpan reads the two days of a comparison; what is wrong with them stands in the form. last is the latest day there is.
func readSpan(r *request, last metrics.Day) (from, to metrics.Day, form view.Form) {
	form.Values = map[string]string{"from": r.QueryParam("from"), "to": r.QueryParam("to")}
	refuse := func(field string, m i18n.Message, args ...any) {
		form.Errors = append(form.Errors, view.FieldError{Field: field, Text: r.lang.T(m, args...)})
	}
	read := func(field string, otherwise metrics.Day) metrics.Day {
		text := form.Values[field]
		if text == "" {
			form.Values[field] = otherwise.String()
			return otherwise
		}
		day, err := metrics.ParseDay(text)
		switch {
		case err != nil:
			refuse(field, i18n.CompareNoDay)
		case day > last:
			refuse(field, i18n.CompareLater, r.lang.Date(last.UTC()))
		}
		return day
	}
	to = read("to", last)
	from = read("from", to-7)
	if !form.Failed() && from >= to {
		refuse("from", i18n.CompareOrder)
	}
	return from, to, form
}

// refuseSpan shows the form again with what is wrong.
func (s *Server) refuseSpan(r *request, m moment, form view.Form) error {
	j, err := s.judge(r.Request().Context(), r.credential, r.program.ID, m)
	if err != nil {
		return err
	}
	f := withProgram(r.frame(r.queryOf("as_of", "lang")), m, j)
	return s.sendOnce(r, http.StatusUnprocessableEntity, view.ComparePage(view.NewCompareModel(f, form, j.Days, nil, view.Judged{Program: j.Program, Assessment: j.assessment}, view.Judged{Program: j.Program, Assessment: j.assessment})))
}
