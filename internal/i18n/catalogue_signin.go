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
	SignInDemo     = msg("Akun contoh", "Demo accounts")
	SignInDemoHint = msg("Akun berikut hanya ada dalam data contoh.", "These accounts exist in the demo data only.")
	SessionEnded   = msg("Sesi berakhir. Masuk kembali untuk melanjutkan.", "The session has ended. Sign in again to continue.")
	SessionKept    = msg("Sesi berakhir; isian Anda disimpan.", "The session has ended; your input is kept.")
)
