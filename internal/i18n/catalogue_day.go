package i18n

// The sum of one day looked back at.
var (
	DayTitle   = msg("Hitungan pada %s", "The sum on %s")
	DayLead    = msg("Sampai akhir %s dilaporkan %s; terverifikasi %s, diterima %s.", "By the end of %s, %s was reported; %s were verified and %s accepted.")
	DayKnown   = plural("Keadaan hari itu menurut %[1]s catatan yang kini diketahui: laporan yang tiba kemudian dan koreksi atas hari itu ikut dihitung.", "The state of that day by the %[1]s entry known now: reports that arrived later and corrections of that day are part of it.", "The state of that day by the %[1]s entries known now: reports that arrived later and corrections of that day are part of it.")
	DayWeights = msg("Bobotnya adalah yang berlaku pada hari itu: himpunan bobot versi %s (catatan no. %s).", "The weights are those in force on that day: weight set version %s (entry no. %s).")
	DayPlan    = msg("Rencana sampai hari itu, menurut rencana yang kini dicatat: %s; deviasi %s poin.", "The plan up to that day, as it is recorded now: %s; deviation %s points.")
	DayNow     = msg("Hitungan keadaan yang ditampilkan", "The sum of the state shown")
	DayThen    = msg("Hitungan sebagaimana diketahui pada hari itu sendiri", "The sum as it was known on that day itself")
	DayLeft    = msg("%s (sudah keluar dari cakupan)", "%s (left the scope since)")
)
