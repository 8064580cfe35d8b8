package i18n

// The list of milestones and the page of one.
var (
	MilestonesTitle   = msg("Tonggak", "Milestones")
	MilestonesCaption = msg("Tonggak dengan bobot, kemajuan, rencana, dan keadaan", "Milestones with weight, progress, plan and state")
	MilestonesEmpty   = msg("Belum ada tonggak yang dicatat per %s.", "No milestone is on record as of %s.")

	MilestoneDefinition  = msg("Definisi selesai", "Definition of done")
	MilestoneLayer       = msg("Lapisan sistem", "System layer")
	MilestoneFailed      = msg("%s gagal", "%s failed")
	MilestoneSkipped     = msg("%s dilewati", "%s skipped")
	MilestoneCadence     = msg("Frekuensi laporan", "Reporting cadence")
	MilestoneNoReport    = msg("Belum ada laporan untuk tonggak ini.", "There is no report for this milestone yet.")
	MilestoneHistory     = msg("Riwayat", "History")
	MilestoneHistoryHint = msg("Setiap perubahan adalah catatan baru. Catatan lama tidak pernah diubah atau dihapus.", "Every change is a new entry. Old entries are never altered or deleted.")
	MilestoneHistoryCap  = msg("Laporan dan koreksi, yang terbaru di atas", "Reports and corrections, newest first")
	MilestoneUpdate      = msg("Perbarui kemajuan", "Update progress")
	MilestoneReport      = msg("Laporan", "Report")
	MilestoneCorrection  = msg("Koreksi", "Correction")
	MilestoneByJob       = msg("pekerjaan integrasi %s", "integration job %s")
	MilestoneByPerson    = msg("formulir", "form")
	MilestoneImported    = msg("diimpor", "imported")
)

// The engineer's form.
var (
	UpdateTitle       = msg("Perbarui %s", "Update %s")
	UpdateCurrent     = msg("Nilai terakhir %s, diamati %s", "Last value %s, observed %s")
	UpdateDone        = msg("Jumlah selesai (%s)", "Number done (%s)")
	UpdateTotal       = msg("Jumlah seluruhnya (%s)", "Total number (%s)")
	UpdatePercent     = msg("Kemajuan (%%)", "Progress (%%)")
	UpdatePercentHint = msg("Bilangan bulat dari 0 sampai 100.", "A whole number from 0 to 100.")
	UpdateCountHint   = msg("Bilangan bulat tanpa tanda titik atau koma.", "A whole number without dots or commas.")
	UpdateNote        = msg("Catatan", "Note")
	UpdateSave        = msg("Simpan", "Save")
	UpdateCancel      = msg("Batal", "Cancel")
	UpdateSaved       = msg("Tersimpan %[1]s. Kemajuan %[2]s: %[3]s menjadi %[4]s.", "Saved %[1]s. Progress of %[2]s: %[3]s to %[4]s.")
	UpdateUnchanged   = msg("Tersimpan %s. Nilai tetap %s.", "Saved %s. The value stays %s.")

	ConflictTitle  = msg("Data sudah diubah", "The data have changed")
	ConflictTheirs = msg("Tersimpan sekarang", "Saved now")
	ConflictYours  = msg("Isian Anda", "Your input")
	ConflictKeep   = msg("Biarkan nilai yang tersimpan", "Keep the saved value")
	ConflictUse    = msg("Simpan isian Anda", "Save your input")
)
