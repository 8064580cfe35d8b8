package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"tenggat/internal/metrics"
)

// longestForecastLine is how long a line of input may be, in bytes; that is about a hundred thousand samples.
const longestForecastLine = 8 << 20

type forecastCommand struct {
	Allowance float64 `placeholder:"DAYS" default:"240" help:"Days added to the pace for what no pace shows (default ${default}). Choose less for programs of weeks than for programs of years."`
}

// Run answers every line of standard input with one line on standard output.
func (c forecastCommand) Run(_ context.Context, s *streams) error {
	if !(c.Allowance >= 0 && c.Allowance <= metrics.ForecastHorizon) {
		return fmt.Errorf("--allowance must be between 0 and %d days", metrics.ForecastHorizon)
	}
	settings := metrics.DefaultForecastSettings()
	settings.Allowance = c.Allowance
	return forecastLines(s.in, s.out, settings)
}

// forecastAnswer is one line of output. What is null is explained by the note.
type forecastAnswer struct {
	P10    *metrics.Day `json:"p10"`
	P50    *metrics.Day `json:"p50"`
	P80    *metrics.Day `json:"p80"`
	P95    *metrics.Day `json:"p95"`
	PMeet  *float64     `json:"p_meet"`
	Method string       `json:"method"`
	Note   *string      `json:"note"`
}

// forecastFault is the answer to a line that cannot be read. Lines are counted from 1.
type forecastFault struct {
	Error string `json:"error"`
	Line  int    `json:"line"`
}

// forecastLines answers line by line, so that a question may wait for the answer to the one before. Empty lines get none.
func forecastLines(in io.Reader, out io.Writer, settings metrics.ForecastSettings) error {
	reader, writer := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(out)
	answers := json.NewEncoder(writer)
	answers.SetEscapeHTML(false)
	lines, faults := 0, 0
	for {
		line, err := readLine(reader, longestForecastLine)
		if errors.Is(err, io.EOF) {
			break
		}
		lines++
		if err != nil && !errors.Is(err, errLongLine) {
			return errors.Join(err, writer.Flush())
		}
		if err == nil && len(line) == 0 {
			continue
		}
		var answer any
		if err == nil {
			answer, err = answerForecast(line, settings)
		}
		if err != nil {
			faults++
			answer = forecastFault{err.Error(), lines}
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
	if err := writer.Flush(); err != nil {
		return err
	}
	if faults > 0 {
		return fmt.Errorf("%d of %d lines could not be read", faults, lines)
	}
	return nil
}

var errLongLine = fmt.Errorf("longer than %d bytes", longestForecastLine)

// readLine reads up to the next line feed and trims white space. Of a line that is too long it reads everything and keeps nothing.
// The error is errLongLine, io.EOF after the last line, or the reader's.
func readLine(r *bufio.Reader, longest int) ([]byte, error) {
	var line []byte
	long := false
	for {
		piece, err := r.ReadSlice('\n')
		long = long || len(line)+len(bytes.TrimRight(piece, "\r\n")) > longest
		if !long {
			line = append(line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && !long && len(line) == 0:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case long:
			return nil, errLongLine
		}
		return bytes.TrimSpace(line), nil
	}
}

// answerForecast reads one question and forecasts. Dates are null where naming them would be dishonest.
func answerForecast(line []byte, settings metrics.ForecastSettings) (forecastAnswer, error) {
	q, err := readQuestion(line)
	if err != nil {
		return forecastAnswer{}, err
	}
	f := metrics.ForecastSeries(q.series, q.asOf, []metrics.Day{q.deadline}, settings)
	answer := forecastAnswer{P10: f.P10, P50: f.P50, P80: f.P80, P95: f.P95, PMeet: f.Meets[0].Meet, Method: f.Method}
	if note := forecastNote(f); note != "" {
		answer.Note = &note
	}
	return answer, nil
}

// forecastNote says in words what the dates do not.
func forecastNote(f metrics.Forecast) string {
	switch f.Note {
	case metrics.ForecastFinished:
		return "finished: nothing has been left since " + f.Finished.String()
	case metrics.ForecastNoHistory:
		return "no history: no sample by as_of"
	case metrics.ForecastNoTotal:
		return "no total: nothing says of how much"
	case metrics.ForecastTooEarly:
		return "too early: under four weeks and under two samples with progress"
	case metrics.ForecastNoMove:
		return "no movement: no more is done than at the first sample"
	case metrics.ForecastFarAway:
		return fmt.Sprintf("beyond the horizon: a date that is null is later than %d", f.Horizon.UTC().Year())
	}
	return ""
}

// question is one line of input.
type question struct {
	asOf, deadline metrics.Day
	series         metrics.BurnUp
}

// readQuestion reads a line strictly: exactly the members it needs, each once, and nothing that contradicts itself.
func readQuestion(line []byte) (question, error) {
	if !utf8.Valid(line) {
		return question{}, errors.New("not UTF-8")
	}
	r := questionReader{json.NewDecoder(bytes.NewReader(line))}
	r.UseNumber()
	var q question
	err := r.object("", []string{"as_of", "deadline", "series"}, func(name string) (err error) {
		switch name {
		case "as_of":
			q.asOf, err = r.day(name)
		case "deadline":
			q.deadline, err = r.day(name)
		default:
			q.series, err = r.samples(name)
		}
		return err
	})
	if err != nil {
		return question{}, err
	}
	if _, err := r.Token(); !errors.Is(err, io.EOF) {
		return question{}, errors.New("more than one value on the line")
	}
	return q, nil
}

// questionReader reads a line token by token: encoding/json by itself takes names in any case and more than once.
type questionReader struct{ *json.Decoder }

// object reads an object that has exactly the members named, each once, in any order; read takes the value that follows a name.
func (r questionReader) object(at string, names []string, read func(name string) error) error {
	if err := r.delim(at, '{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.More() {
		token, err := r.token(at)
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if seen[name] {
			return fmt.Errorf("%s: %q stands there twice", place(at), name)
		}
		seen[name] = true
		if err := known(at, name, names); err != nil {
			return err
		}
		if err := read(name); err != nil {
			return err
		}
	}
	for _, name := range names {
		if !seen[name] {
			return fmt.Errorf("%s: %q is missing", place(at), name)
		}
	}
	return r.delim(at, '}')
}

func known(at, name string, names []string) error {
	for _, n := range names {
		if n == name {
			return nil
		}
	}
	return fmt.Errorf("%s: %q is not known here", place(at), name)
}

// samples reads the burn-up: in the order of days, of which one may stand there twice; then the later holds.
func (r questionReader) samples(at string) (metrics.BurnUp, error) {
	if err := r.delim(at, '['); err != nil {
		return nil, err
	}
	var series metrics.BurnUp
	for r.More() {
		here := fmt.Sprintf("%s[%d]", at, len(series))
		sample, err := r.sample(here)
		if err != nil {
			return nil, err
		}
		if n := len(series); n > 0 && sample.Day < series[n-1].Day {
			return nil, fmt.Errorf("%s: %s is before the sample ahead of it", here, sample.Day)
		}
		series = append(series, sample)
	}
	return series, r.delim(at, ']')
}

func (r questionReader) sample(at string) (metrics.Sample, error) {
	var s metrics.Sample
	err := r.object(at, []string{"date", "done", "total"}, func(name string) (err error) {
		switch name {
		case "date":
			s.Day, err = r.day(at + ".date")
		case "done":
			s.Done, err = r.amount(at + ".done")
		default:
			s.Total, err = r.amount(at + ".total")
		}
		return err
	})
	return s, err
}

// day reads a date. The bounds keep every answer a date of four digits.
func (r questionReader) day(at string) (metrics.Day, error) {
	token, err := r.token(at)
	if err != nil {
		return 0, err
	}
	text, ok := token.(string)
	if !ok {
		return 0, fmt.Errorf("%s: must be a date in quotation marks", at)
	}
	day, err := metrics.ParseDay(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", at, err)
	}
	if year := day.UTC().Year(); year < 1900 || year > 2999 {
		return 0, fmt.Errorf("%s: %s is not between 1900 and 2999", at, day)
	}
	return day, nil
}

// amount reads a number that is not negative and that floating point holds exactly if it is whole.
func (r questionReader) amount(at string) (float64, error) {
	token, err := r.token(at)
	if err != nil {
		return 0, err
	}
	number, ok := token.(json.Number)
	if !ok {
		return 0, fmt.Errorf("%s: must be a number", at)
	}
	amount, err := number.Float64()
	if err != nil || !(amount >= 0 && amount < 1<<53) {
		return 0, fmt.Errorf("%s: must be at least 0 and less than 2^53", at)
	}
	return math.Abs(amount), nil // -0 is 0
}

func (r questionReader) delim(at string, want json.Delim) error {
	token, err := r.token(at)
	if err == nil && token != want {
		err = fmt.Errorf("%s: %q is expected", place(at), want.String())
	}
	return err
}

func (r questionReader) token(at string) (json.Token, error) {
	token, err := r.Token()
	if err != nil {
		return nil, fmt.Errorf("%s: not JSON", place(at))
	}
	return token, nil
}

func place(at string) string {
	if at == "" {
		return "the line"
	}
	return at
}
