package demo

import (
	"fmt"

	"tenggat/internal/ledger"
)

// The case file has its names in both languages and the rest in English. These tables hold the Indonesian side, and what the
// file does not have at all: definitions of done and names of jobs. Both are invented, as the weights and plans are.

// wordsFor looks up words. A key without words is a mistake in the tables, not in the data.
func wordsFor[T any](table map[string]T, key string) (T, error) {
	words, ok := table[key]
	if !ok {
		return words, fmt.Errorf("no words for %q", key)
	}
	return words, nil
}

var definitionsOfDone = map[string]ledger.Text{
	"P1": {
		ID: "Seluruh pembayaran diproses pada sistem Tokopedia; selama tujuh hari berturut-turut tidak ada pembayaran yang diproses pada sistem TikTok.",
		EN: "Every payment is processed on Tokopedia's systems; for seven days in a row none was processed on TikTok's.",
	},
	"P2": {
		ID: "Setiap langkah dari memilih barang hingga check out dilayani back end Tokopedia; catatan lalu lintas tujuh hari tidak memuat panggilan transaksi ke back end TikTok.",
		EN: "Every step from choosing goods to checkout is served by Tokopedia's back end; seven days of traffic logs show no transaction call to TikTok's.",
	},
	"P3": {
		ID: "Pengembalian dana, rekonsiliasi harian, dan pencairan kepada penjual berjalan pada sistem Tokopedia; selisih rekonsiliasi selama tujuh hari berturut-turut nol.",
		EN: "Refunds, daily reconciliation and settlement to sellers run on Tokopedia's systems; the reconciliation difference was zero for seven days in a row.",
	},
	"P4": {
		ID: "Setiap faktur yang diterima pembeli dibuka dari domain Tokopedia, dan tautan faktur lama mengalihkan ke sana.",
		EN: "Every invoice a buyer receives opens from the Tokopedia domain, and old invoice links redirect there.",
	},
	"U1": {
		ID: "Data pengguna untuk transaksi disimpan pada basis data dan domain yang dikelola Tokopedia; akun sistem TikTok tidak dapat membacanya.",
		EN: "User data for transactions are kept in databases and domains run by Tokopedia; no account of TikTok's systems can read them.",
	},
	"U2": {
		ID: "Pemeriksaan jaringan dan API tidak menemukan sambungan antara sistem perdagangan (PMSE) dan sistem di luarnya, selain yang terdaftar dan diizinkan.",
		EN: "A check of networks and APIs finds no link between the e-commerce (PMSE) systems and systems outside it, other than those listed and permitted.",
	},
	"U3": {
		ID: "Auditor independen menyatakan secara tertulis bahwa data, domain, dan sistem terpisah, dan laporannya telah diserahkan kepada regulator.",
		EN: "An independent auditor states in writing that data, domains and systems are separated, and the report has been handed to the regulator.",
	},
	"M1": {
		ID: "Setiap penjual aktif mengelola tokonya melalui aplikasi yang dijalankan Tokopedia; tidak ada lagi penjual yang dilayani aplikasi lama.",
		EN: "Every active seller runs the shop through the app operated by Tokopedia; no seller is served by the old app any more.",
	},
	"M2": {
		ID: "Setiap keranjang kuning dan siaran langsung membuka toko Tokopedia, dan pembelian tidak dapat diselesaikan di luar toko itu.",
		EN: "Every yellow basket and live broadcast opens the Tokopedia shop, and a purchase cannot be completed outside it.",
	},
	"M3": {
		ID: "Semua layar yang dilihat pembeli memakai label Shop | Tokopedia; pemeriksaan layar tidak menemukan label TikTok Shop yang tersisa.",
		EN: "Every screen a buyer sees carries the label Shop | Tokopedia; a check of the screens finds no TikTok Shop label left.",
	},
}

var jobNames = map[string]ledger.Text{
	"job-payments":  {ID: "Integrasi pembayaran", EN: "Payments integration"},
	"job-user-data": {ID: "Integrasi data pengguna", EN: "User data integration"},
	"job-sellers":   {ID: "Integrasi penjual", EN: "Seller integration"},
}

var deadlineWords = map[string]ledger.Text{
	"D1": {ID: "3-4 bulan", EN: "3-4 months"},
	"D2": {ID: "masa uji coba 3 bulan, tersisa satu bulan", EN: "3-month trial, one month left"},
	"D3": {ID: "4 bulan, sampai April", EN: "4 months, until April"},
	"T1": {ID: "bulan depan", EN: "next month"},
	"T2": {ID: "paling lambat 1,5 bulan", EN: "at the latest 1.5 months"},
	"T3": {ID: "sebelum Lebaran", EN: "before Lebaran"},
}

var ownerWords = map[string]string{
	"payments engineer":  "teknisi pembayaran",
	"data engineer":      "teknisi data",
	"front-end engineer": "teknisi front end",
}

var itemResolved = ledger.Text{ID: "Tonggaknya dilaporkan selesai", EN: "Its milestone was reported complete"}

var subjectWords = map[string]string{
	"integration of TikTok and Tokopedia":        "integrasi TikTok dan Tokopedia",
	"system migration":                           "migrasi sistem",
	"changes of the TikTok Shop system":          "perubahan sistem TikTok Shop",
	"data integration of TikTok and TikTok Shop": "integrasi data TikTok dan TikTok Shop",
	"back-end migration":                         "migrasi back end",
	"provisions of the regulation met":           "ketentuan peraturan yang dipenuhi",
}

// statementWords are the statements in Indonesian: short paraphrases, like the file's English ones.
var statementWords = map[string]string{
	"st-000-1":  "Integrasi mencapai 75%",
	"st-000-2":  "Tinggal seperempat jalan lagi",
	"st-000-3":  "Diharapkan selesai bulan depan",
	"st-000-4":  "Seluruh pemrosesan pembayaran sudah di sistem Tokopedia",
	"st-000-5":  "Migrasi back end penjual masih berproses; peralihan ke aplikasi kelolaan Tokopedia mulai terlihat (parafrase di samping kutipannya)",
	"st-000-6":  "Boleh dipakai berbelanja selama integrasi; diberi 3 sampai 4 bulan",
	"st-000-7":  "Hampir terintegrasi penuh (judul redaksi)",
	"st-001-1":  "Migrasi hampir selesai; tidak merinci bagian yang rampung atau dampaknya bagi pelanggan",
	"st-001-2":  "Belanja, pembayaran, dan check out terpisah dari aplikasi TikTok, berjalan di back end Tokopedia",
	"st-001-3":  "Paling lambat 1,5 bulan, atau sesuai masa uji coba",
	"st-001-4":  "Hampir 90%",
	"st-001-5":  "Perubahan sistem tinggal 13%",
	"st-001-6":  "TikTok Shop dan Tokopedia sudah terpisah; pembayaran langsung ke Tokopedia",
	"st-001-7":  "Pemisahan back end tidak dilarang; dianggap patuh tanpa berpindah aplikasi",
	"st-001-8":  "Pemerintah terus memantau sisanya",
	"st-002-1":  "Front end dan back end pembayaran, data pengguna, dan lainnya seluruhnya dikelola Tokopedia",
	"st-002-2":  "Masih ada beberapa hal yang diselesaikan",
	"st-002-3":  "Integrasi data mencapai 87%",
	"st-002-4":  "4 bulan sejak Desember, sampai April (catatan redaksi tentang Kemendag)",
	"st-002-5":  "Tidak boleh ada interkoneksi; front end dan back end dipisahkan; aplikasi terpisah adalah salah satu bentuknya",
	"st-002-6":  "Sanksi administratif bertingkat oleh Ditjen PKTN bila masih melanggar setelah 4 bulan",
	"st-002-7":  "Sudah maju dan hampir selesai; belanja, pembayaran, dan check out terpisah dari back end TikTok",
	"st-002-8":  "Paling lambat 1,5 bulan dari sekarang",
	"st-002-9":  "Masih memastikan kesesuaian; tersisa sekitar seperempat",
	"st-002-10": "Seluruh transaksi sudah di Tokopedia (judul redaksi)",
	"st-003-1":  "Transaksi belum beralih; pengguna masih membeli di dalam TikTok (pengamatan redaksi)",
	"st-003-2":  "Keranjang kuning dan siaran langsung berjalan seperti sebelumnya",
	"st-003-3":  "TikTok etalase dan pemasaran, Tokopedia lokapasar dan transaksi; perlu waktu untuk membuktikannya",
	"st-003-4":  "Berpindah aplikasi tidak perlu dan tidak disarankan",
	"st-003-5":  "Dua back end dengan data, domain, dan sistem terpisah (penjelasan manajemen yang diteruskan artikel)",
	"st-003-6":  "Periksa kepatuhan dahulu, lalu awasi; operator harus membuktikan pemisahan",
	"st-003-7":  "Setelah lolos audit tidak perlu pemeriksaan bulanan, tetapi audit berkala dan saat sistem berubah, misalnya ada layanan baru",
	"st-003-8":  "TikTok dan Tokopedia belum memberi pernyataan sampai berita terbit",
	"st-004-1":  "Integrasi sistem lebih dari 70%",
	"st-004-2":  "Dua bulan sudah lebih dari 70%; yang terpenting back end-nya berbeda",
	"st-004-3":  "Migrasi back end tinggal sepertiga",
	"st-004-4":  "Masa uji coba 3 bulan; tersisa satu bulan (redaksi)",
	"st-004-5":  "Etalase tetap memakai logo TikTok sebagai tanda kemitraan",
	"st-004-6":  "Aplikasinya sama, back end berbeda, tidak terlihat di front end; kenyataannya sudah pindah",
	"st-004-7":  "3-4 bulan wajar; Indosat-Tri sampai setahun secara bertahap; SPBE bertahun-tahun",
	"st-004-8":  "KPPU telah mengenali kemungkinan masalah: pemusatan, perilaku, kebijakan pemerintah",
	"st-004-9":  "Penjual yang berpotensi dapat ditawari pembiayaan",
	"st-004-10": "Dengan membeli 70% saham, transaksi diizinkan melalui back end Tokopedia",
	"st-P-2":    "Memenuhi 87% peraturan, kurang 13",
	"st-P-3":    "Secara keseluruhan sudah pindah; diberitakan selesai (tafsir judul)",
	"st-P-4":    "Judul menyebut 100%; tautan faktur masih diperlukan (tafsir judul)",
	"st-P-5":    "Bobot pembayaran 60; data dan pembayaran masing-masing kurang 6; pedagang hampir 100; jumlah 87",
	"st-P-6":    "Pembayaran selesai 60% (bobot terbaca sebagai kemajuan)",
	"st-P-7":    "Hampir 90; pedagang 100; pembayaran belum selesai",
	"st-P-8":    "Selesai per 27 Maret; pada 2 April kementerian tidak lagi memberi masukan",
	"st-P-9":    "Masih melanggar; peraturan tidak mengenal masa peralihan",
}

// publicText are the words that the data of a public program lack.
type publicText struct {
	area, milestone, definition ledger.Text
	deadline                    map[int64]ledger.Text // by version
	layer                       string
}

var publicWords = map[string]publicText{
	TaxNumbers: {
		area:      ledger.Text{ID: "Wajib pajak orang pribadi", EN: "Individual taxpayers"},
		milestone: ledger.Text{ID: "NIK dipadankan dengan NPWP", EN: "Citizen numbers matched with tax numbers"},
		definition: ledger.Text{
			ID: "Setiap NIK yang wajib dipadankan telah padan dengan satu NPWP. Jumlah yang wajib dipadankan ikut bertambah.",
			EN: "Every citizen number that must be matched is matched with one tax number. How many must be matched grows as well.",
		},
		deadline: map[int64]ledger.Text{
			1: {ID: "sampai akhir 2023", EN: "until the end of 2023"},
			2: {ID: "diundur sampai akhir Juni 2024", EN: "postponed to the end of June 2024"},
		},
		layer: "back_end",
	},
	ChipCards: {
		area:      ledger.Text{ID: "Kartu ATM/debit", EN: "ATM/debit cards"},
		milestone: ledger.Text{ID: "Kartu memakai teknologi chip dan PIN", EN: "Cards use chip and PIN technology"},
		definition: ledger.Text{
			ID: "Setiap kartu ATM/debit yang beredar memakai chip standar nasional (NSICCS). Hanya persentase yang diumumkan.",
			EN: "Every ATM/debit card in circulation carries the national standard chip (NSICCS). Only a percentage is published.",
		},
		deadline: map[int64]ledger.Text{
			1: {ID: "awal 2016", EN: "the start of 2016"},
			2: {ID: "bertahap sampai akhir 2021", EN: "in steps until the end of 2021"},
		},
		layer: "both",
	},
}

// noLaterFigure keeps a page from reading the end of the data as the end of the work.
func noLaterFigure(last string) ledger.Text {
	return ledger.Text{
		ID: "Angka setelah " + last + " tidak ada pada data contoh",
		EN: "The demo data have no figure after " + last,
	}
}

// ladderBasis is the rule that the sanctions ladder is read from.
const ladderBasis = "Permendag 31/2023 Pasal 50 ayat (2)"

// ladderNotes are the case file's notes on steps of the ladder in both languages.
var ladderNotes = map[string]ledger.Text{
	"at most 3, 14 calendar days counted from the previous letter": {
		ID: "paling banyak 3 kali, masing-masing 14 hari kalender sejak surat sebelumnya", EN: "at most 3, 14 calendar days counted from the previous letter",
	},
	"by the competent agency": {ID: "oleh instansi yang berwenang", EN: "by the competent agency"},
}
