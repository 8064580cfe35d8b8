package i18n

// Lengths of time and distances between days; most callers want Lang.DaysLeft and Lang.Ago.
var (
	Days     = plural("%[1]s hari", "%[1]s day", "%[1]s days")
	Hours    = plural("%[1]s jam", "%[1]s hour", "%[1]s hours")
	Minutes  = plural("%[1]s menit", "%[1]s minute", "%[1]s minutes")
	JustNow  = msg("baru saja", "just now")
	DaysToGo = plural("%[1]s hari lagi", "%[1]s day left", "%[1]s days left")
	DaysPast = plural("lewat %[1]s hari", "%[1]s day past", "%[1]s days past")
	Today    = msg("hari ini", "today")

	// The Every texts say how often reports are promised.
	EveryDays  = plural("tiap %[1]s hari", "every %[1]s day", "every %[1]s days")
	EveryHours = plural("tiap %[1]s jam", "every %[1]s hour", "every %[1]s hours")
)

// As-of wording: which moment the figures on a page stand for.
var (
	AsOf          = msg("Data per %s", "As of %s")
	DataAge       = msg("umur data %s", "data age %s")
	AsKnownThen   = msg("Halaman ini menampilkan keadaan sebagaimana diketahui pada %s.", "This page shows the state as it was known at %s.")
	BackToNow     = msg("Kembali ke keadaan terkini", "Back to the present state")
	AsOfLabel     = msg("Lihat keadaan per tanggal", "View the state as of")
	AsOfShow      = msg("Tampilkan", "Show")
	AsOfPrevious  = msg("Tanggal sebelumnya", "Previous date")
	AsOfNext      = msg("Tanggal berikutnya", "Next date")
	DateNotStated = msg("tanggal tidak dicantumkan", "date not stated")
)

// The date stepper.
var (
	StepperNow     = msg("Keadaan terkini", "The present")
	StepperNowSays = msg("Halaman ini menampilkan keadaan terkini.", "This page shows the present state.")
	StepperToNow   = msg("Kini", "Now")
	StepperQuiet   = msg("Pada hari ini tidak ada yang dicatat; yang tampil adalah keadaan dari hari sebelumnya.", "Nothing was recorded on this day; the state is that of the day before.")
	StepperDays    = msg("Hari dengan catatan", "Days with entries")
	StepperEntries = plural("%[1]s catatan", "%[1]s entry", "%[1]s entries")
	StepperFirst   = msg("Tanggal pertama", "First date")
	StepperFirstOf = msg("%s, yang pertama", "%s, the first")
	StepperLastOf  = msg("%s, yang terakhir", "%s, the last")
)
