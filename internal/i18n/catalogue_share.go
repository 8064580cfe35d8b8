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
