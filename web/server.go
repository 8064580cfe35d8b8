// Package web is HTTP: requests in, pages and JSON out. It is the only room that knows echo.
//
// routes.go lists every door and who may open it; nothing else is open. A handler reads from the store, has metrics judge, and
// hands the result to web/view or writes it as JSON. Handlers return errors, and errors.go alone turns these into answers.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
	"tenggat/internal/signer"
)

// Config is what a Server needs from outside.
type Config struct {
	Reader *postgres.Reader
	Writer *postgres.Writer
	Signer *signer.Signer // nil: this process has no key
	Logger *slog.Logger
	Now    func() time.Time // nil: the clock

	BaseURL        string        // where people reach this server, such as https://tenggat.example.id; "": wherever they ask
	Hosts          []string      // the only names in Host that are answered, without ports; empty: BaseURL's, or all if there is none
	TrustedProxies []string      // CIDR ranges whose X-Forwarded-For is believed; empty: nobody's
	TokenPerMinute int           // requests one API token may make a minute; 0: 20,000
	UploadLimit    int64         // bytes of one document; 0: 20 MiB
	Version        string        // of this program, for /readyz
	DemoAccounts   []DemoAccount // named on the sign-in page of the demo
	Styleguide     bool          // serve /styleguide too: every part in every state, for developers
}

// DemoAccount is an account of the demo, whose password is no secret.
type DemoAccount struct {
	Role            access.Role
	Email, Password string
}

// Limits of one process.
const (
	maxSingleBody  = 256 << 10 // bytes of one report
	maxBatchBody   = 8 << 20
	maxFormBody    = 64 << 10
	maxBatch       = 1000 // reports in one batch
	maxInFlight    = 512  // requests at once; more are asked to come back
	maxCacheBytes  = 32 << 20
	requestTimeout = 15 * time.Second // after which a request's statements are cancelled; below the server's WriteTimeout

	defaultTokenPerMinute = 20_000
	defaultUploadLimit    = 20 << 20
)

// Server answers every request. Make one with New.
type Server struct {
	config   Config
	echo     *echo.Echo
	reader   *postgres.Reader
	writer   *postgres.Writer
	signer   *signer.Signer // nil: this process has no key
	logger   *slog.Logger
	now      func() time.Time
	hosts    map[string]bool // nil: any
	origin   *http.CrossOriginProtection
	patience time.Duration // requestTimeout
	slots    chan struct{}
	exports  chan struct{}
	uploads  chan struct{} // documents being received
	cache    *cache
	outlines *outlines
	hub      *hub
	readLog  *readLog
	hasher   *access.Hasher
	guesses  *access.Throttle // sign-ins per account and address
	signIns  *access.Limiter  // sign-ins per address
	refusals *access.Limiter  // requests with a bad token, per address
	tokens   *access.Limiter  // requests per token
	draining atomic.Bool
	later    sync.WaitGroup // what is still being written after its answer went out
}

// New makes the server. It is an error if the configuration cannot be understood.
func New(c Config) (*Server, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.TokenPerMinute == 0 {
		c.TokenPerMinute = defaultTokenPerMinute
	}
	if c.UploadLimit == 0 {
		c.UploadLimit = defaultUploadLimit
	}
	s := &Server{
		config: c, reader: c.Reader, writer: c.Writer, signer: c.Signer, logger: c.Logger, now: c.Now, echo: echo.New(),
		slots: make(chan struct{}, maxInFlight), uploads: make(chan struct{}, maxUploads), cache: newCache(maxCacheBytes), outlines: newOutlines(maxOutlines), hub: newHub(c.Reader, c.Logger),
		patience: requestTimeout, exports: make(chan struct{}, maxExports),
		readLog: newReadLog(c.Writer, c.Logger), hasher: access.NewHasher(), guesses: access.NewThrottle(),
		signIns:  access.NewLimiter(time.Second, 60),
		refusals: access.NewLimiter(100*time.Millisecond, 600),
		tokens:   access.NewLimiter(time.Minute/time.Duration(c.TokenPerMinute), c.TokenPerMinute),
		origin:   http.NewCrossOriginProtection(),
	}
	if err := s.setAddresses(); err != nil {
		return nil, err
	}
	s.echo.Use(s.enter)
	for i := range routes {
		s.open(&routes[i])
	}
	if c.Styleguide {
		s.open(&styleguide)
	}
	return s, nil
}

// setAddresses applies what the configuration says about names and proxies.
func (s *Server) setAddresses() error {
	hosts := s.config.Hosts
	if s.config.BaseURL != "" {
		base, err := url.Parse(s.config.BaseURL)
		if err != nil {
			return err
		}
		if err := s.origin.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
			return err
		}
		hosts = append(hosts, base.Hostname())
	}
	if len(hosts) > 0 {
		s.hosts = map[string]bool{}
		for _, h := range hosts {
			s.hosts[h] = true
		}
	}
	extractor, err := clientAddress(s.config.TrustedProxies)
	s.echo.IPExtractor = extractor
	return err
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// HTTPServer is the net/http server to listen with: its limits keep slow and greedy clients from holding on to it.
func (s *Server) HTTPServer() *http.Server {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(s.hub.close) // Shutdown waits for answers to end, and streams do not by themselves
	return server
}

// Drain makes /readyz say that this server is about to stop, so that a load balancer sends nobody here any more.
func (s *Server) Drain() { s.draining.Store(true) }

// Finish waits for what is still being written after its answer went out, and writes down who read what. Call it after
// http.Server.Shutdown.
func (s *Server) Finish(ctx context.Context) error {
	done := make(chan struct{})
	go func() { s.later.Wait(); close(done) }()
	select {
	case <-done:
		return s.readLog.flush(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}
