package i18n

// The help page: who may do what.
var (
	HelpRoles        = msg("Siapa boleh apa", "Who may do what")
	HelpRolesCaption = msg("Peran, yang dapat dibaca, dan yang dapat dicatat", "Roles, what they read and what they record")
	HelpRole         = msg("Peran", "Role")
	HelpReads        = msg("Membaca", "Reads")
	HelpWrites       = msg("Mencatat", "Records")
	HelpNothing      = msg("tidak ada", "nothing")

	HelpReadsPrograms = msg("program yang dibuka untuk akunnya", "the programs that are open to the account")
	HelpReadsAll      = msg("programnya, beserta bukti, buku catatan, ekspor, dan verifikasi", "its programs, with evidence, ledger, exports and verification")
	HelpReadsAdmin    = msg("akun dan token, bukan program", "accounts and tokens, not programs")

	HelpWritesEngineer   = msg("laporan, koreksi, kendala, dan bukti", "reports, corrections, blockers and evidence")
	HelpWritesCompliance = msg("bobot, cakupan, tenggat, pernyataan, telaah bukti, penerimaan, langkah sanksi, dan laporan untuk regulator", "weights, scope, deadlines, statements, reviews of evidence, acceptance, sanction steps and reports for the regulator")
	HelpWritesAdmin      = msg("akun dan token", "accounts and tokens")
	HelpWritesJob        = msg("laporan untuk tonggak yang disebut tokennya", "reports for the milestones that its token names")
	HelpReadsJob         = msg("tonggak yang disebut tokennya", "the milestones that its token names")
)
