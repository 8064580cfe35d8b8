// Command dashboard is Tenggat: it serves the dashboard and keeps its database.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // deadlines are cut by the program's zone, whatever zones the host knows

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintf(os.Stderr, "dashboard: %s\n", err)
		os.Exit(exitCode(err)) //nolint:gocritic // the deferred stop only restores signals
	}
}

// exitCode is 2 for a command line that cannot be understood, what the command chose if it chose, and 1 for every other error.
func exitCode(err error) int {
	var usage *usageError
	var chosen *exitError
	switch {
	case errors.As(err, &chosen):
		return chosen.code
	case errors.As(err, &usage):
		return 2
	}
	return 1
}

// usageError is a command line that cannot be understood.
type usageError struct{ error }

// exitError is an error of a command whose exit codes mean something.
type exitError struct {
	code int
	error
}

// Unwrap is the error itself.
func (e *exitError) Unwrap() error { return e.error }

// exited is how the parser says that it has answered (after --help) and the program should end.
type exited struct{ code int }

// run is the whole program: it parses args, reads the environment's settings and carries out one command.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case exited:
			if e.code != 0 {
				err = fmt.Errorf("exit %d", e.code)
			}
		default:
			panic(e)
		}
	}()
	var cli commandLine
	parser, err := newParser(&cli, stdout, stderr)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return &usageError{err}
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(&streams{in: stdin, out: stdout, err: stderr, json: cli.JSON}, &cli.settings)
}

func newParser(cli *commandLine, stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(cli,
		kong.Name("dashboard"),
		kong.Description("Tenggat watches a supervised system migration: jobs and engineers report progress, executives and regulators see how far it is and whether it will make the deadline."),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.Vars{"data": defaultDataDir()},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exited{code}) }),
	)
}
