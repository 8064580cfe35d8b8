package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getItems is everything outstanding.
func (s *Server) getItems(r *request) error {
	return s.sendPage(r, []string{"area", "waits"}, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.ItemsPage(view.NewItemsModel(f, j.Program, j.assessment)), nil
	})
}

// The visible fields of the two forms about items.
var (
	blockerFields = []string{"title", "milestone", "waits_on", "due"}
	closeFields   = []string{"resolution"}
)

// maxPartyLength bounds the name of whom a blocker waits on.
const maxPartyLength = 300

// getBlocker shows the form that raises a blocker.
func (s *Server) getBlocker(r *request) error {
	form := view.Form{}
	if r.QueryParam("title") != "" || r.QueryParam("waits_on") != "" { // not the link from a milestone's page, which chooses it only
		form.Values = r.prefilled(blockerFields...)
	}
	return s.showBlocker(r, http.StatusOK, form)
}

func (s *Server) showBlocker(r *request, status int, form view.Form) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return s.sendOnce(r, status, view.BlockerPage(view.NewBlockerModel(r.formFrame(j), j.Program, form, s.newEventID())))
}

// postBlocker records a blocker. Its key comes from the form's event id, so that a double submit raises one.
func (s *Server) postBlocker(r *request) error {
	values, err := readForm(r, append(blockerFields, "event_id")...)
	if err != nil {
		return err
	}
	eventID := values.Get("event_id")
	shown, ok := shownAt(eventID)
	if !ok {
		return &failure{kind: malformedRequest}
	}
	f := &formReader{lang: r.lang, values: values}
	title := f.text("title", true, ledger.MaxTextLength)
	item := r.newBlocker(eventID, shown, f.line("milestone", false, ledger.MaxIDLength), f.line("waits_on", true, maxPartyLength))
	item.Due = f.date("due")
	if len(f.wrong) == 0 {
		err = s.appendItem(r, item, eventID, map[string]string{"title": title}, nil)
		var refusal *ledger.Refusal
		switch {
		case err == nil:
			return r.redirect(r.itemsPath(), r.noticed("raised"))
		case !errors.As(err, &refusal):
			return err
		}
		f.refuse(fieldOf(refusal, blockerFields), refusalText(refusal.Code))
	}
	return s.showBlocker(r, http.StatusUnprocessableEntity, f.again(blockerFields...))
}

// newBlocker is a blocker that an engineer opens on the day its form was shown.
func (r *request) newBlocker(eventID string, shown time.Time, milestone, waitsOn string) ledger.Item {
	return ledger.Item{
		Key: "blocker-" + eventID[len(eventID)-12:], Kind: "blocker", Milestone: milestone, WaitsOn: ledger.Text{ID: waitsOn, EN: waitsOn},
		OwnerRole: ledger.Text{ID: i18n.Indonesian.T(i18n.RoleEngineer), EN: i18n.English.T(i18n.RoleEngineer)},
		OpenedOn:  metrics.DayOf(shown, r.program.Zone).String(),
	}
}

// appendItem records what a person says of an item.
func (s *Server) appendItem(r *request, item ledger.Item, eventID string, texts map[string]string, expect *ledger.Expectation) error {
	shown, _ := shownAt(eventID)
	_, err := s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Expect: expect, Drafts: []ledger.Draft{r.itemDraft(item, eventID, shown, texts)}})
	return err
}

func (r *request) itemDraft(item ledger.Item, eventID string, shown time.Time, texts map[string]string) ledger.Draft {
	return ledger.Draft{
		Kind: ledger.KindItem, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: item, Texts: texts,
	}
}

// getClose shows the form that closes an item.
func (s *Server) getClose(r *request) error {
	return s.showClose(r, http.StatusOK, view.Form{Values: r.prefilled(closeFields...)})
}

func (s *Server) showClose(r *request, status int, form view.Form) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	key := r.param("item")
	model, ok := view.NewCloseModel(r.formFrame(j), j.Program, key, form, s.newEventID())
	if !ok {
		return &failure{kind: notFound}
	}
	return s.sendOnce(r, status, view.ClosePage(model))
}

// postClose closes an item with the way it was resolved. If somebody changed it meanwhile, the page says how it stands.
func (s *Server) postClose(r *request) error {
	values, err := readForm(r, append(closeFields, "event_id", "entry")...)
	if err != nil {
		return err
	}
	f := &formReader{lang: r.lang, values: values}
	eventID := values.Get("event_id")
	entry, ok := f.entry()
	if _, shown := shownAt(eventID); !shown || !ok {
		return &failure{kind: malformedRequest}
	}
	resolution := f.text("resolution", true, ledger.MaxTextLength)
	if len(f.wrong) > 0 {
		return s.showClose(r, http.StatusUnprocessableEntity, f.again(closeFields...))
	}
	item, texts, err := s.recordedItem(r)
	if err != nil {
		return err
	}
	item.Closed = true
	texts["resolution"] = resolution
	err = s.appendItem(r, item, eventID, texts, &ledger.Expectation{Item: item.Key, Entry: entry})
	var refusal *ledger.Refusal
	switch {
	case err == nil:
		return r.redirect(r.itemsPath(), r.noticed("closed"))
	case !errors.As(err, &refusal):
		return err
	case refusal.Code == ledger.ChangedMeanwhile || refusal.Code == ledger.EventIDReused:
		form := f.again(closeFields...)
		form.Trouble = say(i18n.DetailChanged, refusal.KnownEntry).in(r.lang)
		return s.showClose(r, http.StatusConflict, form)
	}
	f.refuse("resolution", refusalText(refusal.Code))
	return s.showClose(r, http.StatusUnprocessableEntity, f.again(closeFields...))
}

// recordedItem is the item in the path as it was last recorded, and its title, to be stated anew.
func (s *Server) recordedItem(r *request) (ledger.Item, map[string]string, error) {
	j, err := s.judgeNow(r)
	if err != nil {
		return ledger.Item{}, nil, err
	}
	key := r.param("item")
	i := slices.IndexFunc(j.Items, func(i metrics.Item) bool { return i.Key == key })
	if i < 0 {
		return ledger.Item{}, nil, &failure{kind: notFound}
	}
	known := j.Items[i]
	item := ledger.Item{
		Key: known.Key, Kind: known.Kind, Milestone: known.Milestone, WaitsOn: ledger.Text(known.WaitsOn), OwnerRole: ledger.Text(known.OwnerRole),
		OpenedOn: known.OpenedOn.String(), Source: known.Source, Provenance: known.Provenance,
	}
	if known.Due != nil {
		item.Due = known.Due.String()
	}
	texts := map[string]string{}
	if known.Title.ID != "" { // else it was erased
		texts["title"] = known.Title.ID
	}
	if known.Title.EN != known.Title.ID {
		texts["title_en"] = known.Title.EN
	}
	return item, texts, nil
}

func (r *request) itemsPath() string { return view.ProgramPath(r.program.Slug) + "/items" }

// fieldOf is the field of a form that a refusal is about; the first where it is about none of them.
func fieldOf(r *ledger.Refusal, fields []string) string {
	if slices.Contains(fields, r.Field) {
		return r.Field
	}
	return fields[0]
}
