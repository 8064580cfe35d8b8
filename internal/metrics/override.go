package metrics

// Override is a person's verdict in the place of the rule's, for a time. It never replaces it: both are shown.
type Override struct {
	Deadline   string // the deadline it speaks of; "": the binding one, whichever that is
	Verdict    Verdict
	Reason     Text   // as it was written, in both languages
	By         string // an office or a pseudonym
	Until      Day    // its last day; it ends at 24:00 in the program's zone
	Withdrawn  bool   // the rule stands alone again
	Entry      int64
	Provenance string
}

// MayBeOverridden reports whether v is an opinion. What is past, complete or accepted is a fact: it is neither overridden nor
// declared by an override.
func (v Verdict) MayBeOverridden() bool {
	switch v {
	case OnTrack, Watch, Late, CannotBeAssessed:
		return true
	}
	return false
}

// override is the one in force beside the rule's verdict, or nil. The newest that speaks of the deadline decides: one that has
// ended or was withdrawn brings no earlier one back.
func (p Program) override(deadline string, binding bool, rule Verdict, today Day) *Override {
	for i := len(p.Overrides) - 1; i >= 0; i-- {
		o := &p.Overrides[i]
		if o.Deadline != deadline && !(binding && o.Deadline == "") {
			continue
		}
		if o.Withdrawn || today > o.Until || !o.Verdict.MayBeOverridden() || !rule.MayBeOverridden() {
			return nil
		}
		return o
	}
	return nil
}
