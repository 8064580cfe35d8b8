// Command bench measures Tenggat against its performance goals. It starts the real program on a real PostgreSQL that really
// flushes to disk, loads both over loopback, and prints for each goal what was measured, beside the baseline that the goal
// names, run in turn with it. docs/performance.md says what the goals mean.
//
//	go run ./bench [-goals R1,W1] [-rounds 5] [-seconds 2] [-json] [-strict]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // programs have a zone, whatever zones the machine knows
)

// goal measures one goal, or several that need the same preparation.
type goal struct {
	name    string
	measure func(context.Context, *lab) ([]result, error)
}

// goals in the order they run: what fills the database most comes last.
var goals = []goal{
	{"S1", coldStart},
	{"S2", memory},
	{"R1", warmOverview},
	{"R2", unchangedOverview},
	{"R3", coldOverview},
	{"W1", singleReports},
	{"W3", batches},
	{"W4", replays},
	{"W5", durability},
	{"R6", programList},
	{"R5", flatCost},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // the deferred stop only restores signals
	}
}

type options struct {
	goals     []goal
	rounds    int
	seconds   time.Duration
	json      bool
	strict    bool
	dashboard string
	fixedPage int
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if o.fixedPage > 0 {
		return serveFixedPage(o.fixedPage)
	}
	r, err := measure(ctx, o, stderr)
	print := r.print
	if o.json {
		print = r.printJSON
	}
	err = errors.Join(err, print(stdout))
	if o.strict && !r.allHold() {
		err = errors.Join(err, errors.New("not every goal holds"))
	}
	return err
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	var names string
	var seconds float64
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&names, "goals", "", "goals to measure, with commas between: "+strings.Join(goalNames(), ",")+" (default all)")
	flags.IntVar(&o.rounds, "rounds", 5, "rounds of each measurement and of its baseline, in turn")
	flags.Float64Var(&seconds, "seconds", 2, "length of a round")
	flags.BoolVar(&o.json, "json", false, "print every round as JSON")
	flags.BoolVar(&o.strict, "strict", false, "fail unless every goal holds")
	flags.StringVar(&o.dashboard, "dashboard", "", "a built dashboard to measure (default: build this one)")
	flags.IntVar(&o.fixedPage, "fixed-page", 0, "be the baseline server with a page of so many bytes; used by bench itself")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.rounds < 1 || seconds <= 0 || seconds > 60 {
		return o, errors.New("-rounds must be at least 1, and -seconds above 0 and at most 60")
	}
	o.seconds = time.Duration(seconds * float64(time.Second))
	var err error
	o.goals, err = chosen(names)
	return o, err
}

func goalNames() (names []string) {
	for _, g := range goals {
		names = append(names, g.name)
	}
	return names
}

// chosen finds goals by name; no name means all.
func chosen(names string) ([]goal, error) {
	if names == "" {
		return goals, nil
	}
	wanted := strings.Split(names, ",")
	for _, name := range wanted {
		if !slices.Contains(goalNames(), name) {
			return nil, fmt.Errorf("there is no goal %q; there are %s", name, strings.Join(goalNames(), ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(goals), func(g goal) bool { return !slices.Contains(wanted, g.name) }), nil
}

// measure runs the goals one after the other. One that cannot be measured does not keep the others from the table.
func measure(ctx context.Context, o options, notes io.Writer) (r report, err error) {
	l, err := newLab(ctx, o.dashboard, o.rounds, o.seconds, notes)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	r = report{Rounds: o.rounds, Seconds: o.seconds.Seconds()}
	for _, g := range o.goals {
		l.note("measuring %s", g.name)
		results, failed := g.measure(ctx, l)
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("%s could not be measured: %w", g.name, failed))
			continue
		}
		r.Results = append(r.Results, results...)
	}
	var unknown error
	r.Machine, unknown = l.describe(ctx)
	return r, errors.Join(err, unknown)
}
