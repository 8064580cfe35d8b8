package view

import (
	"strconv"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/release"
)

// ReleaseBadge is ticked beside the parts of a release to let other sites show the figure as a picture.
const ReleaseBadge = "badge"

// ReleaseParts lists what can be ticked.
func ReleaseParts() []string {
	return []string{string(release.Verdict), string(release.Areas), string(release.Milestones), ReleaseBadge}
}

// NewReleaseModel makes the form that makes figures public: those of a, or of the moment that the form carries.
func NewReleaseModel(f Frame, p metrics.Program, a metrics.Assessment, form Form, eventID string) ActModel {
	w := words{f.Lang, p.Zone}
	m := newReleaseAct(f, w, p, form, eventID, "/release")
	m.Heading, m.Intro, m.Save, m.Reviewed = w.T(i18n.ReleaseTitle), w.T(i18n.ReleaseIntro), w.T(i18n.ReleaseSave), true
	m.Values = map[string]string{"moment": Moment(p, a)}
	for field, value := range form.Values {
		if value != "" {
			m.Values[field] = value
		}
	}
	m.Facts = append([]ActFact{{Name: w.T(i18n.ReleaseFigures), Value: w.T(i18n.ReleaseOf, w.releasedShare(a), w.known(p, a))}}, m.Facts...)
	m.Fields = []ActField{
		askTicks("parts_each", w.optional(i18n.ReleaseAlso), "", []Choice{
			{Value: string(release.Verdict), Text: w.T(i18n.ReleasePartVerdict)}, {Value: string(release.Areas), Text: w.T(i18n.ReleasePartAreas)},
			{Value: string(release.Milestones), Text: w.T(i18n.ReleasePartMilestones)}, {Value: ReleaseBadge, Text: w.T(i18n.ReleasePartBadge)},
		}),
		askText("note", w.optional(i18n.ReleaseNote), w.T(i18n.ReleaseNoteHint)), askText("note_en", w.optional(i18n.ReleaseNoteEN), ""), carry("moment"),
	}
	return m.titledAct(f)
}

// NewWithdrawModel makes the form that ends what is public.
func NewWithdrawModel(f Frame, p metrics.Program, form Form, eventID string) ActModel {
	w := words{f.Lang, p.Zone}
	m := newReleaseAct(f, w, p, form, eventID, "/release/withdraw")
	m.Heading, m.Intro, m.Save, m.Danger = w.T(i18n.WithdrawTitle), w.T(i18n.WithdrawIntro), w.T(i18n.WithdrawSave), true
	m.Fields = []ActField{askText("reason", w.T(i18n.WithdrawReason), w.T(i18n.WithdrawReasonHint))}
	return m.titledAct(f)
}

func newReleaseAct(f Frame, w words, p metrics.Program, form Form, eventID, path string) ActModel {
	return ActModel{
		Form: form, Back: f.Link(f.InProgram("/share")), BackText: w.T(i18n.ShareTitle), Action: f.Link(f.InProgram(path)),
		EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10), Facts: []ActFact{{Name: w.T(i18n.ReleaseNow), Value: w.releaseState(p)}},
	}
}

// releaseState says whether something is public, and of when it is.
func (w words) releaseState(p metrics.Program) string {
	switch r := p.Release; {
	case r == nil:
		return w.T(i18n.ReleaseNever)
	case r.Withdrawn:
		return w.T(i18n.ReleaseWithdrawn, w.at(r.RecordedAt), w.written(r.Reason))
	default:
		return w.T(i18n.ReleaseStands, w.at(r.AsOf), w.at(r.RecordedAt))
	}
}
