package i18n

// The forecast in words. Dates, amounts and paces come as text.
var (
	ForecastTitle      = msg("Perkiraan selesai", "When it may be finished")
	ForecastLead       = msg("Menurut laju laporan, kemungkinan selesai paling lambat %s adalah 50 dari 100, paling lambat %s adalah 80 dari 100, dan paling lambat %s adalah 95 dari 100.", "At the pace of the reports the chance to be finished by %s is 50 in 100, by %s it is 80 in 100, and by %s it is 95 in 100.")
	ForecastFinished   = msg("Sudah dilaporkan selesai sejak %s, sehingga tidak ada lagi yang diperkirakan.", "Reported as finished since %s, so there is nothing left to forecast.")
	ForecastEarly      = msg("Terlalu dini untuk menyebut tanggal: diperlukan riwayat empat minggu, atau dua laporan yang menambah kemajuan.", "Too early to name a date: it takes four weeks of history, or two reports that add progress.")
	ForecastStill      = plural("Tanpa pergerakan selama %[1]s hari, sehingga tidak ada tanggal selesai yang disebut.", "No movement for %[1]s day, so no finish date is named.", "No movement for %[1]s days, so no finish date is named.")
	ForecastNoHistory  = msg("Belum ada laporan, sehingga belum ada perkiraan.", "There is no report yet, so there is no forecast.")
	ForecastNoTotal    = msg("Jumlah seluruhnya belum diketahui, sehingga belum ada perkiraan.", "The total is not known yet, so there is no forecast.")
	ForecastPart       = msg("Sebagian tonggak belum mempunyai perkiraan sendiri, sehingga tidak ada tanggal untuk keseluruhannya.", "Some milestones have no forecast of their own, so there is no date for all of them.")
	ForecastSilent     = msg("Terlalu banyak tonggak tidak melapor, sehingga tidak ada perkiraan.", "Too many milestones are silent, so there is no forecast.")
	ForecastLater      = msg("setelah %d", "later than %d")
	ForecastOwners     = plural("Tinggal %[1]s tonggak yang terbuka, sehingga tanggal pemiliknya didahulukan: selesai %[2]s. Laju laporan tercantum sebagai pembanding.", "Only %[1]s milestone is open, so its owner’s date stands first: finished on %[2]s. The pace of the reports stands beside it.", "Only %[1]s milestones are open, so their owners’ dates stand first: finished on %[2]s. The pace of the reports stands beside them.")
	ForecastOwnersGone = plural("Tinggal %[1]s tonggak yang terbuka, dan tanggal rencana pemiliknya sudah lewat.", "Only %[1]s milestone is open, and its owner’s planned date has passed.", "Only %[1]s milestones are open, and their owners’ planned dates have passed.")
	ForecastHalf       = msg("50 dari 100", "50 in 100")
	ForecastMost       = msg("80 dari 100", "80 in 100")
	ForecastNearly     = msg("95 dari 100", "95 in 100")
	ForecastTenth      = msg("10 dari 100", "10 in 100")
	ForecastChances    = msg("Kemungkinan selesai sebelum tiap tanggal tenggat berakhir", "Chance to be finished by the end of each deadline’s day")
	ForecastChance     = msg("Kemungkinan", "Chance")
	ChanceOf           = msg("%s dari 100", "%s in 100")
	ChanceAtMost       = msg("paling banyak 2 dari 100", "at most 2 in 100")
	ChanceAtLeast      = msg("sedikitnya 98 dari 100", "at least 98 in 100")
	ChanceMet          = msg("terpenuhi", "met")
	ChanceMissed       = msg("tidak terpenuhi", "not met")
	ChanceCome         = msg("harinya sudah tiba, belum selesai", "its day has come, not finished")
	ChanceUnknown      = msg("tidak dapat dikatakan", "cannot be said")
	ForecastInputs     = msg("Sejak %[1]s (%[2]s) tercapai %[3]s %[4]s, rata-rata %[5]s per hari dan belakangan %[6]s per hari. Sisa %[7]s %[4]s pada laju %[8]s per hari memerlukan %[9]s hari", "Since %[1]s (%[2]s) %[3]s %[4]s were done, %[5]s a day overall and %[6]s a day of late. The remaining %[7]s %[4]s at %[8]s a day take %[9]s days")
	ForecastAllowance  = msg("%s; ditambah %s hari untuk hal yang tidak tampak dari laju, tengah perkiraan adalah %s hari lagi.", "%s; with %s days for what no pace shows, the middle of the forecast is %s days from now.")
	ForecastByPoints   = msg("Dasarnya poin program.", "It goes by the program’s points.")
	ForecastByLast     = msg("Dasarnya tonggak yang paling akhir menurut lajunya: %s.", "It goes by the milestone that is last by its pace: %s.")
	ForecastBlind      = plural("%[1]s tonggak yang terbuka belum dapat diperkirakan sendiri: %[2]s.", "%[1]s open milestone cannot be forecast by itself yet: %[2]s.", "%[1]s open milestones cannot be forecast by themselves yet: %[2]s.")
	ForecastRests      = msg("Dasar tiap kemungkinan: catatan 46 migrasi kode publik, 30 selesai dan 16 tidak, bukan program yang diawasi seperti ini.", "Basis of every chance: the records of 46 public code migrations, 30 finished and 16 not, not of supervised programs like this one.")
	ForecastMethodIs   = msg("Cara: 30%% laju keseluruhan dan 70%% laju belakangan, dikurangi setengah pertumbuhan cakupan; sebaran log-logistik, tanpa simulasi.", "Method: 30%% of the overall pace and 70%% of the recent one, less half of the growth of scope; a log-logistic spread, no simulation.")
	ForecastExplain    = msg("Penjelasan perkiraan", "The forecast explained")
	ForecastTable      = msg("Perkiraan untuk program, bidang, dan tonggak", "Forecasts of the program, its areas and milestones")
	ForecastOfWhole    = msg("Program, menurut poin", "Program, by points")
	ForecastOfLast     = msg("Program, menurut tonggak terakhir", "Program, by its last milestone")
	ForecastWhat       = msg("Perkiraan untuk", "Forecast of")
	ForecastNote       = msg("Keterangan", "Note")
	ForecastGoverns    = msg("dipakai di ringkasan", "used on the overview")

	NoteFinished  = msg("selesai", "finished")
	NoteEarly     = msg("terlalu dini", "too early")
	NoteStill     = msg("tanpa pergerakan", "no movement")
	NoteNoHistory = msg("belum ada laporan", "no report yet")
	NoteNoTotal   = msg("jumlah belum diketahui", "total not known")
	NotePart      = msg("sebagian belum dapat diperkirakan", "a part cannot be forecast")
	NoteFar       = msg("sebagian tanggal lebih dari sepuluh tahun lagi", "some dates are more than ten years away")

	HeadlineForecastBefore = plural("Perkiraan selesai sekitar %[2]s, sekitar %[1]s hari sebelum tenggat %[3]s.", "Forecast to finish about %[2]s, some %[1]s day before the %[3]s deadline.", "Forecast to finish about %[2]s, some %[1]s days before the %[3]s deadline.")
	HeadlineForecastAfter  = plural("Perkiraan selesai sekitar %[2]s, sekitar %[1]s hari setelah tenggat %[3]s.", "Forecast to finish about %[2]s, some %[1]s day after the %[3]s deadline.", "Forecast to finish about %[2]s, some %[1]s days after the %[3]s deadline.")
	HeadlineForecastOn     = msg("Perkiraan selesai sekitar %s, hari tenggat.", "Forecast to finish about %s, the day of the deadline.")
	HeadlineForecastFar    = msg("Perkiraan selesai %s, jauh melewati tenggat %s.", "Forecast to finish %s, far beyond the %s deadline.")
	VerdictByPlan          = msg("Selesai setelah tenggat lebih mungkin daripada sebelumnya.", "A finish after the deadline is likelier than one before it.")
	HeadlineRange          = msg("Belum dapat dinilai. Kemajuan sedikitnya %s dan paling banyak %s.", "Cannot be assessed. Progress is at least %s and at most %s.")
	RangePercent           = msg("%s–%s", "%s–%s")
	RangeSum               = msg("Terlalu banyak bobot yang tidak melapor untuk satu angka. Batas bawah %s poin dilaporkan; ditambah %s poin yang belum selesai pada tonggak yang tidak melapor (%s), batas atasnya %s poin.", "Too much weight is silent for one figure. The lower bound of %s points is reported; with the %s points outstanding of the milestones that are silent (%s) the upper bound is %s points.")
	RangeSilent            = msg("%s: %s", "%s: %s")
	RangeExplain           = msg("Sedikitnya %s, menurut laporan terakhir; paling banyak %s, apabila semua yang tidak melapor ternyata selesai. Ini batas, bukan perkiraan, dan bukan pernyataan selesai.", "At least %s, by the last reports; at most %s, if all that is silent turned out to be done. These are bounds, not an estimate, and no claim of completion.")

	KeyForecast     = msg("10 sampai 80 dari 100, garis 50 dari 100", "10 to 80 in 100, line at 50 in 100")
	KeyForecastPace = msg("menurut laju, 10 sampai 80 dari 100, garis 50 dari 100", "by pace, 10 to 80 in 100, line at 50 in 100")
	KeyTotal        = msg("jumlah seluruhnya berubah", "a total changed")
	ChartWedge      = msg("Perkiraan %s", "Forecast %s")
	ChartWedgeRun   = msg("Perkiraan mulai %s, tanpa tanggal akhir", "Forecast from %s, no end date")
	ChartWedgeSay   = msg("Rentang perkiraan selesai: %s (10 sampai 80 dari 100).", "Range of the forecast finish: %s (10 to 80 in 100).")
	ChartWedgeOff   = msg("Rentang perkiraan berakhir di luar bingkai.", "The range of the forecast ends outside the frame.")
	ChartTotalOne   = msg("jumlah %[1]s dari %[2]s menjadi %[3]s", "total of %[1]s from %[2]s to %[3]s")
)

// What moved the headline since a week ago.
var (
	WeekTitle       = msg("Sejak %s", "Since %s")
	WeekCaption     = msg("Asal perubahan sejak %s, dalam poin dari keseluruhan. Tiap baris dan tiap kolom berjumlah tepat.", "Where the change since %s comes from, in points of the whole. Every row and every column adds up exactly.")
	WeekSentence    = msg("Semula %s, kini %s: %s.", "It was %s and is now %s: %s.")
	WeekPart        = msg("%s %s poin", "%s %s points")
	WeekWhole       = msg("Perubahan", "Change")
	WeekNoState     = msg("Sepekan sebelumnya program belum dicatat.", "A week earlier the program was not on record.")
	WeekReopened    = msg("Dibuka kembali: %s.", "Reopened: %s.")
	WeekExplain     = msg("Cara pemisahan", "How it is split")
	SplitExplain    = msg("Perubahan dipisahkan bertahap: koreksi diukur dengan jumlah dan bobot lama, lalu cakupan, lalu bobot, dan terakhir pekerjaan dengan jumlah dan bobot yang baru.", "The change is split step by step: corrections measured by the old totals and weights, then scope, then weights, and last work by the new totals and weights.")
	AreaWithoutName = msg("Bidang lain", "Another area")
)

// An override beside the rule's verdict.
var (
	OverrideBeside = msg("Penilaian orang, di samping aturan", "A person’s verdict beside the rule’s")
	OverrideBy     = msg("Oleh %s, berlaku sampai akhir %s.", "By %s, until the end of %s.")
	OverrideRule   = msg("Penilaian menurut aturan", "The rule’s verdict")
)

// Flags and how long a count has stood.
var (
	FlagStalledRow = plural("%[1]s laporan berturut-turut dengan jumlah yang sama.", "%[1]s report with the same count.", "%[1]s reports in a row with the same count.")
	SameCountFact  = msg("Laporan dengan jumlah yang sama", "Reports with the same count")
)

// Plan, schedule and pace.
var (
	PaceTitle       = msg("Rencana dan laju", "Plan and pace")
	PaceDeviation   = msg("Rencana %s poin, tercapai %s poin, deviasi %s poin.", "Planned %s points, earned %s points, deviation %s points.")
	ScheduleTitle   = msg("Jadwal dalam satuan waktu", "The schedule in time")
	ScheduleCaption = msg("SPI(t) = hari yang tercapai dibagi hari yang berlalu; di bawah 1 berarti tertinggal", "SPI(t) = days earned divided by days gone by; below 1 is behind")
	ScheduleAgainst = msg("Terhadap", "Against")
	ScheduleOwnPlan = msg("Rencana program sendiri", "The program’s own plan")
	ScheduleLine    = msg("Garis lurus sampai %s (%s)", "A straight line to %s (%s)")
	ScheduleIndex   = msg("Indeks SPI(t)", "Index SPI(t)")
	ScheduleEarned  = msg("Hari tercapai", "Days earned")
	ScheduleElapsed = msg("Hari berlalu", "Days gone by")
	ScheduleSlip    = msg("Selisih (hari)", "Difference (days)")
	NoValue         = msg("tidak ada nilai", "no value")
	RateTitle       = msg("Laju yang diperlukan dan yang teramati", "Rates needed and observed")
	RateCaption     = msg("Poin dari keseluruhan per hari; untuk tonggak juga satuannya per hari", "Points of the whole a day; for a milestone also its unit a day")
	RateWhat        = msg("Laju", "Rate")
	RatePoints      = msg("Poin per hari", "Points a day")
	RateUnits       = msg("%s per hari", "%s a day")
	RateDays        = msg("Selama hari", "Over days")
	RateNeeded      = msg("Diperlukan sampai %s (%s)", "Needed until %s (%s)")
	RateLast14      = msg("14 hari terakhir", "Last 14 days")
	RateLast28      = msg("28 hari terakhir", "Last 28 days")
)

// Where figures rest on.
var (
	ColumnReported     = msg("Dilaporkan (poin)", "Reported (points)")
	ColumnVerified     = msg("Terverifikasi (poin)", "Verified (points)")
	ColumnAccepted     = msg("Diterima (poin)", "Accepted (points)")
	ColumnDefinedBy    = msg("Catatan", "Entries")
	TermEntries        = msg("definisi %s", "definition %s")
	TermEntriesCounted = msg("definisi %s, jumlah %s", "definition %s, count %s")
	AreaSubtotal       = msg("%s: %s dari %s poin, %s dari bidang", "%s: %s of %s points, %s of the area")
	AreaUnweighed      = msg("%s: bidang ini tidak berbobot, sehingga tidak ada persentase", "%s: this area has no weight, so there is no percentage")
	WhyHint            = msg("Setiap persentase menuju ke hitungannya.", "Every percentage leads to its sum.")
	NoTotalShare       = msg("jumlah belum diketahui", "total not known")
	EntriesRestOn      = msg("Bobot: catatan no. %s. Keadaan: sampai catatan no. %s.", "Weights: entry no. %s. State: up to entry no. %s.")
	PlanTermsCaption   = msg("Nilai rencana per tonggak: bobot dikali bagian rencana", "Planned value by milestone: weight times planned share")
	ColumnPlanPoints   = msg("Rencana (poin)", "Planned (points)")
	ColumnPlanOfStone  = msg("Rencana (%% dari tonggak)", "Plan (%% of the milestone)")
)

// How earlier forecasts held.
var (
	KeptTitle    = msg("Bagaimana perkiraan terdahulu bertahan", "How earlier forecasts held")
	KeptNone     = msg("Belum ada perkiraan yang disimpan. Mulai sekarang satu perkiraan disimpan per hari dan tidak pernah ditulis ulang.", "No forecast has been kept yet. One is kept a day from now on, and never rewritten.")
	KeptHeld     = plural("Dari %[1]s tanggal 80-dari-100 yang sudah dapat dinilai, %[2]s bertahan; perkiraan yang baik bertahan pada sekitar delapan dari sepuluh.", "Of %[1]s 80-in-100 date that could be judged, %[2]s held; good forecasts hold in about eight of ten.", "Of %[1]s 80-in-100 dates that could be judged, %[2]s held; good forecasts hold in about eight of ten.")
	KeptNoneYet  = msg("Belum ada tanggal 80-dari-100 yang dapat dinilai.", "No 80-in-100 date could be judged yet.")
	KeptWaiting  = plural("%[1]s masih di depan.", "%[1]s is still ahead.", "%[1]s are still ahead.")
	KeptUndated  = plural("%[1]s perkiraan tidak menyebut tanggal.", "%[1]s forecast named no date.", "%[1]s forecasts named no date.")
	KeptBrier    = plural("Nilai Brier %[2]s dari %[1]s kemungkinan yang sudah diputuskan; 0 sempurna, 0,25 setara dengan menebak 50 dari 100.", "Brier score %[2]s from %[1]s chance that was decided; 0 is perfect, 0.25 is what guessing 50 in 100 gets.", "Brier score %[2]s from %[1]s chances that were decided; 0 is perfect, 0.25 is what guessing 50 in 100 gets.")
	KeptNoBrier  = msg("Belum ada kemungkinan yang diputuskan, sehingga belum ada nilai Brier.", "No chance has been decided yet, so there is no Brier score.")
	KeptChart    = msg("Tanggal perkiraan sebagaimana bergeser: mendatar hari perkiraan dibuat, tegak tanggal yang disebut.", "The forecast date as it moved: across the day it was made, upwards the date it named.")
	KeptMade     = msg("Dibuat", "Made on")
	KeptFinished = msg("selesai", "finished")
	KeptCaption  = msg("Perkiraan yang disimpan, satu per hari", "Kept forecasts, one a day")
	KeptWeekly   = msg("Perkiraan yang disimpan: yang terakhir tiap minggu", "Kept forecasts: the last of each week")
	KeptMonthly  = msg("Perkiraan yang disimpan: yang terakhir tiap bulan", "Kept forecasts: the last of each month")
)

// ForecastExplained is the full explanation of the forecast, a paragraph each.
func ForecastExplained() []Message {
	return []Message{
		msg("Masukan: laporan sampai hari ini, dan rentang rencana sebagai batas tambahan hari. Tenggat tidak menggeser tanggal perkiraan; tenggat hanya menentukan kemungkinannya sendiri. Masukan yang sama selalu memberi perkiraan yang sama.", "Input: the reports up to today, and the planned span as the limit of the days added. Deadlines do not move the dates of a forecast; each only decides its own chance. The same input always gives the same forecast."),
		msg("Laju adalah 30%% laju sejak awal dan 70%% laju belakangan, dikurangi setengah pertumbuhan cakupan, dan tidak kurang dari sepersepuluh laju sejak awal. Bobot tiap minggu berkurang separuh setiap 13 minggu ke belakang.", "The pace is 30%% of the pace since the beginning and 70%% of the recent pace, less half of the growth of scope, and never less than a tenth of the pace since the beginning. The weight of a week halves every 13 weeks back."),
		msg("Tengah perkiraan adalah sisa pekerjaan dibagi laju, ditambah hari untuk hal yang tidak tampak dari laju: 240 hari, atau sepanjang umur benda itu sendiri apabila lebih pendek, atau yang ditetapkan untuk program ini.", "The middle of the forecast is what remains divided by the pace, with days added for what no pace shows: 240 days, or the length of the thing itself where that is less, or what is set for this program."),
		msg("Sebarannya log-logistik: satu dari lima memerlukan lebih dari 2,7 kali tengah perkiraan. Angka-angka ini dicocokkan dengan catatan migrasi kode publik, karena catatan program yang diawasi tidak tersedia.", "The spread is log-logistic: one in five takes more than 2.7 times the middle. These numbers were fitted to records of public code migrations, since no records of supervised programs are available."),
		msg("Tidak ada tanggal yang disebut sebelum empat minggu atau dua laporan dengan kemajuan, tanpa pergerakan, atau lebih dari sepuluh tahun ke depan. Kemungkinan ditulis antara 2 dan 98 dari 100.", "No date is named before four weeks or two reports with progress, without movement, or more than ten years ahead. Chances are written between 2 and 98 in 100."),
		msg("Untuk program ada dua perkiraan: dari poinnya, dan dari tonggak yang paling akhir. Yang lebih lambat dipakai di ringkasan. Apabila tinggal tiga tonggak atau kurang, tanggal pemiliknya didahulukan.", "A program has two forecasts: from its points, and from its last milestone. The overview goes by the later one. With three or fewer milestones open, their owners’ dates stand first."),
	}
}
