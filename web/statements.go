package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getStatements is the register of public statements beside the figures of their days.
func (s *Server) getStatements(r *request) error {
	return s.sendPage(r, []string{"side", "subject"}, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.StatementsPage(view.NewStatementsModel(f, j.Program, metrics.CompareStatements(j.Program, j.History, j.at))), nil
	})
}

// statementFields are the visible fields of the form that records a statement.
var statementFields = []string{
	"speaker", "side", "kind", "form", "number", "number_to", "subject", "scope", "area", "stated_on", "stated_unknown", "published_on", "published_unknown", "source", "words",
}

// maxWordsLength bounds what is quoted of a statement: the register holds words of a few, not articles.
const maxWordsLength = 300

// getStatement shows the form.
func (s *Server) getStatement(r *request) error {
	return s.showStatement(r, http.StatusOK, view.Form{Values: r.prefilled(statementFields...)})
}

func (s *Server) showStatement(r *request, status int, form view.Form) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return s.sendOnce(r, status, view.StatementPage(view.NewStatementModel(r.formFrame(j), j.Program, form, s.newEventID())))
}

// postStatement records a statement. Its key comes from the form's event id, so that a double submit records one.
func (s *Server) postStatement(r *request) error {
	values, err := readForm(r, append(statementFields, "event_id")...)
	if err != nil {
		return err
	}
	eventID := values.Get("event_id")
	shown, ok := shownAt(eventID)
	if !ok {
		return &failure{kind: malformedRequest}
	}
	f := &formReader{lang: r.lang, values: values}
	statement, texts := readStatement(f, metrics.DayOf(s.now(), r.program.Zone))
	statement.Key = "statement-" + eventID[len(eventID)-12:]
	if len(f.wrong) == 0 {
		_, err = s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{{
			Kind: ledger.KindStatement, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: statement, Texts: texts,
		}}})
		var refusal *ledger.Refusal
		switch {
		case err == nil:
			return r.redirect(view.ProgramPath(r.program.Slug)+"/statements", r.noticed("saved"))
		case !errors.As(err, &refusal):
			return err
		}
		f.refuse(fieldOf(refusal, statementFields), refusalText(refusal.Code))
	}
	return s.showStatement(r, http.StatusUnprocessableEntity, f.again(statementFields...))
}

// readStatement reads the form in the order of its fields.
func readStatement(f *formReader, today metrics.Day) (ledger.Statement, map[string]string) {
	texts := map[string]string{"speaker": f.line("speaker", true, maxPartyLength)}
	s := ledger.Statement{Side: f.choice("side", view.StatementSides()...), Kind: f.choice("kind", "percent_done", "percent_left", "other")}
	f.statedValue(&s)
	subject := f.line("subject", false, maxPartyLength)
	s.Subject = ledger.Text{ID: subject, EN: subject}
	s.Scope = f.optionalChoice("scope", "program", "area", "other")
	switch s.Area = f.line("area", false, ledger.MaxIDLength); {
	case s.Scope == "area" && s.Area == "":
		f.refuse("area", i18n.FormAreaNeeded)
	case s.Scope != "area" && s.Area != "":
		f.refuse("area", i18n.FormNoValueHere)
	}
	s.StatedOn, s.PublishedOn = f.dateOrUnknown("stated_on", "stated_unknown", today), f.dateOrUnknown("published_on", "published_unknown", today)
	if s.StatedOn != "" && s.PublishedOn != "" && s.PublishedOn < s.StatedOn {
		f.refuse("published_on", i18n.FormPrintedEarlier)
	}
	s.Source = f.line("source", true, maxPartyLength)
	texts["words"] = f.text("words", true, maxWordsLength)
	return s, texts
}

// statedValue reads a value as it was said: exact, about, bounded or between two; none where no progress was quantified.
func (f *formReader) statedValue(s *ledger.Statement) {
	if s.Kind == "other" {
		for _, field := range []string{"number", "number_to"} {
			if strings.TrimSpace(f.values.Get(field)) != "" {
				f.refuse(field, i18n.FormNoValueHere)
			}
		}
		return
	}
	form, before := f.choice("form", "exact", "about", "at_least", "at_most", "between"), len(f.wrong)
	low := f.percent("number")
	if form == "between" {
		if high := f.percent("number_to"); len(f.wrong) == before && high <= low {
			f.refuse("number_to", i18n.FormRangeOrder)
		} else {
			s.High = &high
		}
	} else if strings.TrimSpace(f.values.Get("number_to")) != "" {
		f.refuse("number_to", i18n.FormNoValueHere)
	}
	switch s.Low = &low; form {
	case "exact":
		s.High = &low
	case "about":
		s.High, s.Approximate = &low, true
	case "at_most":
		s.Low, s.High = nil, &low
	}
}

// percent reads a percentage in basis points. Both a comma and a point begin the decimals, of which there are two at most.
func (f *formReader) percent(field string) int64 {
	text := strings.TrimSpace(f.values.Get(field))
	if text == "" {
		f.refuse(field, i18n.FormRequired)
		return 0
	}
	basisPoints, ok := parsePercent(text)
	if !ok {
		f.refuse(field, i18n.FormPercent)
	}
	return basisPoints
}

// parsePercent reads "87", "87.5" or "87,25" exactly, from 0 to 100.
func parsePercent(text string) (basisPoints int64, ok bool) {
	whole, decimals, separated := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if len(whole) == 0 || len(whole) > 3 || len(decimals) > 2 || separated && decimals == "" || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 64)
	if err != nil || n > int64(metrics.Whole) {
		return 0, false
	}
	return n, true
}

// choice reads one of the allowed words, which must be there.
func (f *formReader) choice(field string, allowed ...string) string {
	if strings.TrimSpace(f.values.Get(field)) == "" {
		f.refuse(field, i18n.FormRequired)
		return ""
	}
	return f.optionalChoice(field, allowed...)
}

func (f *formReader) optionalChoice(field string, allowed ...string) string {
	value := f.values.Get(field)
	if value != "" && !slices.Contains(allowed, value) {
		f.refuse(field, i18n.FormChoice)
		return ""
	}
	return value
}

// requiredDate reads a date that must be there.
func (f *formReader) requiredDate(field string) string {
	if strings.TrimSpace(f.values.Get(field)) == "" {
		f.refuse(field, i18n.FormRequired)
		return ""
	}
	return f.date(field)
}

// pastDate refuses a date after today. ISO dates sort as text.
func (f *formReader) pastDate(field, date string, today metrics.Day) string {
	if date > today.String() && f.errorless(field) {
		f.refuse(field, i18n.FormDayAhead)
	}
	return date
}

func (f *formReader) errorless(field string) bool {
	return !slices.ContainsFunc(f.wrong, func(e view.FieldError) bool { return e.Field == field })
}

// dateOrUnknown reads a date, or that nobody knows it: one of the two must be said.
func (f *formReader) dateOrUnknown(field, unknown string, today metrics.Day) string {
	date := f.pastDate(field, f.date(field), today)
	switch said := f.optionalChoice(unknown, "yes") == "yes"; {
	case date == "" && !said:
		f.refuse(field, i18n.FormDateOrUnknown)
	case date != "" && said:
		f.refuse(field, i18n.FormDateNotBoth)
	}
	return date
}
