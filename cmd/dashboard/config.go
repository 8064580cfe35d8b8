package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"tenggat/internal/pgserver"
)

// settings are read here and nowhere else: a flag, or the environment variable beside it. The README's table is checked
// against these tags.
type settings struct {
	DatabaseURL     string   `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"PostgreSQL 15 or later to use. The login must own the database's schema or be a member of tenggat_app. Without it a private PostgreSQL is started in --data."`
	DatabaseReadURL string   `name:"database-read-url" env:"DATABASE_READ_URL" placeholder:"URL" help:"Login that only reads (tenggat_reader), on the same database or a replica. Without it the role is taken on within --database-url."`
	Data            string   `env:"TENGGAT_DATA" type:"path" default:"${data}" placeholder:"DIR" help:"Folder of the private PostgreSQL (default ${default}). Nothing in it is ever deleted."`
	PostgresBin     string   `name:"postgres-bin" env:"TENGGAT_POSTGRES_BIN" type:"path" placeholder:"DIR" help:"Folder of initdb and postgres, when they are not where they usually are."`
	Keys            string   `name:"keys" env:"TENGGAT_KEYS" type:"path" placeholder:"DIR" help:"Folder of the key that signs checkpoints; made on the first start. Without it, keys in --data; with --database-url and without it, nothing is signed."`
	LedgerName      string   `name:"ledger-name" env:"TENGGAT_LEDGER_NAME" placeholder:"NAME" help:"What the ledgers are called in checkpoints, such as tenggat.example.id. Chosen on the first start and never changed. Without it, a name made of the first key."`
	Witnesses       []string `name:"witness" env:"TENGGAT_WITNESSES" placeholder:"KEY" help:"Verifier key of a witness. With any, only their cosignatures are taken."`
	UploadLimit     int64    `name:"upload-limit" env:"TENGGAT_UPLOAD_LIMIT" default:"20" placeholder:"MIB" help:"Largest document that is taken in, in MiB (default ${default})."`
	LogFormat       string   `name:"log-format" env:"TENGGAT_LOG_FORMAT" enum:"text,json" default:"text" help:"Form of the log lines on standard error: text or json (default ${default})."`
	LogLevel        string   `name:"log-level" env:"TENGGAT_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"Least important log lines to write: debug, info, warn or error (default ${default})."`
}

// uploadLimit is the largest document that is taken in, in bytes.
func (c *settings) uploadLimit() int64 { return c.UploadLimit << 20 }

// listenSettings are the settings of the commands that serve.
type listenSettings struct {
	Addr           string        `env:"TENGGAT_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on (default ${default})."`
	BaseURL        string        `name:"base-url" env:"TENGGAT_BASE_URL" placeholder:"URL" help:"Where people reach the dashboard, such as https://tenggat.example.id. Needed behind a proxy that ends TLS."`
	Hosts          []string      `name:"host" env:"TENGGAT_HOSTS" placeholder:"NAME" help:"Further host names to answer to. With neither this nor --base-url, any."`
	TrustedProxies []string      `name:"trusted-proxy" env:"TENGGAT_TRUSTED_PROXIES" placeholder:"CIDR" help:"Address ranges of proxies whose X-Forwarded-For is believed. Without it, none."`
	TokenRate      int           `name:"token-rate" env:"TENGGAT_TOKEN_RATE" default:"20000" placeholder:"N" help:"Requests a minute that one API token may make (default ${default})."`
	DrainDelay     time.Duration `name:"drain-delay" env:"TENGGAT_DRAIN_DELAY" default:"0s" placeholder:"TIME" help:"How long to go on serving after SIGTERM while /readyz already says no (default ${default})."`
}

// commandLine is every command and its flags.
type commandLine struct {
	settings
	JSON bool `name:"json" help:"Answer in JSON."`

	Serve      serveCommand      `cmd:"" help:"Serve the dashboard."`
	Demo       demoCommand       `cmd:"" help:"Serve the dashboard with the demo: the real case, two public programs, and a live one with simulated jobs."`
	Schema     schemaCommand     `cmd:"" help:"Bring the database's schema up to date, or show where it stands."`
	User       userCommand       `cmd:"" help:"Add, list and disable people's accounts."`
	Token      tokenCommand      `cmd:"" help:"Issue, list and revoke the API tokens of integration jobs."`
	Program    programCommand    `cmd:"" help:"Define programs and record what the regulator decided."`
	Rebuild    rebuildCommand    `cmd:"" help:"Derive the projections anew from the ledgers."`
	Export     exportCommand     `cmd:"" help:"Write a program's whole ledger, or one headline with its proof, for \"dashboard verify\"."`
	Verify     verifyCommand     `cmd:"" help:"Check a ledger against what was signed, offline: exit 0 verified, 1 contradiction, 2 could not check."`
	Backup     backupCommand     `cmd:"" help:"Write the database and the signing key into one archive."`
	Restore    restoreCommand    `cmd:"" help:"Put a backup into an empty database, and hold it against everything that was signed."`
	Routes     routesCommand     `cmd:"" help:"List every route and who may use it."`
	Forecast   forecastCommand   `cmd:"" help:"Forecast finish dates: a burn-up a line in JSON on standard input, an answer a line on standard output."`
	Checkpoint checkpointCommand `cmd:"" help:"Sign checkpoints, keep what witnesses sign, and open a new epoch after a loss."`
	Key        keyCommand        `cmd:"" help:"Show, export and rotate the key that signs checkpoints."`
	Reads      readsCommand      `cmd:"" help:"Purge what is noted of who read what."`
	Text       textCommand       `cmd:"" help:"Erase free text that was kept beside entries."`
}

func defaultDataDir() string { return pgserver.DefaultDataDir() }

// streams are the command's standard streams and how it answers.
type streams struct {
	in       io.Reader
	out, err io.Writer
	json     bool
}

// answer prints a result: as JSON, or in words by the function given.
func (s *streams) answer(result any, words func(io.Writer)) error {
	if !s.json {
		words(s.out)
		return nil
	}
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(result)
}

// logger writes the program's log to standard error.
func (c *settings) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, fmt.Errorf("log level: %w", err)
	}
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return slog.New(slog.NewTextHandler(w, options)), nil
}
