package i18n

// The page that says how every figure comes about.
var (
	MethodTitle          = msg("Cara angka dihitung", "How it is computed")
	MethodIntro          = msg("Setiap angka di halaman ini dihitung dari catatan yang bernomor dan tidak dapat diubah. Rumus dan suku-sukunya tercantum di bawah.", "Every figure on this page is computed from numbered entries that cannot be altered. The formula and its terms are given below.")
	MethodFormula        = msg("Kemajuan keseluruhan = jumlah dari bobot dikali bagian yang selesai, untuk semua tonggak.", "Overall progress = the sum of weight times share done, over all milestones.")
	MethodTruncation     = msg("Persentase dipotong, tidak pernah dibulatkan ke atas.", "Percentages are cut off, never rounded up.")
	MethodHundred        = msg("100%% hanya ditulis apabila tidak ada yang belum selesai dan regulator telah menerima. Sebelum itu tertulis “dinyatakan selesai”.", "100%% is written only when nothing is outstanding and the regulator has accepted. Before that it reads “declared complete”.")
	MethodTermsCaption   = msg("Suku penjumlahan: bobot, bagian yang selesai, dan poin tiap tonggak", "Terms of the sum: weight, share done and points of each milestone")
	MethodPoints         = msg("Poin", "Points")
	MethodSum            = msg("Jumlah", "Sum")
	MethodEarnedPlusLeft = msg("Tercapai dan belum selesai selalu berjumlah 100 poin.", "Earned and outstanding always add up to 100 points.")
	MethodThree          = msg("Dilaporkan, terverifikasi, dan diterima adalah tiga angka yang terpisah: laporan pekerjaan atau orang, bukti yang disetujui orang kedua, dan surat regulator.", "Reported, verified and accepted are three separate numbers: the report of a job or person, evidence approved by a second person, and the regulator’s letter.")
	MethodPlan           = msg("Menurut rencana, tiap tonggak memperoleh poinnya secara merata dari tanggal mulai sampai tanggal selesai rencananya.", "By plan, each milestone earns its points evenly from its planned start to its planned finish.")
	MethodPlanSteps      = msg("Menurut rencana, batas minimum yang ditetapkan regulator berlaku mulai tanggalnya masing-masing.", "By plan, the minimum set by the regulator applies from each of its dates.")
	MethodDeadline       = msg("Tenggat berakhir pukul 24.00 menurut zona waktu program (%s).", "Deadlines end at 24:00 in the program’s time zone (%s).")
	MethodAsOf           = msg("Keadaan per suatu tanggal dihitung hanya dari catatan yang sudah masuk pada saat itu.", "The state as of a date is computed only from entries that had been recorded by then.")
	MethodThresholdEarly = msg("Perlu perhatian apabila lebih dari %s poin di bawah rencana, selama rencana belum melampaui 70%%.", "Needs attention when more than %s points below plan, while the plan is at most 70%%.")
	MethodEntries        = plural("Dihitung dari %[1]s catatan.", "Computed from %[1]s entry.", "Computed from %[1]s entries.")
)
