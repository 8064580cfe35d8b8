package i18n

// Signing in and out.
var (
	SignInTitle    = msg("Masuk", "Sign in")
	SignInEmail    = msg("Alamat surel", "E-mail address")
	SignInPassword = msg("Kata sandi", "Password")
	SignInButton   = msg("Masuk", "Sign in")
	// SignInWrong is the one answer to a wrong password, an unknown address and a disabled account.
	SignInWrong    = msg("Alamat surel atau kata sandi tidak cocok.", "The e-mail address or password does not match.")
	SignInTooMany  = plural("Terlalu banyak percobaan. Coba lagi dalam %[1]s detik.", "Too many attempts. Try again in %[1]s second.", "Too many attempts. Try again in %[1]s seconds.")
	SignInBusy     = msg("Layanan sedang sibuk. Coba lagi beberapa saat lagi.", "The service is busy. Try again shortly.")
	SignInNeeded   = msg("Masuk untuk melihat halaman ini.", "Sign in to view this page.")
	SignInDemo     = msg("Akun contoh", "Demo accounts")
	SignInDemoHint = msg("Akun berikut hanya ada dalam data contoh.", "These accounts exist in the demo data only.")
	SignedOut      = msg("Sesi telah diakhiri.", "You have signed out.")
	SessionEnded   = msg("Sesi berakhir. Masuk kembali untuk melanjutkan.", "The session has ended. Sign in again to continue.")
	SessionKept    = msg("Sesi berakhir; isian Anda disimpan.", "The session has ended; your input is kept.")

	PasswordHint   = msg("15 sampai 128 karakter. Beberapa kata yang tidak berhubungan sudah cukup.", "15 to 128 characters. A few unrelated words will do.")
	PasswordShort  = msg("Kata sandi harus terdiri atas sedikitnya 15 karakter.", "The password must have at least 15 characters.")
	PasswordLong   = msg("Kata sandi paling panjang 128 karakter.", "The password can have at most 128 characters.")
	PasswordText   = msg("Kata sandi memuat karakter yang tidak dapat dipakai.", "The password contains a character that cannot be used.")
	PasswordCommon = msg("Kata sandi hanya terdiri atas kata-kata yang umum. Pilih kata lain.", "The password consists of common words only. Choose other words.")
	EmailInvalid   = msg("Tulis alamat surel seperti nama@contoh.id.", "Write an e-mail address like name@example.org.")
)
