package i18n

// Error pages: a title, what happened, and what can be done. The reference also stands in the log.
var (
	ErrorReference = msg("Nomor rujukan: %s", "Reference: %s")
	ErrorBack      = msg("Kembali ke daftar program", "Back to the list of programs")

	ErrorAgain      = msg("Coba halaman ini lagi", "Try this page again")
	ErrorProgram    = msg("Ke ringkasan program", "To the program’s overview")
	ErrorMilestones = msg("Ke daftar tonggak", "To the list of milestones")
	ForbiddenReader = msg("Akun pengawas dan eksekutif hanya dapat membaca. Perubahan dicatat oleh rekayasawan atau petugas kepatuhan.", "Supervisor and executive accounts can only read. Changes are recorded by engineers or compliance officers.")

	NotYetTitle      = msg("Keadaan itu belum ada", "There is no such state yet")
	BadRequestTitle  = msg("Permintaan tidak dapat dibaca", "The request cannot be read")
	BadRequestText   = msg("Alamat atau isian memuat nilai yang tidak dikenal.", "The address or the input contains a value that is not known.")
	ForbiddenTitle   = msg("Tidak diizinkan", "Not permitted")
	ForbiddenText    = msg("Peran akun ini tidak mencakup tindakan tersebut.", "The role of this account does not include that action.")
	NotFoundTitle    = msg("Halaman tidak ditemukan", "Page not found")
	NotFoundText     = msg("Halaman ini tidak ada, atau tidak dibuka untuk akun ini.", "This page does not exist, or is not open to this account.")
	ConflictText     = msg("Data berubah sementara permintaan diproses. Muat ulang halaman, lalu coba lagi.", "The data changed while the request was handled. Reload the page, then try again.")
	TooLargeTitle    = msg("Kiriman terlalu besar", "Too large")
	TooLargeText     = msg("Kiriman melebihi ukuran yang dapat diterima.", "What was sent exceeds the size that can be accepted.")
	TooManyTitle     = msg("Terlalu banyak permintaan", "Too many requests")
	MethodTitle405   = msg("Cara permintaan tidak diizinkan", "Method not allowed")
	MethodText405    = msg("Alamat ini tidak menerima cara permintaan tersebut.", "This address does not accept that request method.")
	InternalTitle    = msg("Terjadi kesalahan", "Something went wrong")
	InternalText     = msg("Permintaan tidak dapat diselesaikan. Kesalahan ini sudah dicatat. Sebutkan nomor rujukan di bawah apabila melapor.", "The request could not be completed. The error has been logged. Please quote the reference below when reporting it.")
	UnavailableTitle = msg("Layanan belum tersedia", "The service is not available")
	UnavailableText  = msg("Basis data tidak dapat dihubungi. Tidak ada data yang hilang. Coba lagi beberapa saat lagi.", "The database cannot be reached. No data are lost. Try again in a moment.")
	UnknownOutcome   = msg("Belum dapat dipastikan apakah isian tersimpan. Kirim ulang formulir yang sama; isian tidak akan tercatat dua kali.", "It cannot be determined whether the input was saved. Send the same form again; it will not be recorded twice.")
)

// Errors beside the fields of a form for people; what the API says about a JSON member is in catalogue_web.go.
var (
	FormErrors    = plural("Ada %[1]s isian yang perlu diperbaiki", "There is %[1]s problem with the input", "There are %[1]s problems with the input")
	FormRequired  = msg("Isian ini wajib diisi.", "This field is required.")
	FormNumber    = msg("Tulis bilangan bulat dengan angka saja.", "Write a whole number in digits only.")
	FormNegative  = msg("Nilai tidak boleh kurang dari 0.", "The value cannot be less than 0.")
	FormBetween   = msg("Nilai harus antara %s dan %s.", "The value must be between %s and %s.")
	FormDoneAbove = msg("Jumlah selesai tidak boleh melebihi jumlah seluruhnya (%s).", "The number done cannot exceed the total (%s).")
	FormDate      = msg("Tulis tanggal seperti 2024-03-12.", "Write a date like 2024-03-12.")
	FormTooLong   = plural("Paling panjang %[1]s karakter.", "At most %[1]s character.", "At most %[1]s characters.")
	FormText      = msg("Isian memuat karakter yang tidak dapat disimpan.", "The text contains a character that cannot be stored.")
	FormChoice    = msg("Pilih salah satu dari daftar.", "Choose one from the list.")
	FormUnknown   = msg("Formulir memuat isian yang tidak dikenal (%s).", "The form contains a field that is not known (%s).")
	FormReason    = msg("Alasan wajib diisi karena nilai turun.", "A reason is required because the value falls.")
)
