package view

import "tenggat/internal/i18n"

// ErrorModel is an error page: what happened, what can be done, and the reference that also stands in the log.
type ErrorModel struct {
	Frame
	Heading, Text string
	Reference     string // finished; "" if there is none
	More          string // what else is good to know; "" for nothing
	Ways          []NamedLink
}

// NewErrorModel makes the page for an HTTP status. reference is the request's id. Only 4xx pages may say more, in detail; "" takes
// the status' own text. program is the slug of the program that the reader was let into, or "".
func NewErrorModel(f Frame, status int, reference, detail, program string) ErrorModel {
	m := ErrorModel{}
	switch status {
	case 400:
		m.Heading, m.Text = f.t(i18n.BadRequestTitle), f.t(i18n.BadRequestText)
	case 401, 403:
		m.Heading, m.Text = f.t(i18n.ForbiddenTitle), f.t(i18n.ForbiddenText)
	case 404:
		m.Heading, m.Text = f.t(i18n.NotFoundTitle), f.t(i18n.NotFoundText)
	case 405:
		m.Heading, m.Text = f.t(i18n.MethodTitle405), f.t(i18n.MethodText405)
	case 409:
		m.Heading, m.Text = f.t(i18n.ConflictTitle), f.t(i18n.ConflictText)
	case 410:
		m.Heading, m.Text = f.t(i18n.ProblemErased), f.t(i18n.DetailErased)
	case 413:
		m.Heading, m.Text = f.t(i18n.TooLargeTitle), f.t(i18n.TooLargeText)
	case 422:
		m.Heading, m.Text = f.t(i18n.FormTrouble), f.t(i18n.BadRequestText)
	case 429:
		m.Heading, m.Text = f.t(i18n.TooManyTitle), f.t(i18n.TooManyLater)
	case 503:
		m.Heading, m.Text = f.t(i18n.UnavailableTitle), f.t(i18n.UnavailableText)
	default:
		m.Heading, m.Text = f.t(i18n.InternalTitle), f.t(i18n.InternalText)
		if status < 500 {
			m.Heading, m.Text = f.t(i18n.BadRequestTitle), f.t(i18n.BadRequestText)
		}
	}
	if detail != "" && status < 500 {
		m.Text = detail
	}
	if reference != "" {
		m.Reference = f.t(i18n.ErrorReference, reference)
	}
	if status == 403 && f.Role.ReadOnly() && f.Role != "" {
		m.More = f.t(i18n.ForbiddenReader)
	}
	m.Ways, m.Frame = f.waysOn(status, program), f
	return m.Headed(m.Heading)
}

// Headed is the page under a heading more telling than its status'.
func (m ErrorModel) Headed(heading string) ErrorModel {
	m.Heading, m.Frame = heading, m.Frame.titled("", heading)
	return m
}

// waysOn are the places to go on from an error: the same page again where that may help, the program, the reader's beginning.
func (f Frame) waysOn(status int, program string) []NamedLink {
	var ways []NamedLink
	if status == 429 || status >= 500 {
		ways = append(ways, NamedLink{f.t(i18n.ErrorAgain), f.Path})
	}
	if program != "" {
		ways = append(ways,
			NamedLink{f.t(i18n.ErrorProgram), f.Link(ProgramPath(program))},
			NamedLink{f.t(i18n.ErrorMilestones), f.Link(ProgramPath(program) + "/milestones")})
	}
	return append(ways, NamedLink{f.t(i18n.ErrorBack), f.LinkHome()}, NamedLink{f.t(i18n.NavHelp), f.Link("/help")})
}
