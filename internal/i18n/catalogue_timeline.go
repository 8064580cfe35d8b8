package i18n

// The timeline, as lanes and as a list.
var (
	TimelineTitle     = msg("Garis waktu", "Timeline")
	TimelineSummary   = msg("%s dari %s tonggak selesai; tenggat yang mengikat %s.", "%s of %s milestones done; the binding deadline is %s.")
	TimelineLanes     = msg("Lajur", "Lanes")
	TimelineList      = msg("Daftar", "List")
	TimelineCaption   = msg("Tonggak menurut waktu, dengan rencana dan realisasi", "Milestones over time, planned and actual")
	TimelineStart     = msg("Mulai rencana", "Planned start")
	TimelineDue       = msg("Selesai rencana", "Planned finish")
	TimelineFinished  = msg("Selesai sebenarnya", "Actual finish")
	TimelineDeadlines = msg("Versi tenggat", "Deadline versions")
	TimelineEmpty     = msg("Belum ada tonggak yang dicatat per %s.", "No milestone is on record as of %s.")
)

// Charts: labels at the ends of lines, and the sentences that say what is drawn.
var (
	ChartActual        = msg("Realisasi", "Actual")
	ChartDeclared      = msg("Dinyatakan", "Declared")
	ChartPlan          = msg("Rencana", "Plan")
	ChartPlanSteps     = msg("Batas minimum yang ditetapkan regulator", "Minimum set by the regulator")
	ChartClaims        = msg("Pernyataan", "Statements")
	ChartScopeChange   = msg("Perubahan cakupan atau bobot", "Change of scope or weights")
	ChartSummary       = msg("Per %[1]s tercapai %[2]s; menurut rencana %[3]s. Tenggat yang mengikat %[4]s.", "As of %[1]s, %[2]s was reached; by plan it should be %[3]s. The binding deadline is %[4]s.")
	ChartSummaryNoPlan = msg("Per %s tercapai %s. Tenggat yang mengikat %s.", "As of %s, %s was reached. The binding deadline is %s.")
	ChartNoData        = msg("Belum ada laporan; grafik hanya menampilkan tenggat dan hari ini.", "There is no report yet; the chart shows only the deadline and today.")
	ChartTableCaption  = msg("Data grafik: kemajuan dan rencana per tanggal", "Data of the chart: progress and plan by date")
	ChartHowToRead     = msg("Garis penuh adalah realisasi, garis putus-putus adalah rencana, garis tegak adalah tenggat. Sumbu tegak selalu dari 0 sampai 100.", "The solid line is the actual progress, the dashed line the plan, an upright line a deadline. The vertical axis always runs from 0 to 100.")
)
