package i18n

// The summary: a program on one sheet of paper, and as a text for a chat.
var (
	SummaryTitle      = msg("Lembar ringkasan", "Summary sheet")
	SummaryDefinition = msg("Persentase menyatakan bagian yang sudah dilaporkan selesai dari keseluruhan program; keseluruhan adalah %s poin menurut bobot tonggak yang disahkan. Terverifikasi berarti didukung bukti yang diterima; diterima berarti dicakup surat regulator. Angka dipotong, tidak dibulatkan ke atas.", "Percentages are the part of the whole program that is reported as done; the whole is %s points by the approved weights of its milestones. Verified means supported by accepted evidence; accepted means covered by a letter of the regulator. Figures are cut off, never rounded up.")
	SummaryEntry      = msg("Entri %s dalam buku catatan", "Entry %s of the ledger")
	SummaryRoot       = msg("Akar pohon entri (SHA-256): %s", "Root of the tree of entries (SHA-256): %s")
	SummaryPDF        = msg("Unduh PDF satu halaman", "Download the one-page PDF")
	SummaryPage       = msg("Halaman %s dari %s", "Page %s of %s")
	SummaryLookUp     = msg("Periksa di %s", "Check at %s")
	SummaryItemsMore  = plural("dan %[1]s butir lain", "and %[1]s more item", "and %[1]s more items")
)

// Of which day a state is, and how new its data are.
var (
	KnownAt      = msg("Keadaan %s, data terakhir %s", "State of %s, latest data of %s")
	KnownToday   = msg("Keadaan %s, data pukul %s", "State of %s, data of %s")
	KnownNothing = msg("Keadaan %s, belum ada data", "State of %s, no data yet")
)

// The page from which figures are handed on.
var (
	ShareTab        = msg("Bagikan", "Share")
	ShareTitle      = msg("Membagikan angka", "Sharing figures")
	ShareLead       = msg("Angka yang dibawa keluar tidak boleh kehilangan satuan, tanggal, dan tempat memeriksanya. Semua di sini membawanya.", "A figure that leaves this place must not lose its unit, its date and where it can be checked. Everything here carries them.")
	ShareTextTitle  = msg("Teks untuk percakapan", "Text for a chat")
	ShareTextLead   = msg("Tautan di akhir teks membuka keadaan yang sama, kapan pun dibuka, bagi yang berhak.", "The link at its end opens this very state, whenever it is opened, for those who may see it.")
	ShareLength     = plural("%[1]s dari paling banyak %[2]s karakter", "%[1]s of at most %[2]s characters", "%[1]s of at most %[2]s characters")
	SharePaperTitle = msg("Satu halaman kertas", "One page of paper")
	SharePaperLead  = msg("Lembar ringkasan memuat angka yang sama dengan halaman ringkasan, dengan nomor entri untuk memeriksanya.", "The summary sheet has the same figures as the overview, with the entry to check them by.")
	ShareProven     = msg("Terverifikasi %s, diterima %s, dari %s poin.", "Verified %s, accepted %s, of %s points.")
	ShareVersion    = msg("Tenggat %s, %s.", "Deadline %s, %s.")
	ShareDeadline   = msg("Tenggat %s (%s), %s.", "Deadline %s (%s), %s.")
	ShareEnd        = msg("%s (entri %s). %s", "%s (entry %s). %s")

	CardsTitle   = msg("Kartu kutipan untuk juru bicara", "Quotable cards for spokespeople")
	CardsLead    = msg("Angka, satuan, dan tanggal berasal dari buku catatan. Kartu yang dipakai dicatat sebagai pernyataan, sehingga pemberitaan berikutnya dapat dibandingkan dengannya.", "Figure, unit and date come from the ledger. A card that is used is recorded as a statement, so that the next article can be compared with it.")
	CardQuote    = msg("Kalimat kutipan", "Sentence to quote")
	CardSentence = msg("%s: %s %s dilaporkan selesai. %s. Sumber: %s", "%s: %s %s is reported as done. %s. Source: %s")
	CardTitle    = msg("%s: %s %s", "%s: %s %s")
	CardReported = msg("%s, dilaporkan selesai", "%s, reported as done")
	CardOfArea   = msg("dari bidang %s", "of the area %s")
	CardSVG      = msg("Unduh gambar (SVG)", "Download as a picture (SVG)")
	CardUse      = msg("Pakai dan catat", "Use and record")
	CardUseLead  = msg("Kalimat ini dicatat sebagai pernyataan hari ini, dengan angka yang tampak di sini walaupun data baru sudah masuk.", "This sentence is recorded as a statement of today, with the figure shown here even if newer data have come in since.")
	CardFile     = msg("Catat sebagai pernyataan", "Record as a statement")
	ShownTooOld  = msg("Angka ini dibaca lebih dari sehari yang lalu. Buka halaman Bagikan untuk angka yang baru.", "This figure was read more than a day ago. Open the page Share for a new one.")
	CardWhole    = msg("keseluruhan program", "the whole program")
	CardFiled    = msg("Kartu dicatat sebagai pernyataan. Kutip kalimat di bawah; angkanya tetap seperti saat dicatat.", "The card is recorded as a statement. Quote the sentence below; its figure stays as it was recorded.")
	Copy         = msg("Salin", "Copy")
	Copied       = msg("Tersalin", "Copied")
)
