package pgserver

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestLogKeepsTheLastLines(t *testing.T) {
	var seen strings.Builder
	l := &serverLog{logger: slog.New(slog.NewTextHandler(&seen, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for i := range 30 {
		for _, piece := range []string{"LOG:  line", fmt.Sprintf(" %d\nWARN", i), "ING:  disk\n"} {
			if _, err := l.Write([]byte(piece)); err != nil {
				t.Fatal(err)
			}
		}
	}
	last := l.last()
	if len(last) != keptLines || last[keptLines-2] != "LOG:  line 29" || last[keptLines-1] != "WARNING:  disk" {
		t.Errorf("kept %q", last)
	}
	if got := strings.Count(seen.String(), "level=WARN"); got != 30 {
		t.Errorf("%d warnings, want 30", got)
	}
}

func TestDSNQuotesItsParts(t *testing.T) {
	got := DatabaseDSN(`/tmp/o'b`, RoleApp, `a b\c`)
	want := `host='/tmp/o\'b' port=5432 user='tenggat_app' dbname='a b\\c' sslmode=disable`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
