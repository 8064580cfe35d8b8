package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getShare is where figures are handed on from.
func (s *Server) getShare(r *request) error {
	base := r.base
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.SharePage(view.NewShareModel(f, j.Program, j.assessment, j.forecast(), base)), nil
	})
}

const svgType = "image/svg+xml"

// getCardSVG is a card for spokespeople as a picture.
func (s *Server) getCardSVG(r *request) error {
	base, area := r.base, r.QueryParam("area")
	return s.sendMade(r, []string{"area"}, func(ctx context.Context, j judged, _ moment, f view.Frame) (*document, error) {
		card, ok := view.CardOf(f, j.Program, j.assessment, base, area)
		switch {
		case !ok && area != "":
			return nil, &failure{kind: notFound}
		case !ok:
			card = view.NoFigure(f, j.Program, j.assessment, base)
		}
		body, err := renderHTML(ctx, view.CardSVG(view.NewCardPicture(f, j.Program, card)))
		if err != nil {
			return nil, err
		}
		doc := newDocument(svgType, body, j.validUntil)
		doc.file = j.Key + "-" + j.assessment.Today.String() + ".svg"
		return doc, nil
	})
}

// cardFields are the visible fields of the form by which a card is used.
var cardFields = []string{"speaker", "side", "area", "as_of"}

// getCard shows a card and asks who will say it.
func (s *Server) getCard(r *request) error {
	return s.showCard(r, http.StatusOK, r.QueryParam("area"), r.QueryParam("as_of"), view.Form{Values: r.prefilled("speaker", "side")})
}

// judgeShown is the program at the moment of what a form showed, which may be no longer than a day ago.
func (s *Server) judgeShown(r *request, asOf string) (judged, error) {
	at, err := parseInstant(asOf)
	if err != nil || at.After(s.now()) || s.now().Sub(at) > shownHolds {
		return judged{}, fail(validationFailed, i18n.ShownTooOld)
	}
	return s.judge(r.Request().Context(), r.credential, r.program.ID, moment{asked: at.In(r.program.Zone)})
}

// shownHolds is how old a figure may be when it is handed on: what is older is read up anew.
const shownHolds = 24 * time.Hour

func (s *Server) showCard(r *request, status int, area, asOf string, form view.Form) error {
	j, err := s.judgeShown(r, asOf)
	if err != nil {
		return err
	}
	f := r.formFrame(j)
	card, ok := view.CardOf(f, j.Program, j.assessment, r.base, area)
	if !ok {
		return &failure{kind: notFound}
	}
	return s.sendOnce(r, status, view.CardPage(view.NewCardModel(f, j.Program, card, form, asOf, s.newEventID())))
}

// postCard records that a card is used: what it says, of the moment it was made at, as a statement of today.
func (s *Server) postCard(r *request) error {
	values, err := readForm(r, append(cardFields, "event_id")...)
	if err != nil {
		return err
	}
	eventID, area, asOf := values.Get("event_id"), values.Get("area"), values.Get("as_of")
	shown, ok := shownAt(eventID)
	if !ok {
		return &failure{kind: malformedRequest}
	}
	j, err := s.judgeShown(r, asOf)
	if err != nil {
		return err
	}
	f := &formReader{lang: r.lang, values: values}
	texts := map[string]string{"speaker": f.line("speaker", true, maxPartyLength)}
	side := f.choice("side", view.StatementSides()...)
	statement, err := s.statementOf(r, j, area, texts)
	if err != nil {
		return err
	}
	statement.Key, statement.Side = "statement-"+eventID[len(eventID)-12:], side
	if len(f.wrong) == 0 {
		_, err = s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{{
			Kind: ledger.KindStatement, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: statement, Texts: texts,
		}}})
		var refusal *ledger.Refusal
		switch {
		case err == nil:
			path, query := view.SharePath(r.program.Slug, asOf)
			query.Set("notice", "carded")
			return r.redirect(path, query)
		case !errors.As(err, &refusal):
			return err
		}
		f.refuse(fieldOf(refusal, cardFields), refusalText(refusal.Code))
	}
	return s.showCard(r, http.StatusUnprocessableEntity, area, asOf, f.again("speaker", "side"))
}

// statementOf is what a card says, in both languages.
func (s *Server) statementOf(r *request, j judged, area string, texts map[string]string) (ledger.Statement, error) {
	frame := r.formFrame(j)
	for field, lang := range map[string]i18n.Lang{"words": i18n.Indonesian, "words_en": i18n.English} {
		frame.Lang = lang
		card, ok := view.CardOf(frame, j.Program, j.assessment, r.base, area)
		if !ok {
			return ledger.Statement{}, &failure{kind: notFound}
		}
		texts[field] = card.Sentence
	}
	card, _ := view.CardOf(frame, j.Program, j.assessment, r.base, area)
	low, high := int64(card.Low), int64(card.High)
	statement := ledger.Statement{
		Kind: "percent_done", StatedOn: metrics.DayOf(s.now(), r.program.Zone).String(), Scope: "program", Low: &low, High: &high, Source: cardSource,
		Subject: ledger.Text{ID: i18n.Indonesian.T(i18n.CardWhole), EN: i18n.English.T(i18n.CardWhole)},
	}
	if area != "" {
		statement.Scope, statement.Area, statement.Subject = "area", area, ledger.Text{}
	}
	return statement, nil
}

// cardSource is the source of a statement that was made with a card.
const cardSource = "statement card"
