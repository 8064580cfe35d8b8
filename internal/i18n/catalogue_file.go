package i18n

// Documents that people upload.
var (
	FileLabel        = msg("Berkas", "File")
	FileHint         = msg("PDF, PNG, JPEG, WebP, CSV, TXT, XLSX, DOCX, JSON, atau ZIP; paling besar %s.", "PDF, PNG, JPEG, WebP, CSV, TXT, XLSX, DOCX, JSON or ZIP; at most %s.")
	FileReceived     = msg("Sudah diterima: %s. Berkas ini tidak perlu dipilih lagi.", "Received already: %s. This file need not be chosen again.")
	FileTooLarge     = msg("Berkas lebih besar dari %s. Perkecil atau bagi berkas itu.", "The file is larger than %s. Make it smaller or split it.")
	FileEmpty        = msg("Berkas kosong.", "The file is empty.")
	FileType         = msg("Jenis isi berkas ini tidak diterima, apa pun namanya. Halaman HTML dan gambar SVG tidak pernah diterima; teks harus UTF-8.", "The content of this file is of no type that is taken in, whatever its name. HTML pages and SVG drawings never are; text must be UTF-8.")
	FileErasedBefore = msg("Berkas ini pernah dihapus dari program dan tidak diterima lagi.", "This file was erased from the program before and is not taken in again.")
	FileGone         = msg("Berkas yang dikirim sebelumnya tidak lagi tersimpan. Pilih berkas itu sekali lagi.", "The file sent earlier is no longer kept. Choose it once more.")
	FileOrLink       = msg("Pilih berkas atau tulis tautan.", "Choose a file or write a link.")
	FileNotBoth      = msg("Kirim salah satu saja: berkas atau tautan.", "Send only one: a file or a link.")
	FileErased       = msg("Isi berkas telah dihapus; sidik SHA-256 tetap.", "The file’s content has been erased; its SHA-256 stays.")
	FileDownload     = msg("Unduh %s", "Download %s")
	FileTypeAndSize  = msg("%s, %s", "%s, %s")
	LinkOpens        = msg("Buka tautan", "Open the link")
	LinkUnsafe       = msg("Tulis tautan yang diawali https://, tanpa nama pengguna, sandi, atau spasi.", "Write a link that begins with https://, without user name, password or blanks.")
)

// Files whose content was erased, and what takes a second person, as problems.
var (
	ProblemErased     = msg("Isi berkas telah dihapus", "The file’s content has been erased")
	DetailErased      = msg("Isi berkas ini dihapus, misalnya karena UU Pelindungan Data Pribadi. Catatan dan sidik SHA-256-nya tetap.", "The content of this file was erased, for instance under the personal-data law. The entries about it and its SHA-256 stay.")
	ProblemSamePerson = msg("Perlu orang kedua", "A second person is needed")
	DetailSamePerson  = msg("Yang menilai harus orang lain daripada yang mengajukan.", "Whoever judges must be another person than whoever asked.")
)
