package i18n

// Outstanding items and what they wait for. Points come as text written by Lang.Points.
var (
	ItemsTitle       = msg("Butir yang belum selesai", "Outstanding items")
	ItemsSummary     = plural("%[1]s butir, %[2]s poin.", "%[1]s item, %[2]s points.", "%[1]s items, %[2]s points.")
	ItemsEmpty       = msg("Tidak ada butir yang belum selesai per %s.", "Nothing is outstanding as of %s.")
	ItemsCaption     = msg("Butir yang belum selesai, yang terbesar di atas", "Outstanding items, largest first")
	ItemsUnspecified = plural("%[1]s butir belum dirinci dan tidak dihitung dalam persentase.", "%[1]s item is not specified and counts in no percentage.", "%[1]s items are not specified and count in no percentage.")
	ItemsClosed      = msg("Butir yang sudah ditutup", "Closed items")
	ItemsFilter      = msg("Saring", "Filter")
	ItemsFilterArea  = msg("Bidang", "Area")
	ItemsFilterAll   = msg("Semua", "All")

	Item            = msg("Butir", "Item")
	ItemBlocker     = msg("Kendala", "Blocker")
	ItemRequest     = msg("Permintaan", "Request")
	ItemUnspecified = msg("Belum dirinci", "Not specified")
	ItemWaitsOn     = msg("Menunggu pihak", "Waits on")
	ItemWaitsSince  = msg("menunggu %s sejak %s", "waiting on %s since %s")
	ItemOpened      = msg("Dicatat", "Opened")
	ItemNoDue       = msg("tanpa tenggat", "no due date")
)

// Raising and closing a blocker.
var (
	BlockerRaise       = msg("Catat kendala", "Record a blocker")
	BlockerTitle       = msg("Kendala apa yang dihadapi", "What the blocker is")
	BlockerMilestone   = msg("Tonggak yang terhambat", "Blocked milestone")
	BlockerWaitsOn     = msg("Menunggu pihak", "Waits on")
	BlockerWaitsOnHint = msg("Sebutkan lembaga atau peran, bukan nama orang.", "Name an institution or a role, not a person.")
	BlockerDue         = msg("Diharapkan selesai paling lambat", "Expected to be resolved by")
	BlockerSave        = msg("Simpan kendala", "Save the blocker")
	BlockerClose       = msg("Tutup kendala", "Close the blocker")
	BlockerResolution  = msg("Bagaimana kendala diselesaikan", "How the blocker was resolved")
	BlockerAlreadyShut = msg("Kendala ini sudah ditutup.", "This blocker is closed already.")
)
