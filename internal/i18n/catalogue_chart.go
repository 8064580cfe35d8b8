package i18n

// What stands in charts beside their lines, and in the column that says where a figure comes from.
var (
	ChartDeadlineOf = msg("%[1]s %[2]s", "%[1]s %[2]s")
	ChartVersions   = msg("%[1]s (%[2]s)", "%[1]s (%[2]s)")
	ChartAsOf       = msg("per", "as of")
	ChartOwners     = msg("pemilik %s", "owners %s")
	ChartAwaiting   = msg("dinyatakan selesai, menunggu penerimaan", "declared complete, awaiting acceptance")
	ChartLetter     = msg("diterima, surat %s", "accepted, letter %s")
	ChartTaken      = msg("diterima", "accepted")
	ChartOverdue    = msg("rencana %[1]s, %[2]s", "planned %[1]s, %[2]s")
	ChartIdle       = plural("tanpa pergerakan %[1]s hari", "no movement for %[1]s day", "no movement for %[1]s days")
	ChartCorrected  = msg("koreksi %s", "correction %s")
	ChartBecause    = msg("%[1]s: %[2]s", "%[1]s: %[2]s")
	ChartWeights    = msg("bobot", "weights")
	ChartScopeOf    = msg("cakupan %s", "scope %s")
	ChartTotalOf    = msg("%[1]s %[2]s butir", "%[1]s %[2]s items")
	ChartThatDay    = msg("%[1]s; hari itu %[2]s → %[3]s poin", "%[1]s; that day %[2]s → %[3]s points")
	ChartMarksTitle = msg("Tanda pada grafik", "Marks on the chart")
	ChartMarkOn     = msg("%[1]s: %[2]s", "%[1]s: %[2]s")
	SourceReported  = msg("laporan %s", "reports %s")
	SourceCorrected = msg("koreksi %s", "corrections %s")
	SourceWeights   = msg("perubahan bobot", "weights changed")
	SourceScope     = msg("perubahan cakupan", "scope changed")
	SourceAsOf      = msg("tidak ada laporan baru", "no new report")
	SourceMore      = plural("dan %[1]s lagi", "and %[1]s more", "and %[1]s more")
	KeyStatedRange  = msg("rentang tanggal yang pernah disebut", "a range of dates that was stated")
	KeyReported     = msg("laporan, belum terverifikasi", "report, not verified yet")
	KeyVerified     = msg("laporan, terverifikasi", "report, verified")
)

// What was done of how much, over time.
var (
	CountsTitle   = msg("Jumlah dari waktu ke waktu", "Counts over time")
	CountsNone    = msg("Belum ada jumlah yang dilaporkan.", "No count has been reported yet.")
	CountsSummary = msg("Per %s selesai %s.", "As of %s, %s were done.")
	CountsCaption = msg("Data grafik: jumlah yang selesai dan seluruhnya per tanggal", "Data of the chart: counts done and in total by date")
	CountsWeeks   = msg("Data grafik: jumlah terakhir tiap minggu", "Data of the chart: the last counts of each week")
	CountsMonths  = msg("Data grafik: jumlah terakhir tiap bulan", "Data of the chart: the last counts of each month")
)

// The line of the scope that a program began with.
var (
	InitialShow   = msg("Tampilkan juga menurut cakupan awal", "Show by the initial scope as well")
	InitialHide   = msg("Sembunyikan cakupan awal", "Hide the initial scope")
	InitialSays   = msg("Menurut cakupan dan bobot awal tercapai %s dari cakupan itu; yang berlaku tetap %s.", "By the initial scope and weights, %s of the work of that time is done; the figure that holds is still %s.")
	InitialKey    = msg("cakupan awal", "initial scope")
	InitialColumn = msg("Menurut cakupan awal (%% dari cakupan itu)", "By the initial scope (%% of that scope)")
)
