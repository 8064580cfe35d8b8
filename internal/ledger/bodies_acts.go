package ledger

// Evidence supports a milestone: a stored file, named by its SHA-256, or a link. It is never changed; a later piece has a key of its
// own. Free text: "label", and "description"; "label_en" and "description_en" where a translation was given.
type Evidence struct {
	Key        string `json:"key"`
	Milestone  string `json:"milestone"`
	SHA256     string `json:"sha256,omitempty"` // hex; of a file, with Size in bytes and MediaType
	Size       int64  `json:"size,omitempty"`
	MediaType  string `json:"media_type,omitempty"`
	Link       string `json:"link,omitempty"` // https, without credentials
	ObservedOn string `json:"observed_on"`    // the evidence's own date
	Provenance string `json:"provenance,omitempty"`
}

// Review is a second person's judgement of a piece of evidence: how much of the milestone's Done it supports. Free text: "reason",
// needed to refuse. Reviews of before evidence had entries of its own name it in Evidence, and no EvidenceKey.
type Review struct {
	Milestone   string `json:"milestone"`
	EvidenceKey string `json:"evidence_key,omitempty"`
	Accepted    bool   `json:"accepted"`
	Done        int64  `json:"done"`
	Evidence    string `json:"evidence"`    // https link or hex SHA-256
	ObservedOn  string `json:"observed_on"` // the evidence's own date
	Provenance  string `json:"provenance,omitempty"`
}

// Paper says where the document behind a recorded act is: words that name it or an https link, or a stored file, or both.
type Paper struct {
	Document string `json:"document"`
	File     string `json:"file,omitempty"` // hex SHA-256
}

// Letter is what every act of a regulator is recorded with.
type Letter struct {
	LetterNumber string `json:"letter_number"`
	LetterDate   string `json:"letter_date"`
	Issuer       string `json:"issuer"` // an office, never a private person
	Paper
}

// Acceptance is the regulator's recorded act. It is never inferred.
type Acceptance struct {
	Key        string   `json:"key"`
	Milestones []string `json:"milestones"` // empty: the whole program, as it stood then
	Letter
	Provenance string `json:"provenance,omitempty"`
}

// Ladder lists the sanctions that the program's law knows, mildest first. Key: "ladder".
type Ladder struct {
	LegalBasis string       `json:"legal_basis"`
	Steps      []LadderStep `json:"steps"`
	Source     string       `json:"source,omitempty"`
	Provenance string       `json:"provenance,omitempty"`
}

// LadderStep is one sanction; Number counts from 1.
type LadderStep struct {
	Number int64 `json:"number"`
	Name   Text  `json:"name"`
	Note   Text  `json:"note,omitzero"`
}

// SanctionStep is a step of the ladder that the regulator took, or lifted. It is never inferred.
type SanctionStep struct {
	Key    string `json:"key"`
	Step   int64  `json:"step"` // its number on the ladder
	Lifted bool   `json:"lifted,omitempty"`
	Letter
	Provenance string `json:"provenance,omitempty"`
}

// Duty is what an article of the law demands. Milestones serve duties; audits check them.
type Duty struct {
	Key        string `json:"key"`
	Text       Text   `json:"text"`
	Article    string `json:"article,omitempty"`
	Advice     bool   `json:"advice,omitempty"` // recommended, not demanded
	Source     string `json:"source,omitempty"`
	Provenance string `json:"provenance,omitempty"`
}

// Audit is a check after the end. It is planned with a due date; a later entry with the same key holds its result, which stands.
// Free text: "change", what was changed in a system, and "finding", needed for a result; "_en" where a translation was given.
type Audit struct {
	Key       string   `json:"key"`
	Trigger   string   `json:"trigger"` // periodic, system_change
	Duties    []string `json:"duties"`  // what it checks
	Due       string   `json:"due"`
	ChangedOn string   `json:"changed_on,omitempty"` // of system_change
	Result    string   `json:"result,omitempty"`     // passed, failed; empty: not held yet
	HeldOn    string   `json:"held_on,omitempty"`
	Auditor   string   `json:"auditor,omitempty"` // an office or a firm
	Paper
	Provenance string `json:"provenance,omitempty"`
}

// Proposal asks for a second person: a correction or reopening that withdraws more than the program's rule lets one person do. It
// changes no figure. The free text is the correction's: "reason", and "message".
type Proposal struct {
	Key         string `json:"key"`
	Kind        Kind   `json:"kind"`         // correction, reopening
	Report      Report `json:"report"`       // what would be recorded
	BasisPoints int64  `json:"basis_points"` // of the whole, that it would withdraw as things stood
	Limit       int64  `json:"limit"`        // the rule at that time
}

// Decision settles a proposal: a second person approves or refuses it, or whoever made it withdraws it. Free text: "reason", needed
// to refuse.
type Decision struct {
	Proposal string `json:"proposal"`
	Outcome  string `json:"outcome"` // approved, refused, withdrawn
}

// FileErasure says that a stored file's content was erased, by personal-data law or for another reason given. What cites the file keeps
// its SHA-256. Free text: "reason".
type FileErasure struct {
	SHA256 string `json:"sha256"`
}
