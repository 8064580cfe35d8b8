package i18n

// The engineer's list of what waits for news.
var (
	UpdatesTitle     = msg("Pembaruan", "Updates")
	UpdatesSummary   = plural("%s tonggak terbuka; yang paling menunggu kabar di atas.", "%s open milestone.", "%s open milestones; those that wait most for news come first.")
	UpdatesSaved     = msg("Tersimpan. %[1]s kini %[2]s, diamati %[3]s.", "Saved. %[1]s is now %[2]s, observed %[3]s.")
	UpdatesEmpty     = msg("Tidak ada tonggak terbuka. Tidak ada yang perlu diperbarui.", "No milestone is open. There is nothing to update.")
	UpdatesNone      = msg("Akun ini belum menjadi anggota program mana pun. Minta administrator untuk menambahkannya.", "This account is not a member of any program yet. Ask an administrator to add it.")
	UpdatesHint      = msg("Nilai yang sama pun boleh disimpan: itu berarti masih berjalan tanpa perubahan.", "Saving the same value is fine: it says that work goes on without a change.")
	UpdatesNew       = msg("Nilai baru untuk %s", "New value of %s")
	UpdatesTotal     = msg("Jumlah seluruhnya untuk %s", "Total of %s")
	UpdatesMore      = msg("Catatan atau koreksi", "Note or correction")
	UpdatesOf        = msg("dari %s %s", "of %s %s")
	UpdatesOfAll     = msg("dari", "of")
	UpdatesDue       = msg("rencana %s", "planned %s")
	UpdatesDueBefore = msg("rencana %s, %s", "planned %s, %s")

	UpdateSaveNext    = msg("Simpan dan berikutnya", "Save and next")
	UpdateBlocked     = msg("Ada kendala?", "Something in the way?")
	UpdateBlockedHint = msg("Disimpan bersama kemajuan. Isi keduanya, atau biarkan keduanya kosong.", "Saved together with the progress. Fill in both, or leave both empty.")
)
