package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"tenggat/internal/forecasts"
	"tenggat/internal/postgres"
	"tenggat/web"
)

type serveCommand struct{ listenSettings }

// Run serves until the context ends. A private server's schema is brought up to date; with a DATABASE_URL that is
// "dashboard schema up"'s business, and another schema than this program's is refused.
func (sc serveCommand) Run(ctx context.Context, s *streams, c *settings) error {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	return withServer(ctx, c, &sc.listenSettings, logger, nil, func(ctx context.Context, up *running) error {
		fmt.Fprintf(s.out, "Tenggat listens on %s\n", up.url)
		return up.serve(ctx)
	})
}

// running is a program about to serve: its store is open and its address taken.
type running struct {
	listener net.Listener
	url      string
	store    *postgres.DB
	server   *web.Server
	logger   *slog.Logger
	drain    time.Duration
	died     <-chan struct{}
}

// withServer takes the address, opens the database and hands over; afterwards everything is closed again, in order.
func withServer(ctx context.Context, c *settings, l *listenSettings, logger *slog.Logger, accounts []web.DemoAccount, f func(context.Context, *running) error) (err error) {
	limitMemory()
	listener, err := listen(ctx, l.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // closed already when serving ended in order
	d, err := openDatabase(ctx, c, logger, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if c.DatabaseURL == "" {
		if _, err := postgres.SchemaUp(ctx, d.owner); err != nil {
			return err
		}
	} else if c.DatabaseReadURL == "" {
		logger.Warn("readers share the application's login and take on tenggat_reader; set DATABASE_READ_URL to a login of their own", "see", "docs/operations.md")
	}
	store, err := postgres.Open(ctx, postgres.Config{AppDSN: d.app, ReaderDSN: d.reader, Logger: logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	signs, err := openSigner(ctx, c, store, logger)
	if err != nil {
		return err
	}
	server, err := web.New(web.Config{
		Reader: store.Reader(), Writer: store.Writer(), Signer: signs, Logger: logger,
		BaseURL: l.BaseURL, Hosts: l.Hosts, TrustedProxies: l.TrustedProxies, DemoAccounts: accounts, Styleguide: accounts != nil, TokenPerMinute: l.TokenRate, UploadLimit: c.uploadLimit(), Version: version(),
	})
	if err != nil {
		return err
	}
	defer inBackground(context.WithoutCancel(ctx), signs.Keep)() // not when asked to stop but when no request is left, so that it signs what came until then
	defer inBackground(ctx, func(ctx context.Context) { forecasts.KeepDaily(ctx, store.Writer(), logger) })()
	defer inBackground(ctx, server.Watch)()
	return f(ctx, &running{
		listener: listener, url: "http://" + listener.Addr().String(), store: store, server: server, logger: logger, drain: l.DrainDelay, died: d.died(),
	})
}

// inBackground starts f; the function returned ends it and waits until it has.
func inBackground(ctx context.Context, f func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); f(ctx) }()
	return func() { cancel(); <-done }
}

// listen takes an address, and says what to do when it is taken.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("address %s is in use by another program: choose another with --addr, for example --addr 127.0.0.1:8081 (make run ARGS='--addr 127.0.0.1:8081')", addr)
	}
	return listener, err
}

// shutdownTimeout is how long requests in flight may take to finish after SIGTERM.
const shutdownTimeout = 20 * time.Second

// serve answers requests until the context ends, then finishes those in flight.
func (r *running) serve(ctx context.Context) error {
	httpServer := r.server.HTTPServer()
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(r.listener) }()
	select {
	case err := <-failed:
		return err
	case <-r.died:
		return errors.New("the private PostgreSQL ended by itself; the lines above say why")
	case <-ctx.Done():
	}
	r.server.Drain()
	r.logger.Info("stopping: no new work is taken")
	time.Sleep(r.drain)
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := httpServer.Shutdown(finish); err != nil {
		return fmt.Errorf("requests did not finish in %s: %w", shutdownTimeout, err)
	}
	err := r.server.Finish(finish)
	r.logger.Info("stopped")
	return err
}

// softMemoryLimit keeps the garbage collector ahead of bursts; GOMEMLIMIT overrides it.
const softMemoryLimit = 96 << 20

func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemoryLimit)
	}
}

// version is the module version or revision that was built, for /readyz.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}
