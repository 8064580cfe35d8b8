package i18n

// The frame of every page.
var (
	ProductName    = msg("Tenggat", "Tenggat")
	ProductPurpose = msg("Pemantauan migrasi sistem yang diawasi regulator", "Watching system migrations under a regulator’s supervision")
	SkipToContent  = msg("Langsung ke isi halaman", "Skip to content")
	MainNavigation = msg("Navigasi utama", "Main navigation")
	ProgramPages   = msg("Halaman program", "Pages of the program")
	Footer         = msg("Keterangan dan bantuan", "Information and help")
	LanguageLabel  = msg("Bahasa", "Language")
	ThemeLabel     = msg("Tampilan", "Appearance")
	ThemeAuto      = msg("Ikut perangkat", "As the device")
	ThemeLight     = msg("Terang", "Light")
	ThemeDark      = msg("Gelap", "Dark")
	// MenuAt names the page that is open on the menu of a program's pages.
	MenuAt       = msg("Menu: %s", "Menu: %s")
	ReadOnlyMark = msg("hanya baca", "read only")
)

// Navigation.
var (
	NavPrograms    = msg("Program", "Programs")
	NavOverview    = msg("Ringkasan", "Overview")
	NavTimeline    = msg("Garis waktu", "Timeline")
	NavMilestones  = msg("Tonggak", "Milestones")
	NavOutstanding = msg("Butir yang belum selesai", "Outstanding items")
	NavStatements  = msg("Register pernyataan", "Statements")
	NavMethod      = msg("Cara angka dihitung", "How it is computed")
	NavSignOut     = msg("Keluar", "Sign out")
	NavHelp        = msg("Bantuan", "Help")
	// NavAccessibility leads to what is known of the pages' accessibility.
	NavAccessibility = msg("Aksesibilitas", "Accessibility")
)

// Words that many tables and sentences share.
var (
	Program    = msg("Program", "Program")
	Area       = msg("Bidang", "Area")
	Milestone  = msg("Tonggak", "Milestone")
	Progress   = msg("Kemajuan", "Progress")
	Weight     = msg("Bobot", "Weight")
	Plan       = msg("Rencana", "Plan")
	Deviation  = msg("Deviasi", "Deviation")
	Deadline   = msg("Tenggat", "Deadline")
	State      = msg("Keadaan", "State")
	Verdict    = msg("Penilaian", "Verdict")
	Reason     = msg("Alasan", "Reason")
	Source     = msg("Sumber", "Source")
	Date       = msg("Tanggal", "Date")
	Time       = msg("Waktu", "Time")
	Value      = msg("Nilai", "Value")
	Change     = msg("Perubahan", "Change")
	By         = msg("Oleh", "By")
	Total      = msg("Jumlah", "Total")
	Age        = msg("Umur", "Age")
	Done       = msg("Selesai", "Done")
	Left       = msg("Sisa", "Left")
	Failed     = msg("Gagal", "Failed")
	Skipped    = msg("Dilewati", "Skipped")
	Unit       = msg("Satuan", "Unit")
	Due        = msg("Tenggat butir", "Due")
	Evidence   = msg("Bukti dukung", "Supporting evidence")
	Regulator  = msg("Regulator", "Regulator")
	LegalBasis = msg("Dasar hukum", "Legal basis")
	Operators  = msg("Penyelenggara", "Operators")
	None       = msg("tidak ada", "none")
	TextErased = msg("(teks telah dihapus)", "(text erased)")
	NotStated  = msg("tidak dicantumkan", "not stated")
	Details    = msg("Rincian", "Details")
	AllRows    = msg("Tampilkan semua", "Show all")
	DataTable  = msg("Tabel data", "Data table")
	HowToRead  = msg("Cara membaca", "How to read this")
	Explain    = msg("Lihat hitungannya", "See the computation")
)

// Columns whose heading must say which unit stands below: a share of the thing itself, or points of the whole program.
var (
	ColumnWeightPoints = msg("Bobot (poin)", "Weight (points)")
	ColumnLeftPoints   = msg("Sisa (poin)", "Left (points)")
)

// Points of the whole; the count is written by Lang.Points, so it comes as text.
var (
	PointsOfWhole = msg("%s poin", "%s points")
	PointsExplain = msg("Poin adalah bagian dari keseluruhan program, yang berjumlah 100 poin.", "Points are shares of the whole program, which adds up to 100 points.")
	CountOf       = msg("%s dari %s %s", "%s of %s %s")
)

// Units in which milestones are counted.
var (
	UnitRecords   = msg("rekaman", "records")
	UnitMerchants = msg("pedagang", "merchants")
	UnitChecks    = msg("pemeriksaan", "checks")
	UnitPercent   = msg("persen", "percent")
)

// Layers of a system that a milestone is about.
var (
	LayerFrontEnd = msg("antarmuka depan", "front end")
	LayerBackEnd  = msg("sistem belakang", "back end")
	LayerBoth     = msg("antarmuka depan dan sistem belakang", "front end and back end")
)

// Roles of people, and the integration job.
var (
	RoleExecutive  = msg("Eksekutif", "Executive")
	RoleRegulator  = msg("Regulator", "Regulator")
	RoleEngineer   = msg("Rekayasawan", "Engineer")
	RoleCompliance = msg("Petugas kepatuhan", "Compliance officer")
	RoleAdmin      = msg("Admin", "Admin")
	RoleJob        = msg("Pekerjaan integrasi", "Integration job")
)

// Demonstration data and where a value comes from.
var (
	DemoMark           = msg("Data contoh", "Demo data")
	DemoReplay         = msg("Program ini memutar ulang kasus nyata. Angka keseluruhan berasal dari pemberitaan; pembagian per tonggak adalah data contoh.", "This program replays a real case. Overall figures come from press reports; the split by milestone is demo data.")
	DemoLive           = msg("Program ini seluruhnya data contoh. Laporannya dikirim oleh pekerjaan integrasi simulasi.", "This program is demo data throughout. Its reports are sent by simulated integration jobs.")
	DemoPublic         = msg("Program ini memakai angka yang pernah dipublikasikan; hal yang ditambahkan ditandai sebagai data contoh.", "This program uses published figures; anything added is marked as demo data.")
	DemoStep           = msg("Putar ulang per tanggal", "Replay by date")
	ProvenanceArticle  = msg("dari pemberitaan", "from press reports")
	ProvenancePublic   = msg("dari sumber publik lain", "from other public sources")
	ProvenanceDerived  = msg("dihitung dari nilai yang dinyatakan", "computed from stated values")
	ProvenanceInvented = msg("data contoh", "demo data")
)

// What the help page says of accessibility.
var (
	AccessStandard = msg("Semua halaman dibuat menurut WCAG 2.2 tingkat AA dan diperiksa secara otomatis pada setiap perubahan, dalam kedua bahasa, terang dan gelap, pada lebar 320 dan 1280 piksel.", "Every page is made to WCAG 2.2 level AA and checked automatically at every change, in both languages, light and dark, 320 and 1280 pixels wide.")
	AccessKeyboard = msg("Semua tugas dapat dikerjakan dengan papan ketik saja dan tanpa skrip. Tabel yang lebar dapat digulir dengan tombol panah.", "Every task can be done by keyboard alone and without script. Wide tables scroll with the arrow keys.")
	AccessCharts   = msg("Setiap grafik mempunyai kalimat dan tabel data dengan angka yang sama. Warna tidak pernah menjadi satu-satunya penanda.", "Every chart has a sentence and a data table with the same numbers. Colour is never the only cue.")
	AccessLooks    = msg("Tampilan terang atau gelap dipilih di kaki halaman; warna paksa perangkat, pengurangan gerak, dan pembesaran empat kali didukung. Cetakan selalu terang.", "Light or dark is chosen at the foot of the page; the device’s forced colours, reduced motion and fourfold zoom are supported. Print is always light.")
	AccessLimits   = msg("Yang belum dikerjakan: pemeriksaan oleh pengguna pembaca layar di luar tim pembuat.", "Not yet done: a review by screen-reader users outside the team that makes it.")
)
