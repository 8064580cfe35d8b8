package i18n

// Pages that bring themselves up to date. %s are figures and times, already written; {from}, {to} and {at} are put in by the page's
// script.
var (
	LiveLabel     = msg("Pembaruan halaman", "Page updates")
	LiveRecorded  = msg("Data terakhir dicatat %s.", "Latest data recorded %s.")
	LiveNothing   = msg("Belum ada data yang dicatat.", "No data recorded yet.")
	LiveReload    = msg("Muat ulang", "Reload")
	LiveOn        = msg("Diperbarui sendiri.", "Updates by itself.")
	LivePause     = msg("Jeda", "Pause")
	LiveResume    = msg("Lanjutkan", "Resume")
	LivePaused    = msg("Pembaruan dijeda.", "Updates are paused.")
	LiveNew       = msg("Data baru: {from} → {to} pukul {at}.", "New data: {from} → {to} at {at}.")
	LiveSame      = msg("Data baru pukul {at}; tetap {to}.", "New data at {at}; still {to}.")
	LiveNewHere   = msg("Data baru pukul {at}.", "New data at {at}.")
	LiveShow      = msg("Tampilkan", "Show")
	LiveLost      = msg("Tidak tersambung; halaman ini menunjukkan keadaan pukul {at}.", "Not connected; this page shows the state at {at}.")
	LiveSignedOut = msg("Sesi berakhir; halaman ini tidak diperbarui lagi.", "The session has ended; this page is no longer updated.")
	LiveGone      = msg("Halaman ini tidak dapat dibuka lagi.", "This page can no longer be opened.")
)
