package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// The media types of feeds.
const (
	calendarType = "text/calendar; charset=utf-8"
	atomType     = "application/atom+xml; charset=utf-8"
)

// admitFeed lets in whoever shows the secret of a feed, with the rights that its account has now.
func (s *Server) admitFeed(r *request) error {
	r.Response().Header().Set("X-Robots-Tag", "noindex") // the address alone opens it, wherever it is written
	secret := r.param("feed")
	if !access.IsFeedSecret(secret) {
		return s.refuseFeed(r)
	}
	feed, err := s.reader.OpenFeed(r.Request().Context(), secret)
	if errors.Is(err, postgres.ErrNotFound) {
		return s.refuseFeed(r)
	}
	if err != nil {
		return err
	}
	if !access.Can(feed.Role, r.route.Action) {
		return &failure{kind: notFound}
	}
	r.credential, r.program, r.who = secret, &feed.Program, access.Principal{Pseudonym: feed.Pseudonym, Role: feed.Role}
	s.touchFeed(r, feed)
	return nil
}

// refuseFeed is the constant answer to a mistyped, unknown or revoked secret. Guessing is slowed down like guessing of tokens.
func (s *Server) refuseFeed(r *request) error {
	if ok, wait := s.refusals.Allow(s.now(), access.AddressPrefix(r.address()).String()); !ok {
		return retryIn(rateLimited, wait)
	}
	return &failure{kind: notFound}
}

// touchFeedEvery is how exact the time of a feed's last use is.
const touchFeedEvery = time.Hour

// touchFeed notes that a feed is in use. If that fails, the page merely shows an earlier time.
func (s *Server) touchFeed(r *request, feed postgres.Feed) {
	if s.now().Sub(feed.UsedAt) < touchFeedEvery {
		return
	}
	ctx := context.WithoutCancel(r.Request().Context())
	s.later.Go(func() {
		if err := s.writer.TouchFeed(ctx, feed.ID); err != nil {
			s.logger.Warn("use of a feed not noted", "error", err)
		}
	})
}

// getCalendar is the program's dates for calendar programs.
func (s *Server) getCalendar(r *request) error {
	base := r.base
	return s.sendMade(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (*document, error) {
		return newDocument(calendarType, view.Calendar(f, j.Program, j.assessment, base), j.validUntil), nil
	})
}

const maxNews = 50 // entries that a feed can hold

// newsKinds are the entries that are news by themselves; what jobs report is told once a day.
var newsKinds = []ledger.Kind{
	ledger.KindWeights, ledger.KindDeadline, ledger.KindOverride, ledger.KindItem, ledger.KindStatement, ledger.KindAcceptance, ledger.KindSanctionStep, ledger.KindAudit,
	ledger.KindReview, ledger.KindCorrection, ledger.KindReopening, ledger.KindProposal, ledger.KindDecision, ledger.KindProgressReport, ledger.KindRelease,
}

// getNews is what changed, for news readers.
func (s *Server) getNews(r *request) error {
	base, credential := r.base, r.credential
	return s.sendMade(r, nil, func(ctx context.Context, j judged, m moment, f view.Frame) (*document, error) {
		records, err := s.reader.News(ctx, credential, j.ID, newsKinds, m.asked, maxNews)
		if err != nil {
			return nil, err
		}
		rows := make([]view.TrailRow, len(records))
		for i, record := range records {
			rows[i] = newTrailRow(postgres.TrailEntry{Record: record})
		}
		body, err := view.News(f, j.Program, j.assessment, rows, base)
		if err != nil {
			return nil, err
		}
		return newDocument(atomType, body, j.validUntil), nil
	})
}

// getFeeds shows whether the person has addresses for the program's feeds. The addresses themselves cannot be shown again.
func (s *Server) getFeeds(r *request) error { return s.showFeeds(r, "") }

func (s *Server) showFeeds(r *request, secret string) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	feed, err := s.writer.FeedOf(r.Request().Context(), r.who.AccountID, r.program.ID)
	made := &feed.CreatedAt
	switch {
	case errors.Is(err, postgres.ErrNotFound):
		made = nil
	case err != nil:
		return err
	}
	f := withProgram(r.frame(r.queryOf("lang", "notice")), moment{}, j)
	return s.sendOnce(r, http.StatusOK, view.FeedsPage(view.NewFeedsModel(f, j.Program, made, feed.UsedAt, r.base, secret)))
}

// postFeeds makes addresses in the place of earlier ones, and shows them once.
func (s *Server) postFeeds(r *request) error {
	if _, err := readForm(r); err != nil {
		return err
	}
	secret := access.NewFeedSecret()
	if err := s.writer.ReplaceFeed(r.Request().Context(), r.who.AccountID, r.program.ID, access.HashToken(secret)); err != nil {
		return err
	}
	return s.showFeeds(r, secret)
}

// postRevokeFeeds ends the person's addresses.
func (s *Server) postRevokeFeeds(r *request) error {
	if _, err := readForm(r); err != nil {
		return err
	}
	if err := s.writer.RevokeFeeds(r.Request().Context(), r.who.AccountID, r.program.ID); err != nil {
		return err
	}
	return r.redirect(view.ProgramPath(r.program.Slug)+"/feeds", r.noticed("feed_revoked"))
}

// notedPath is what a read is noted under: of a feed without its secret.
func (r *request) notedPath() string {
	if r.route.Door != Feeds {
		return r.Request().URL.Path
	}
	return view.ProgramPath(r.program.Slug) + strings.Replace(r.route.Path, "/:feed", "", 1)
}
