package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// queryOf gives the parameters of a request that its route knows, in one spelling. Everything else in the address is no part
// of what is answered, and of no key of the cache.
func (r *request) queryOf(known ...string) url.Values {
	query := url.Values{}
	for _, name := range known {
		if value := r.QueryParam(name); value != "" {
			query.Set(name, value)
		}
	}
	return query
}

// cacheKey names an answer by everything it depends on: the address, the program's last entry, the language, the theme, and
// who may see it: the role, and for a job its token.
func (r *request) cacheKey(query url.Values) string {
	token := ""
	if r.who.IsJob() {
		token = r.who.Token.TokenID
	}
	return strings.Join([]string{
		r.base, r.route.Path, r.Request().URL.EscapedPath(), query.Encode(), r.program.ID, strconv.FormatInt(r.program.Entry, 10), r.program.CheckpointAt.String(), r.lang.Tag(), string(r.who.Role), string(r.theme()), token,
	}, "\n")
}

// sendJudged answers a GET about the program in the path with JSON made from its state at as_of.
func (s *Server) sendJudged(r *request, present func(judged) (any, error)) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	credential, programID := r.credential, r.program.ID
	doc, err := s.cache.get(r.Request().Context(), s.now(), r.cacheKey(r.queryOf("as_of")), func(ctx context.Context) (*document, error) {
		j, err := s.judge(ctx, credential, programID, m)
		if err != nil {
			return nil, err
		}
		answer, err := present(j)
		if err != nil {
			return nil, err
		}
		body, err := marshal(answer)
		return newDocument("application/json", body, j.validUntil), err
	})
	if err != nil {
		return err
	}
	return send(r, doc)
}

// textJSON is a name in both languages.
type textJSON struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// asKnown says which state of the ledger an answer rests on.
type asKnown struct {
	AsOf       string  `json:"as_of"`       // the moment judged at
	Entry      int64   `json:"entry"`       // the last entry known then; 0: none
	RecordedAt *string `json:"recorded_at"` // when that was recorded; null: none
}

func newAsKnown(j judged) asKnown { return asKnown{rfc3339(j.at), j.Entry, optionalTime(j.RecordedAt)} }

type programJSON struct {
	Program       string     `json:"program"`
	Name          textJSON   `json:"name"`
	Aliases       []string   `json:"aliases,omitempty"`
	Timezone      string     `json:"timezone"`
	Start         string     `json:"start,omitempty"`
	LegalBasis    string     `json:"legal_basis,omitempty"`
	LeadRegulator string     `json:"lead_regulator,omitempty"`
	Operators     []string   `json:"operators"`
	Demo          string     `json:"demo,omitempty"`
	Areas         []areaName `json:"areas"`
	Milestones    []string   `json:"milestones"`
	asKnown
}

type areaName struct {
	Key  string   `json:"key"`
	Name textJSON `json:"name"`
}

func newProgramJSON(j judged) programJSON {
	p := programJSON{
		Program: j.Key, Name: textJSON(j.Name), Aliases: j.Aliases, Timezone: j.Zone.String(), LegalBasis: j.LegalBasis, LeadRegulator: j.LeadRegulator,
		Operators: append([]string{}, j.Operators...), Demo: j.Demo, Areas: []areaName{}, Milestones: []string{}, asKnown: newAsKnown(j),
	}
	if j.Entry > 0 {
		p.Start = j.Start.String()
	}
	for _, a := range j.Areas {
		p.Areas = append(p.Areas, areaName{a.Key, textJSON(a.Name)})
	}
	for _, m := range j.Milestones {
		p.Milestones = append(p.Milestones, m.Key)
	}
	return p
}

func (s *Server) getProgramJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) { return newProgramJSON(j), nil })
}

func optionalTime(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := rfc3339(t)
	return &text
}
