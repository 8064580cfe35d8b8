package view

import (
	"strings"

	"tenggat/internal/i18n"
)

// reviewFacts are what was typed, question by question, with answers in words.
func (m ActModel) reviewFacts() []ActFact {
	var facts []ActFact
	for _, field := range m.Fields {
		if field.kind == "hidden" {
			continue
		}
		value := m.Value(field.Name)
		if len(field.Choices) > 0 {
			value = field.chosen()
		}
		if field.kind == "date" {
			value = words{Lang: m.Lang}.isoDay(value)
		}
		if value == "" {
			value = m.t(i18n.None)
		}
		facts = append(facts, ActFact{Name: field.Label, Value: value})
	}
	return facts
}

func (f ActField) chosen() string {
	var texts []string
	for _, c := range f.Choices {
		if c.Selected {
			texts = append(texts, c.Text)
		}
	}
	return strings.Join(texts, "; ")
}

// repeated are the fields to be sent again, one for each answer.
func (m ActModel) repeated() []Field {
	fields := []Field{{"event_id", m.EventID}, {"entry", m.Entry}}
	for _, field := range m.Fields {
		switch field.kind {
		case "file":
			if kept := m.Value("kept"); kept != "" {
				fields = append(fields, Field{"kept", kept})
			}
		case "ticks":
			for _, c := range field.Choices {
				if c.Selected {
					fields = append(fields, Field{field.Name, c.Value})
				}
			}
		default:
			fields = append(fields, Field{field.Name, m.Value(field.Name)})
		}
	}
	return fields
}
