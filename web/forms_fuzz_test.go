package web

import (
	"net/url"
	"testing"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// formDrafts read what was sent as every form of the program in turn, and say what each would record; none: it was refused.
func formDrafts(values url.Values, lang i18n.Lang) map[string][]ledger.Draft {
	today := metrics.NewDay(2024, time.March, 12)
	p := metrics.Program{Zone: time.UTC, Deadlines: []metrics.Deadline{{Key: "D1", Kind: metrics.Regulatory, Date: today + 30, AnnouncedOn: today - 30, AnnouncedBy: "Kemendag", Binding: true}}}
	p.Overrides = []metrics.Override{{Deadline: "D1", Verdict: metrics.Watch, By: "Kemendag", Until: today + 5}}
	a := metrics.Assess(p, metrics.History{}, today.Start(time.UTC))
	a.Deadlines[0].Judgement.Verdict = metrics.Watch
	shown, _ := shownAt(values.Get("event_id"))
	if shown.IsZero() {
		shown = today.Start(time.UTC)
	}
	drafts := map[string][]ledger.Draft{}
	read := func(name string, make func(*formReader) (ledger.Kind, any, map[string]string)) {
		f := &formReader{lang: lang, values: values}
		kind, body, texts := make(f)
		if len(f.wrong) == 0 {
			drafts[name] = append(drafts[name], ledger.Draft{Kind: kind, Source: "p-1", Actor: "p-1", EventID: "e-1", ObservedAt: shown, Body: body, Texts: texts})
		}
		_ = f.again("done", "total", "note", "reason", "words")
	}
	read("deadline", func(f *formReader) (ledger.Kind, any, map[string]string) {
		return ledger.KindDeadline, readDeadline(f, today), nil
	})
	read("binding", func(f *formReader) (ledger.Kind, any, map[string]string) {
		d := readBinding(f, p, values.Get("was"))
		return ledger.KindDeadline, d, map[string]string{"reason": f.text("reason", true, ledger.MaxTextLength)}
	})
	read("override", func(f *formReader) (ledger.Kind, any, map[string]string) {
		o, reason := readOverride(f, a)
		return ledger.KindOverride, o, map[string]string{"reason": reason}
	})
	read("withdrawal", func(f *formReader) (ledger.Kind, any, map[string]string) {
		o, reason := readWithdrawal(f, p)
		return ledger.KindOverride, o, map[string]string{"reason": reason}
	})
	read("statement", func(f *formReader) (ledger.Kind, any, map[string]string) {
		s, texts := readStatement(f, today)
		s.Key = "statement-1"
		return ledger.KindStatement, s, texts
	})
	read("blocker", func(f *formReader) (ledger.Kind, any, map[string]string) {
		party := f.line("waits_on", true, maxPartyLength)
		item := ledger.Item{Key: "b", Kind: "blocker", Milestone: f.line("milestone", false, ledger.MaxIDLength), WaitsOn: ledger.Text{ID: party, EN: party}, OpenedOn: "2024-03-12", Due: f.date("due")}
		return ledger.KindItem, item, map[string]string{"title": f.text("title", true, ledger.MaxTextLength)}
	})
	read("close", func(f *formReader) (ledger.Kind, any, map[string]string) {
		item := ledger.Item{Key: "b", Kind: "request", OpenedOn: "2024-03-12", Closed: true}
		return ledger.KindItem, item, map[string]string{"title": "t", "resolution": f.text("resolution", true, ledger.MaxTextLength)}
	})
	read("update", func(f *formReader) (ledger.Kind, any, map[string]string) {
		r := &request{lang: lang, path: map[string]string{"milestone": "P1"}}
		u, err := r.readUpdate(f)
		if err != nil {
			f.wrong = append(f.wrong, view.FieldError{})
		}
		texts := map[string]string{}
		if u.note != "" {
			texts["message"] = u.note
		}
		return ledger.KindReport, ledger.Report{Milestone: u.milestone, Done: &u.done, Total: &u.total}, texts
	})
	return drafts
}

// FuzzForms: whatever a browser, or something that is none, sends to a form never breaks it, and what a form accepts the ledger takes.
func FuzzForms(f *testing.F) {
	const id = "event_id=form-1710200000000000-0123456789abcdef0123456789abcdef&entry=7&"
	for _, body := range []string{
		id + "done=40&total=100&note=maju&reason=", id + "done=-1&total=&note=%00", id + "done=9007199254740993&total=1e3",
		id + aDeadline("", "D2", "yes", "D1").Encode(), id + aBinding("", "D1", "D1").Encode(), id + anOverride("", "D1").Encode(), id + aStatement("").Encode(),
		id + "withdraw=D1&withdraw_reason=sudah", id + "title=Akses&waits_on=Bank&milestone=P1&due=2024-02-30", id + "resolution=%E2%80%A8",
		id + "number=87%2C25&number_to=x&form=between&kind=percent_left&speaker=%E2%80%AE&side=press&stated_on=0000-00-00", "%ff=%ff", "a=1&a=2",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		values, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		for _, lang := range i18n.Langs() {
			for name, drafts := range formDrafts(values, lang) {
				for _, d := range drafts {
					if refusal := d.Validate(); refusal != nil {
						t.Errorf("the form %q accepts what the ledger refuses: %v\n%+v", name, refusal, d)
					}
				}
			}
		}
	})
}

// FuzzInstants: what as_of names is a date or an instant, or refused.
func FuzzInstants(f *testing.F) {
	for _, text := range []string{"2024-03-12", "2024-03-12T09:00:00+07:00", "2024-03-12T09:00:00Z", "2024-03-12T9:00:00Z", "0000-01-01T00:00:00Z", "2024-02-30", "form-1-x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := parseInstant(text); err == nil {
			again, err := parseInstant(at.UTC().Format(time.RFC3339Nano))
			if err != nil || !again.Equal(at) {
				t.Errorf("%q reads as %v, and that as %v (%v)", text, at, again, err)
			}
		}
		if at, ok := shownAt(text); ok && at.Before(time.Unix(0, 0)) {
			t.Errorf("%q was shown at %v", text, at)
		}
	})
}
