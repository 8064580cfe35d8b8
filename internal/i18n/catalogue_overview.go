package i18n

// Headline sentences. Percentages and dates come as text; where a plural stands, its count is the number of days.
var (
	HeadlineReported = msg("Menurut laporan, %s selesai.", "As reported, %s is complete.")
	HeadlineNoReport = msg("Belum ada laporan kemajuan.", "No progress has been reported yet.")

	HeadlineDaysLeft      = plural("Tenggat %[2]s, %[1]s hari lagi.", "The deadline is %[2]s, %[1]s day from now.", "The deadline is %[2]s, %[1]s days from now.")
	HeadlineDeadlineToday = msg("Tenggat %s adalah hari ini; %s poin belum selesai.", "The deadline %s is today; %s points are outstanding.")
	HeadlinePastDeadline  = plural("Tenggat %[2]s lewat %[1]s hari; %[3]s poin belum selesai.", "The %[2]s deadline passed %[1]s day ago; %[3]s points are outstanding.", "The %[2]s deadline passed %[1]s days ago; %[3]s points are outstanding.")
	HeadlineDeclared      = msg("Dinyatakan selesai %s; menunggu penerimaan regulator.", "Declared complete %s; awaiting acceptance by the regulator.")
	HeadlineAccepted      = msg("Diterima regulator melalui surat %s tanggal %s.", "Accepted by the regulator in letter %s of %s.")
	HeadlineOutstanding   = msg("%s poin belum selesai.", "%s points are outstanding.")
	HeadlineBelowPlan     = msg("Kemajuan %s poin di bawah rencana.", "Progress is %s points below plan.")
	HeadlineAbovePlan     = msg("Kemajuan %s poin di atas rencana.", "Progress is %s points above plan.")
	HeadlineOnPlan        = msg("Kemajuan sesuai rencana.", "Progress is as planned.")
)

// The range of the forecast, beside the headline.
var (
	OutlookTitle = msg("Menurut laju laporan", "By the pace of the reports")
	OutlookRange = msg("Selesai %s (10 sampai 80 dari 100), tengahnya %s.", "Finished %s (10 to 80 in 100), in the middle %s.")
	OutlookOpen  = msg("Selesai paling awal sekitar %s (10 dari 100); 80 dari 100 baru %s.", "Finished about %s at the earliest (10 in 100); 80 in 100 only %s.")
	OutlookLater = msg("Selesai %s.", "Finished %s.")
)

// Blocks of the overview.
var (
	OverviewAreas       = msg("Kemajuan per bidang", "Progress by area")
	OverviewChart       = msg("Kemajuan terhadap tenggat, %% dari keseluruhan", "Progress against the deadline, %% of the whole")
	OverviewOutstanding = msg("Butir belum selesai yang terbesar", "Largest outstanding items")
	OverviewAllItems    = msg("Semua butir yang belum selesai", "All outstanding items")
	OverviewDeadline    = msg("Tenggat", "Deadline")
)

// Change between two moments, split into its causes; all values in points of the whole.
var (
	ChangeNone        = msg("Tidak ada perubahan sejak %s.", "No change since %s.")
	ChangeWork        = msg("Pekerjaan", "Work")
	ChangeScope       = msg("Cakupan", "Scope")
	ChangeWeights     = msg("Bobot", "Weights")
	ChangeCorrections = msg("Koreksi", "Corrections")
)

// Banners that qualify every figure on a page.
var (
	StaleBanner = plural("Angka ini berumur %[1]s hari.", "This figure is %[1]s day old.", "This figure is %[1]s days old.")
)

// Statements: public claims about progress, beside what was computed for the same day.
var (
	StatementSaidOn    = msg("Dinyatakan", "Stated on")
	StatementPublished = msg("Terbit", "Published on")
	StatementWho       = msg("Pihak", "Party")
	StatementSubject   = msg("Perihal", "Subject")
	StatementWords     = msg("Isi pernyataan", "Words")
	StatementApprox    = msg("kira-kira %s", "about %s")
	StatementAtLeast   = msg("sedikitnya %s", "at least %s")
	StatementAtMost    = msg("paling banyak %s", "at most %s")
	StatementBetween   = msg("%s sampai %s", "%s to %s")

	SideRegulator = msg("regulator", "regulator")
	SideOperator  = msg("penyelenggara", "operator")
	SideMerchant  = msg("pedagang", "merchant")
	SideExpert    = msg("ahli", "expert")
	SidePress     = msg("pers", "press")
)
