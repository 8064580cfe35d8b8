package view

import (
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// SampleSummaries are summaries of the real case on its dates, as read then and now, and of a program without anything in it.
func SampleSummaries(t testing.TB, lang i18n.Lang) map[string]SummaryModel {
	t.Helper()
	models := map[string]SummaryModel{}
	add := func(name string, f Frame, p metrics.Program, h metrics.History, a metrics.Assessment) {
		f.Path = ProgramPath(p.Key) + "/summary"
		rest := Rest{Root: "u3Z8rP0m9cQkq7m1oT0b2dZ2o5v8y1aB3cD4eF5gH6I=", Base: "https://tenggat.example.id"}
		models[name] = NewSummaryModel(f, p, a, metrics.ForecastProgram(p, h, a, 0), ptr(metrics.SplitChange(metrics.Program{}, p)), rest)
	}
	for _, iso := range sampleDays {
		p, h, a, _ := tokopediaCase(t, iso)
		add(iso, frameAt(lang, access.Executive, iso, p, a), p, h, a)
		add(iso+" now", frame(lang, access.Executive, ProgramPath(p.Key), p, a), p, h, a)
	}
	p, a := emptyProgram()
	add("empty", frame(lang, access.Executive, ProgramPath(p.Key), p, a), p, metrics.History{}, a)
	return models
}
