package i18n

// Feeds for calendars and news readers.
var (
	FeedsTitle     = msg("Kalender dan kabar", "Calendar and news")
	FeedsLead      = msg("Alamat untuk dilanggan pada aplikasi kalender dan pembaca kabar.", "Addresses to subscribe to in a calendar and in a news reader.")
	FeedsWhat      = msg("Kalender memuat tenggat, rencana tonggak, dan audit. Kabar memuat angka setiap hari yang berubah serta tindakan yang dicatat.", "The calendar holds deadlines, planned dates of milestones and audits. The news hold the figure of each day on which it changed, and the acts on record.")
	FeedsSecret    = msg("Aplikasi itu tidak dapat masuk, sehingga alamatnya memuat kunci rahasia. Siapa pun yang memegangnya dapat membaca isinya dengan hak akun Anda, sampai Anda menggantinya atau mencabutnya.", "Such programs cannot sign in, so the address carries a secret. Whoever holds it reads what is in it with your account’s rights, until you replace or revoke it.")
	FeedsNone      = msg("Anda belum mempunyai alamat untuk program ini.", "You have no address for this program yet.")
	FeedsMade      = msg("Alamat Anda dibuat %[1]s. Terakhir diambil: %[2]s.", "Your address was made %[1]s. Last fetched: %[2]s.")
	FeedsNever     = msg("belum pernah", "never")
	FeedsMake      = msg("Buat alamat", "Make the addresses")
	FeedsRenew     = msg("Ganti alamat", "Replace the addresses")
	FeedsRenewNote = msg("Alamat yang lama berhenti seketika.", "The old ones stop at once.")
	FeedsRevoke    = msg("Cabut alamat", "Revoke the addresses")
	FeedsOnce      = msg("Salin sekarang: alamat ini tidak dapat ditampilkan lagi.", "Copy them now: these addresses cannot be shown again.")
	FeedsCalendar  = msg("Kalender (iCalendar)", "Calendar (iCalendar)")
	FeedsNews      = msg("Kabar (Atom)", "News (Atom)")
	FeedsLink      = msg("Kalender dan kabar untuk dilanggan", "Calendar and news to subscribe to")
	NoticeRevokedF = msg("Alamat dicabut.", "The addresses are revoked.")

	CalendarDeadline  = msg("Tenggat: %[1]s (%[2]s)", "Deadline: %[1]s (%[2]s)")
	CalendarExpected  = msg("Perkiraan selesai yang dinyatakan: %[1]s (%[2]s)", "Stated completion date: %[1]s (%[2]s)")
	CalendarMilestone = msg("Rencana selesai: %[1]s (%[2]s)", "Planned to be done: %[1]s (%[2]s)")
	CalendarAudit     = msg("Tenggat %[1]s (%[2]s)", "%[1]s due (%[2]s)")
	CalendarEndsAt    = msg("Berakhir pukul 24.00, %s.", "Ends at 24:00, %s.")
	NewsDay           = msg("%[1]s: %[2]s", "%[1]s: %[2]s")
	NewsChange        = msg("Berubah %s poin.", "Changed by %s points.")
)
