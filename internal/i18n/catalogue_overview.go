package i18n

// Headline sentences. Percentages and dates come as text; where a plural stands, its count is the number of days.
var (
	HeadlineReported = msg("Menurut laporan, migrasi %s selesai.", "As reported, the migration is %s complete.")
	HeadlineNoReport = msg("Belum ada laporan kemajuan.", "No progress has been reported yet.")

	HeadlineBeforeDeadline = plural("Perkiraan selesai %[2]s, %[1]s hari sebelum tenggat %[3]s.", "Forecast to finish %[2]s, %[1]s day before the %[3]s deadline.", "Forecast to finish %[2]s, %[1]s days before the %[3]s deadline.")
	HeadlineOnDeadline     = msg("Perkiraan selesai %s, tepat pada hari tenggat.", "Forecast to finish %s, on the day of the deadline.")
	HeadlineLate           = plural("Diperkirakan melewati tenggat %[2]s sekitar %[1]s hari.", "Forecast to miss the %[2]s deadline by about %[1]s day.", "Forecast to miss the %[2]s deadline by about %[1]s days.")
	HeadlineForecastRange  = msg("Perkiraan selesai %s.", "Forecast to finish %s.")
	HeadlineNoForecast     = msg("Riwayat laporan belum cukup untuk memperkirakan tanggal selesai.", "The history of reports is too short to forecast a finish.")
	HeadlineNoPace         = plural("Tanpa pergerakan selama %[1]s hari, sehingga tanggal selesai tidak dapat diperkirakan.", "No movement for %[1]s day, so no finish can be forecast.", "No movement for %[1]s days, so no finish can be forecast.")
	HeadlineDaysLeft       = plural("Tenggat %[2]s, %[1]s hari lagi.", "The deadline is %[2]s, %[1]s day from now.", "The deadline is %[2]s, %[1]s days from now.")
	HeadlineDeadlineToday  = msg("Tenggat %s adalah hari ini; %s poin belum selesai.", "The deadline %s is today; %s points are outstanding.")
	HeadlinePastDeadline   = plural("Tenggat %[2]s lewat %[1]s hari; %[3]s poin belum selesai.", "The %[2]s deadline passed %[1]s day ago; %[3]s points are outstanding.", "The %[2]s deadline passed %[1]s days ago; %[3]s points are outstanding.")
	HeadlineCannotAssess   = msg("Belum dapat dinilai: tidak ada laporan sejak %s.", "Cannot be assessed: no report since %s.")
	HeadlineDeclared       = msg("Dinyatakan selesai %s; menunggu penerimaan regulator.", "Declared complete %s; awaiting acceptance by the regulator.")
	HeadlineAccepted       = msg("Diterima regulator melalui surat %s tanggal %s.", "Accepted by the regulator in letter %s of %s.")
	HeadlineOutstanding    = msg("%s poin belum selesai.", "%s points are outstanding.")
	HeadlineBelowPlan      = msg("Kemajuan %s poin di bawah rencana.", "Progress is %s points below plan.")
	HeadlineAbovePlan      = msg("Kemajuan %s poin di atas rencana.", "Progress is %s points above plan.")
	HeadlineOnPlan         = msg("Kemajuan sesuai rencana.", "Progress is as planned.")
)

// Blocks of the overview.
var (
	OverviewAreas        = msg("Kemajuan per bidang", "Progress by area")
	OverviewAreasCaption = msg("Bobot, kemajuan, rencana, dan sisa poin tiap bidang", "Weight, progress, plan and points left of each area")
	OverviewAreasSum     = msg("Tercapai %s poin dan sisa %s poin, berjumlah 100.", "%s points earned and %s left, 100 together.")
	OverviewChart        = msg("Kemajuan terhadap tenggat", "Progress against the deadline")
	OverviewOutstanding  = msg("Butir belum selesai yang terbesar", "Largest outstanding items")
	OverviewAllItems     = msg("Semua butir yang belum selesai", "All outstanding items")
	OverviewBlockers     = msg("Kendala terbuka", "Open blockers")
	OverviewDeadline     = msg("Tenggat", "Deadline")
	OverviewStatement    = msg("Pernyataan terakhir", "Latest statement")
	OverviewFreshness    = msg("Kebaruan data", "Freshness of the data")
)

// Change between two moments, split into its causes; all values in points of the whole.
var (
	ChangeSince       = msg("Perubahan sejak %s", "Change since %s")
	ChangeNone        = msg("Tidak ada perubahan sejak %s.", "No change since %s.")
	ChangeTotal       = msg("Perubahan seluruhnya %s poin.", "The whole change is %s points.")
	ChangeWork        = msg("Pekerjaan", "Work")
	ChangeScope       = msg("Perubahan cakupan", "Scope change")
	ChangeWeights     = msg("Perubahan bobot", "Change of weights")
	ChangeCorrections = msg("Koreksi", "Corrections")
	ChangeCaption     = msg("Asal perubahan, dalam poin dari keseluruhan", "Where the change comes from, in points of the whole")
	ChangeRow         = msg("%s: %s menjadi %s", "%s: %s to %s")
)

// Banners that qualify every figure on a page.
var (
	StaleBanner        = plural("Angka ini berumur %[1]s hari.", "This figure is %[1]s day old.", "This figure is %[1]s days old.")
	StaleBannerCadence = plural("Laporan diharapkan tiap %[1]s hari.", "Reports are due every %[1]s day.", "Reports are due every %[1]s days.")
	StaleSilent        = plural("Tidak ada laporan selama %[1]s hari.", "No report for %[1]s day.", "No report for %[1]s days.")
	ReplicaBanner      = msg("Halaman ini dibaca dari salinan basis data dengan keadaan %s.", "This page was read from a copy of the database as of %s.")
	LiveUpdated        = msg("Angka diperbarui %s.", "Figures updated %s.")
	LivePause          = msg("Jeda pembaruan otomatis", "Pause automatic updates")
	LiveResume         = msg("Lanjutkan pembaruan otomatis", "Resume automatic updates")
)

// Statements: public claims about progress, beside what was computed for the same day.
var (
	StatementDiffers   = msg("Pernyataan %[1]s (%[2]s, %[3]s); hitungan %[4]s. Perihal berbeda, tidak disamakan.", "Stated %[1]s (%[2]s, %[3]s); computed %[4]s. Different subjects, not equated.")
	StatementCompared  = msg("Pernyataan %s; hitungan %s; selisih %s poin.", "Stated %s; computed %s; difference %s points.")
	StatementSaidOn    = msg("Dinyatakan", "Stated on")
	StatementPublished = msg("Terbit", "Published on")
	StatementWho       = msg("Pihak", "Party")
	StatementSubject   = msg("Perihal", "Subject")
	StatementWords     = msg("Isi pernyataan", "Words")
	StatementComputed  = msg("Hitungan pada tanggal itu", "Computed for that date")
	StatementGap       = msg("Selisih", "Discrepancy")
	StatementApprox    = msg("kira-kira %s", "about %s")
	StatementAtLeast   = msg("sedikitnya %s", "at least %s")
	StatementAtMost    = msg("paling banyak %s", "at most %s")
	StatementBetween   = msg("%s sampai %s", "%s to %s")
	StatementsEmpty    = msg("Belum ada pernyataan yang dicatat per %s.", "No statement is on record as of %s.")

	SideRegulator = msg("regulator", "regulator")
	SideOperator  = msg("penyelenggara", "operator")
	SideMerchant  = msg("pedagang", "merchant")
	SideExpert    = msg("ahli", "expert")
	SidePress     = msg("pers", "press")
)
