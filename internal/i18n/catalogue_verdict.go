package i18n

// Verdicts on a program against one deadline, in the words of the glossary.
var (
	VerdictOnTrack      = msg("Sesuai jadwal", "On track")
	VerdictWatch        = msg("Perlu perhatian", "Needs attention")
	VerdictForecastLate = msg("Diperkirakan terlambat", "Forecast late")
	VerdictPastDeadline = msg("Lewat tenggat", "Past deadline")
	VerdictDeclared     = msg("Dinyatakan selesai", "Declared complete")
	VerdictAccepted     = msg("Diterima; dalam pemantauan lanjutan", "Accepted; in after-care")
	VerdictReopened     = msg("Diterima; sebagian dibuka kembali", "Accepted; partly reopened")
	VerdictUnknown      = msg("Belum dapat dinilai", "Cannot be assessed")
	VerdictRule         = msg("Aturan penilaian", "Rule behind the verdict")
)

// Reasons of verdicts. Points come as text written by Lang.Points.
var (
	ReasonBehindPlan   = msg("Kemajuan %s poin di bawah rencana; batasnya %s poin.", "Progress is %s points below plan; the limit is %s points.")
	ReasonPastDeadline = plural("Tenggat sudah lewat %[1]s hari dan %[2]s poin belum selesai.", "The deadline passed %[1]s day ago and %[2]s points are outstanding.", "The deadline passed %[1]s days ago and %[2]s points are outstanding.")
	ReasonDeclared     = msg("Semua tonggak dilaporkan selesai; penerimaan regulator belum dicatat.", "All milestones are reported complete; no acceptance by the regulator is on record.")
	ReasonReopened     = msg("Surat regulator mencakup semua tonggak; sejak itu sebagian dibuka kembali dan belum diterima lagi. %s poin belum selesai.", "A letter of the regulator covered every milestone; some were reopened since and are not accepted anew. %s points are outstanding.")
	ReasonNoReport     = msg("Belum ada laporan.", "There is no report yet.")
	ReasonStaleShare   = msg("Tonggak dengan bobot %s poin tidak melapor tepat waktu.", "Milestones weighing %s points have not reported on time.")
	ReasonNoDeadline   = msg("Belum ada tenggat yang dicatat.", "No deadline is on record.")
)

// States of a milestone.
var (
	StateNotStarted = msg("Belum mulai", "Not started")
	StateRunning    = msg("Berjalan", "In progress")
	StateDone       = msg("Selesai", "Done")
	StateBlocked    = msg("Terhambat", "Blocked")
	StateNoReport   = msg("Belum ada laporan", "No report yet")
	StateOverdue    = msg("Lewat rencana", "Past its plan date")
)

// States of a run of an integration job.
var (
	RunRunning   = msg("sedang berjalan", "running")
	RunSucceeded = msg("berhasil", "succeeded")
	RunFailed    = msg("gagal", "failed")
	RunAborted   = msg("dihentikan", "aborted")
)

// Flags: four separate observations, each with a sentence that says what was seen.
var (
	FlagStale          = msg("Data usang", "Stale data")
	FlagStaleExplain   = msg("Laporan dijanjikan paling lambat %s dan belum diterima.", "A report was promised by %s and has not arrived.")
	FlagStalled        = msg("Tidak bergerak", "Stalled")
	FlagBehind         = msg("Di bawah rencana", "Behind plan")
	FlagBehindExplain  = msg("Selesai %s, menurut rencana %s.", "%s done, %s planned.")
	FlagFailing        = msg("Proses gagal", "Failing")
	FlagFailingExplain = msg("Proses terakhir gagal pada %s.", "The last run failed on %s.")
	FlagsNone          = msg("Tidak ada tanda peringatan", "No flags")
)

// The three numbers of a milestone, area or program.
var (
	MeasureReported   = msg("Dilaporkan", "Reported")
	MeasureVerified   = msg("Terverifikasi", "Verified")
	MeasureAccepted   = msg("Diterima", "Accepted")
	MeasuresBacked    = msg("terverifikasi %s, diterima %s", "%s verified, %s accepted")
	MeasureNoEvidence = msg("belum ada bukti dukung", "no supporting evidence yet")
	MeasureNoLetter   = msg("belum ada surat penerimaan", "no letter of acceptance yet")
)

// Deadlines and their versions.
var (
	DeadlineVersion    = msg("versi %s", "version %s")
	DeadlineBinding    = msg("tenggat yang mengikat", "binding deadline")
	DeadlineEarlier    = msg("versi sebelumnya", "earlier version")
	DeadlineExpected   = msg("perkiraan selesai yang dinyatakan", "stated completion date")
	DeadlineRegulatory = msg("tenggat regulator", "regulatory deadline")
	DeadlineNoDocument = msg("Dasar tenggat: belum ada dokumen yang dicatat.", "Basis of the deadline: no document on record.")
	DeadlineDocument   = msg("Dasar tenggat: %s.", "Basis of the deadline: %s.")
	DeadlineAnnounced  = msg("Diumumkan %s oleh %s", "Announced %s by %s")
	DeadlinesCaption   = msg("Semua versi tenggat dan penilaian terhadap masing-masing", "All versions of the deadline and the verdict against each")
	DeadlineNone       = msg("Belum ada tenggat yang dicatat.", "No deadline is on record.")
)
