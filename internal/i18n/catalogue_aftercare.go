package i18n

// The life of a program after its acceptance: duties, audits, and checks after a system changed.
var (
	AuditPeriodic = msg("Audit berkala %s", "Periodic audit of %s")
	AuditRecheck  = msg("Pemeriksaan setelah perubahan sistem, %s", "Check after a system change, %s")
	AuditOverdue  = msg("Audit terlambat", "Audit overdue")
)
