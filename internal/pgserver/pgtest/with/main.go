// Command with starts one PostgreSQL for tests, runs the command given as its
// arguments beside it with a folder for its temporary files, both in memory
// where there is enough of it, and ends with that command's exit code:
//
//	go run ./internal/pgserver/pgtest/with go test ./...
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"tenggat/internal/pgserver/pgtest"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "with:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if len(args) == 0 {
		return 2, errors.New("usage: with COMMAND [ARGUMENT…]")
	}
	// Ctrl-C reaches the command as well; we stay until it has ended.
	ctx, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer release()
	at, stop, err := pgtest.Start(ctx)
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // to run what it is told is its purpose
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Env = append(os.Environ(), pgtest.SocketVariable+"="+at.Socket, "TMPDIR="+at.Temp)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		return max(failed.ExitCode(), 1), nil // the command has said what is wrong
	}
	return 0, err
}
