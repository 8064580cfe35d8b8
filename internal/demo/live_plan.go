package demo

import "tenggat/internal/ledger"

// Everything in this file is invented.

var liveName = ledger.Text{ID: "Migrasi contoh yang sedang berjalan", EN: "Example migration in progress"}

const liveRegulator = "Otoritas Contoh"

var liveAreas = []ledger.Area{
	{Key: "P", Name: ledger.Text{ID: "Pembayaran", EN: "Payments"}},
	{Key: "U", Name: ledger.Text{ID: "Data pengguna", EN: "User data"}},
	{Key: "M", Name: ledger.Text{ID: "Pedagang (merchant)", EN: "Merchants"}},
}

// The live program's integration jobs.
const (
	jobWallets    = "wallets"
	jobSettlement = "settlement"
	jobUsers      = "users"
	jobMerchants  = "merchants"
)

var liveJobs = []ledger.Job{
	{Key: jobWallets, Name: ledger.Text{ID: "Pemindahan dompet dan kartu", EN: "Wallets and cards"}},
	{Key: jobSettlement, Name: ledger.Text{ID: "Rekonsiliasi dan pencairan", EN: "Reconciliation and settlement"}},
	{Key: jobUsers, Name: ledger.Text{ID: "Pemindahan data pengguna", EN: "User data transfer"}},
	{Key: jobMerchants, Name: ledger.Text{ID: "Pemindahan toko", EN: "Shop transfer"}},
}

// liveMilestones: the weights add up to 10,000; with the second weight set the program stands at about 60 % when it is loaded.
var liveMilestones = []liveMilestone{
	{
		key: "P1", area: "P", unit: "records", layer: "back_end", weight: 2000, start: 0, due: 90, total: 4_200_000, done: 2_856_000, job: jobWallets,
		name: ledger.Text{ID: "Saldo dompet dipindahkan", EN: "Wallet balances moved"},
		definition: ledger.Text{
			ID: "Setiap dompet aktif ada di sistem baru dengan saldo yang sama, dan dompet lamanya ditutup.",
			EN: "Every active wallet exists in the new system with the same balance, and the old one is closed.",
		},
	},
	{
		key: "P2", area: "P", unit: "records", layer: "back_end", weight: 1200, start: 0, due: 56, total: 1_850_000, done: 1_850_000, finished: 55, job: jobWallets,
		name: ledger.Text{ID: "Kartu tersimpan ditokenkan ulang", EN: "Stored cards tokenised anew"},
		definition: ledger.Text{
			ID: "Setiap kartu tersimpan memiliki token baru, dan token lama tidak lagi diterima.",
			EN: "Every stored card has a new token, and the old tokens are no longer accepted.",
		},
	},
	{
		key: "P3", area: "P", unit: "checks", layer: "back_end", weight: 1300, start: 10, due: 92, total: 420, done: 231, job: jobSettlement,
		name: ledger.Text{ID: "Rekonsiliasi dan pencairan cocok", EN: "Reconciliation and settlement agree"},
		definition: ledger.Text{
			ID: "Semua pemeriksaan rekonsiliasi antara sistem lama dan baru lulus tanpa selisih.",
			EN: "All reconciliation checks between the old and the new system pass without a difference.",
		},
	},
	{
		key: "U1", area: "U", unit: "records", layer: "back_end", weight: 1500, start: 0, due: 85, total: 9_600_000, done: 7_200_000, job: jobUsers,
		name: ledger.Text{ID: "Profil pengguna dipindahkan", EN: "User profiles moved"},
		definition: ledger.Text{
			ID: "Setiap profil pengguna aktif ada di sistem baru dan lulus pemeriksaan kelengkapan.",
			EN: "Every active user profile exists in the new system and passes the completeness check.",
		},
	},
	{
		key: "U2", area: "U", unit: "records", layer: "both", weight: 900, start: 20, due: 98, total: 6_300_000, firstTotal: 5_400_000, done: 2_520_000, job: jobUsers,
		name: ledger.Text{ID: "Persetujuan data dimintakan ulang", EN: "Data consents obtained anew"},
		definition: ledger.Text{
			ID: "Setiap pengguna aktif telah menjawab permintaan persetujuan yang baru.",
			EN: "Every active user has answered the new request for consent.",
		},
	},
	{
		key: "U3", area: "U", unit: "checks", layer: "back_end", weight: 600, start: 15, due: 95, total: 64, done: 32,
		name: ledger.Text{ID: "Sambungan ke sistem lama diputus", EN: "Links to the old system cut"},
		definition: ledger.Text{
			ID: "Setiap sambungan pada daftar telah diputus, dan pemeriksaan jaringan tidak menemukan yang lain.",
			EN: "Every link on the list is cut, and a network check finds no other.",
		},
	},
	{
		key: "M1", area: "M", unit: "merchants", layer: "back_end", weight: 1700, start: 5, due: 93, total: 38_500, done: 19_250, job: jobMerchants,
		name: ledger.Text{ID: "Toko dipindahkan ke aplikasi baru", EN: "Shops moved to the new app"},
		definition: ledger.Text{
			ID: "Setiap toko aktif dikelola melalui aplikasi baru dan telah menerima satu pencairan melaluinya.",
			EN: "Every active shop is run through the new app and has received one settlement through it.",
		},
	},
	{
		key: "M2", area: "M", unit: "checks", layer: "front_end", weight: 800, start: 30, due: 96, total: 120, done: 42,
		name: ledger.Text{ID: "Label dan tampilan toko diganti", EN: "Shop labels and display replaced"},
		definition: ledger.Text{
			ID: "Setiap layar pada daftar memakai label baru, diperiksa oleh orang kedua.",
			EN: "Every screen on the list carries the new label, checked by a second person.",
		},
	},
}

var liveGrownDefinition = ledger.Text{
	ID: "Setiap pengguna aktif, termasuk akun usaha, telah menjawab permintaan persetujuan yang baru.",
	EN: "Every active user, business accounts included, has answered the new request for consent.",
}

var liveCorrection = ledger.Text{
	ID: "Satu batch dompet terhitung dua kali sejak tiga hari lalu",
	EN: "One batch of wallets was counted twice for the last three days",
}

var liveBlockers = []struct {
	key, milestone string
	waitsOn        ledger.Text
	day, due       int
	title          ledger.Text
}{
	{
		key: "B1", milestone: "P3", waitsOn: ledger.Text{ID: "Bank mitra", EN: "Partner bank"}, day: firstBlockerOn, due: liveToday + 5,
		title: ledger.Text{ID: "Berkas rekonsiliasi bank mitra tidak lengkap", EN: "The partner bank's reconciliation file is incomplete"},
	},
	{
		key: "B2", milestone: "M2", waitsOn: ledger.Text{ID: liveRegulator, EN: liveRegulator}, day: nextBlockerOn, due: liveToday + 12,
		title: ledger.Text{ID: "Menunggu persetujuan rancangan label", EN: "Waiting for approval of the label design"},
	},
}

var liveDuties = []ledger.Duty{
	{Key: "L1", Text: ledger.Text{ID: "Tidak ada sambungan antara sistem lama dan sistem baru", EN: "No link between the old and the new system"}, Article: "Pasal 1", Provenance: "invented"},
	{Key: "L2", Text: ledger.Text{ID: "Sistem pembayaran terpisah sepenuhnya", EN: "Payment systems separated in full"}, Article: "Pasal 2", Provenance: "invented"},
}

// liveServes are the duties that an area's milestones serve.
var liveServes = map[string][]string{"P": {"L2"}, "U": {"L1"}}

var liveLadder = ledger.Ladder{LegalBasis: "Ketentuan Contoh 1 Pasal 9", Provenance: "invented", Steps: []ledger.LadderStep{
	{Number: 1, Name: ledger.Text{ID: "peringatan tertulis", EN: "written warning"}},
	{Number: 2, Name: ledger.Text{ID: "penghentian sementara", EN: "suspension"}},
}}

var liveProposal = ledger.Text{
	ID: "Sebagian jawaban berasal dari akun yang sudah ditutup.", EN: "Some of the answers came from accounts that are closed.",
}

var liveNote = ledger.Text{
	ID: "Angka mencakup sistem yang dipindahkan. Pelatihan pedagang tidak termasuk.", EN: "The figures cover the systems that are moved. Training of merchants is not included.",
}
