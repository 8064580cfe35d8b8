// Package i18n holds all words a user reads, in Indonesian and in English, and how numbers, days and times are written in
// both. It imports no other room, reads no clock and never uses the zone of the machine.
//
// A text is a Message, made from its two wordings, so that a missing translation does not compile:
//
//	var SaveButton = msg("Simpan", "Save")
//	var OpenItems = plural("%[1]s butir belum selesai", "%[1]s outstanding item", "%[1]s outstanding items")
//
//	lang.T(i18n.SaveButton)
//	lang.N(i18n.OpenItems, 3)
//
// To add texts, put such variables into catalogue_<noun>.go, named after what they say or where they stand; nothing has
// to be registered. A test reads every pair and insists on:
//   - both wordings there, with the same verbs: %s and %d only, %[n]s where the order differs, %% for a percent sign;
//   - numbers that can pass 999, dates and percentages are handed over as %s, already written by Lang.Int, Lang.Date …;
//   - in a plural the first argument is the count, already written by Lang.Int: %[1]s; further arguments follow as %[2]s …;
//   - no exclamation mark, no three dots for an ellipsis, no white space at the ends;
//   - no longer text that is the same in both languages, which would be a translation forgotten.
//
// Tone: formal and plain, no idioms; people are named by role; "Anda" in forms only. One word for one thing: kemajuan,
// tenggat, tonggak, butir, bobot, bidang, kendala; "%" is a share of a milestone or area, "poin" a point of the whole.
package i18n
