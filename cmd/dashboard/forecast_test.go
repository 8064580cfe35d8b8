package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"tenggat/internal/metrics"
)

// forecastOf answers some lines with the settings in use.
func forecastOf(t testing.TB, input string) ([]map[string]any, error) {
	t.Helper()
	var out bytes.Buffer
	failed := forecastLines(strings.NewReader(input), &out, metrics.DefaultForecastSettings())
	var answers []map[string]any
	for line := range strings.Lines(out.String()) {
		var answer map[string]any
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatalf("answer %q: %v", line, err)
		}
		answers = append(answers, answer)
	}
	return answers, failed
}

const steadyQuestion = `{"as_of":"2025-03-17","deadline":"2026-03-17","series":[` +
	`{"date":"2025-01-06","done":0,"total":100},{"date":"2025-02-10","done":25,"total":100},{"date":"2025-03-17","done":50,"total":100}]}`

// The command gives what the pages give, in the form of its protocol.
func TestForecastAnswers(t *testing.T) {
	answers, err := forecastOf(t, steadyQuestion+"\n\n"+strings.Replace(steadyQuestion, `"done":50`, `"done":100`, 1))
	if err != nil || len(answers) != 2 {
		t.Fatalf("%v, %v", answers, err)
	}
	asOf := metrics.NewDay(2025, 3, 17)
	start := metrics.NewDay(2025, 1, 6)
	series := metrics.BurnUp{{Day: start, Done: 0, Total: 100}, {Day: start + 35, Done: 25, Total: 100}, {Day: asOf, Done: 50, Total: 100}}
	f := metrics.ForecastSeries(series, asOf, []metrics.Day{asOf + 365}, metrics.DefaultForecastSettings())
	want := map[string]any{
		"p10": f.P10.String(), "p50": f.P50.String(), "p80": f.P80.String(), "p95": f.P95.String(),
		"p_meet": *f.Meets[0].Meet, "method": metrics.ForecastMethod, "note": nil,
	}
	if !reflect.DeepEqual(answers[0], want) {
		t.Errorf("%v, want %v", answers[0], want)
	}
	finished := map[string]any{
		"p10": nil, "p50": nil, "p80": nil, "p95": nil, "p_meet": 1.0, "method": metrics.ForecastMethod,
		"note": "finished: nothing has been left since 2025-03-17",
	}
	if !reflect.DeepEqual(answers[1], finished) {
		t.Errorf("%v, want %v", answers[1], finished)
	}
}

// What is null says why.
func TestForecastAnswerNotes(t *testing.T) {
	for note, series := range map[string]string{
		"no history: no sample by as_of":       ``,
		"no total: nothing says of how much":   `{"date":"2025-01-06","done":0,"total":0}`,
		"too early: under four weeks":          `{"date":"2025-03-06","done":0,"total":9},{"date":"2025-03-07","done":1,"total":9}`,
		"no movement: no more is done":         `{"date":"2025-01-06","done":1,"total":9}`,
		"beyond the horizon: a date that is n": `{"date":"2015-01-06","done":1,"total":900},{"date":"2025-01-06","done":2,"total":900}`,
	} {
		answers, err := forecastOf(t, `{"as_of":"2025-03-17","deadline":"2026-03-17","series":[`+series+`]}`)
		if err != nil || len(answers) != 1 {
			t.Fatalf("%v, %v", answers, err)
		}
		if got, _ := answers[0]["note"].(string); !strings.HasPrefix(got, note) || answers[0]["p95"] != nil {
			t.Errorf("%s: %v", note, answers[0])
		}
	}
}

// A line that cannot be read gets an error line with its number, and the rest goes on.
func TestForecastErrorLines(t *testing.T) {
	sample := `{"date":"2025-01-06","done":0,"total":100}`
	for name, line := range map[string]string{
		"not JSON":              `x`,
		"cut off":               steadyQuestion[:80],
		"an array":              `[]`,
		"null":                  `null`,
		"two values":            steadyQuestion + steadyQuestion,
		"a member unknown":      strings.Replace(steadyQuestion, `{"as_of"`, `{"seed":1,"as_of"`, 1),
		"another case":          strings.Replace(steadyQuestion, `"as_of"`, `"As_Of"`, 1),
		"a member twice":        strings.Replace(steadyQuestion, `{"as_of"`, `{"as_of":"2025-03-17","as_of"`, 1),
		"no deadline":           strings.Replace(steadyQuestion, `"deadline":"2026-03-17",`, ``, 1),
		"null deadline":         strings.Replace(steadyQuestion, `"deadline":"2026-03-17"`, `"deadline":null`, 1),
		"no such day":           strings.Replace(steadyQuestion, `2026-03-17`, `2026-02-30`, 1),
		"a date of five digits": strings.Replace(steadyQuestion, `2026-03-17`, `9999-03-17`, 1),
		"unknown in a sample":   strings.Replace(steadyQuestion, sample, `{"date":"2025-01-06","done":0,"total":100,"x":1}`, 1),
		"a sample without":      strings.Replace(steadyQuestion, sample, `{"date":"2025-01-06","done":0}`, 1),
		"a number as text":      strings.Replace(steadyQuestion, `"done":25`, `"done":"25"`, 1),
		"negative":              strings.Replace(steadyQuestion, `"done":25`, `"done":-25`, 1),
		"too many":              strings.Replace(steadyQuestion, `"done":25`, `"done":1e16`, 1),
		"endless":               strings.Replace(steadyQuestion, `"done":25`, `"done":1e999`, 1),
		"days out of order":     strings.Replace(steadyQuestion, `2025-02-10`, `2025-04-10`, 1),
		"not UTF-8":             strings.Replace(steadyQuestion, `2025-02-10`, "\xff", 1),
		"too long":              strings.Repeat(" ", longestForecastLine+1),
	} {
		t.Run(name, func(t *testing.T) {
			answers, err := forecastOf(t, steadyQuestion+"\r\n"+line+"\n"+steadyQuestion)
			if err == nil || err.Error() != "1 of 3 lines could not be read" || len(answers) != 3 {
				t.Fatalf("%v, %v", answers, err)
			}
			fault, _ := answers[1]["error"].(string)
			if fault == "" || answers[1]["line"] != 2.0 || len(answers[1]) != 2 {
				t.Errorf("the error line is %v", answers[1])
			}
			if answers[0]["p50"] == nil || !reflect.DeepEqual(answers[0], answers[2]) {
				t.Errorf("the lines around it answer %v and %v", answers[0], answers[2])
			}
		})
	}
}

// A line of the full length is read.
func TestForecastLongLine(t *testing.T) {
	line := steadyQuestion + strings.Repeat(" ", longestForecastLine-len(steadyQuestion))
	answers, err := forecastOf(t, line+"\n"+line+"\r\n"+steadyQuestion)
	if err != nil || len(answers) != 3 {
		t.Errorf("%d answers, %v", len(answers), err)
	}
}

// Whoever asks one question at a time gets its answer before the next.
func TestForecastStreams(t *testing.T) {
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	ended := make(chan error)
	go func() { ended <- forecastLines(in, out, metrics.DefaultForecastSettings()) }()
	answers := bufio.NewScanner(answer)
	for range 3 {
		if _, err := io.WriteString(ask, steadyQuestion+"\n"); err != nil {
			t.Fatal(err)
		}
		if !answers.Scan() || !strings.HasPrefix(answers.Text(), `{"p10":"`) {
			t.Fatalf("answer %q", answers.Text())
		}
	}
	if err := ask.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Reading that fails is an error, not the end of the questions.
func TestForecastReadFailure(t *testing.T) {
	broken := errors.New("broken")
	in := io.MultiReader(strings.NewReader(steadyQuestion+"\n"), &failing{broken})
	if err := forecastLines(in, io.Discard, metrics.DefaultForecastSettings()); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

// The flag's default is the formula's.
func TestForecastAllowanceDefault(t *testing.T) {
	var cli struct{ Forecast forecastCommand }
	field, _ := reflect.TypeOf(cli.Forecast).FieldByName("Allowance")
	var want float64
	if err := json.Unmarshal([]byte(field.Tag.Get("default")), &want); err != nil || want != metrics.DefaultForecastSettings().Allowance {
		t.Errorf("--allowance defaults to %q", field.Tag.Get("default"))
	}
}

// Whatever comes, every line that is not empty is answered by one line, in order, with its own number if it is faulty.
func FuzzForecastLines(f *testing.F) {
	f.Add(steadyQuestion)
	f.Add(steadyQuestion + "\r\n\n{}\n[1]\n" + steadyQuestion)
	f.Add(`{"as_of":"2999-12-31","deadline":"1900-01-01","series":[{"date":"1900-01-01","done":0.5,"total":1e15},{"date":"2999-12-31","done":1,"total":1e15}]}`)
	f.Fuzz(func(t *testing.T, input string) {
		answers, err := forecastOf(t, input)
		lines, faults := 0, 0
		for number, line := range strings.Split(input, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			if lines >= len(answers) {
				t.Fatalf("line %d has no answer", number+1)
			}
			answer := answers[lines]
			if _, fault := answer["error"]; fault {
				faults++
				if answer["line"] != float64(number+1) {
					t.Errorf("line %d is called %v", number+1, answer["line"])
				}
			} else if p, ok := answer["p_meet"].(float64); ok && !(p >= 0 && p <= 1) {
				t.Errorf("p_meet %v", p)
			} else if answer["p95"] == nil && answer["note"] == nil {
				t.Errorf("null without a note: %v", answer)
			}
			lines++
		}
		if lines != len(answers) || (faults > 0) != (err != nil) {
			t.Errorf("%d answers to %d lines, %d faults, %v", len(answers), lines, faults, err)
		}
	})
}
