package i18n

// Term is a word of the pages and what it means.
type Term struct{ Word, Meaning Message }

// Glossary lists the words that the pages use, in the order in which a reader meets them.
func Glossary() []Term { return glossary }

var glossary = []Term{
	{msg("kemajuan", "progress"), msg("Bagian yang dilaporkan selesai, dihitung dari jumlah, bukan dari perkiraan.", "The part reported as done, computed from counts, not from estimates.")},
	{msg("tonggak", "milestone"), msg("Hasil kerja dengan definisi selesai, bobot, dan tanggal rencana.", "A deliverable with a definition of done, a weight and plan dates.")},
	{msg("bidang", "area"), msg("Kelompok tonggak yang dikenal sebagai satu hal.", "A group of milestones known as one thing.")},
	{msg("bobot", "weight"), msg("Bagian tonggak dalam keseluruhan; semua bobot berjumlah 100 poin.", "A milestone’s part of the whole; all weights add up to 100 points.")},
	{msg("poin", "point"), msg("Seperseratus dari keseluruhan program.", "A hundredth of the whole program.")},
	{msg("rencana · realisasi · deviasi", "plan · actual · deviation"), msg("Yang seharusnya tercapai, yang tercapai, dan selisihnya dalam poin.", "What should be reached, what is reached, and the difference in points.")},
	{msg("tenggat", "deadline"), msg("Tanggal yang ditetapkan atau dinyatakan; satu versi mengikat, dan tidak ada versi yang disembunyikan.", "A date that was set or stated; one version is binding, and none is hidden.")},
	{msg("butir yang belum selesai", "outstanding item"), msg("Poin yang belum tercapai, kendala, atau permintaan yang belum dijawab.", "Points not yet earned, a blocker, or an unanswered request.")},
	{msg("kendala", "blocker"), msg("Hal yang menghambat tonggak dan menunggu suatu pihak.", "Something that holds a milestone up and waits on a party.")},
	{msg("dilaporkan", "reported"), msg("Dinyatakan oleh pekerjaan integrasi atau orang.", "Stated by an integration job or a person.")},
	{msg("terverifikasi", "verified"), msg("Didukung bukti yang disetujui orang kedua.", "Supported by evidence that a second person approved.")},
	{msg("diterima", "accepted"), msg("Dicakup oleh surat regulator yang dicatat.", "Covered by a recorded letter of the regulator.")},
	{msg("sesuai jadwal", "on track"), msg("Tidak ada aturan peringatan yang cocok.", "No rule of warning fits.")},
	{msg("perlu perhatian", "needs attention"), msg("Kemajuan di bawah rencana melebihi batas, atau jarak ke tenggat terlalu kecil.", "Progress is below plan by more than the limit, or too little time is left before the deadline.")},
	{msg("diperkirakan terlambat", "forecast late"), msg("Tanggal rencana pemilik tonggak melewati tenggat.", "The milestone owners’ plan dates are after the deadline.")},
	{msg("lewat tenggat", "past deadline"), msg("Hari tenggat sudah berakhir dan masih ada yang belum selesai.", "The day of the deadline has ended and something is outstanding.")},
	{msg("dinyatakan selesai", "declared complete"), msg("Semua dilaporkan selesai; surat regulator belum dicatat.", "All is reported done; no letter of the regulator is on record.")},
	{msg("belum dapat dinilai", "cannot be assessed"), msg("Data tidak ada atau terlalu tua untuk dinilai.", "The data are missing or too old to judge.")},
	{msg("data usang", "stale data"), msg("Laporan yang dijanjikan tidak datang tepat waktu.", "A report that was due has not arrived.")},
	{msg("pernyataan", "statement"), msg("Ucapan publik tentang kemajuan, dicatat sebagaimana disampaikan.", "A public claim about progress, kept as it was made.")},
	{msg("koreksi", "correction"), msg("Catatan baru yang menurunkan nilai, dengan alasan; catatan lama tetap ada.", "A new entry that lowers a value, with a reason; the old entry stays.")},
}
