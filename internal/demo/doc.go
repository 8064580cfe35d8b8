// Package demo fills an empty database with programs to look at, and lets one of them move.
//
// The replay is a real case: the supervised migration of TikTok Shop to Tokopedia, as public reporting told it, recorded through
// the ledger's own append path on its own dates. Two more programs rest on published figures, and a fourth is invented and has
// dates around today; the Simulator plays its integration jobs, which report over HTTP like any other sender. What is invented
// carries that provenance, so that pages can say so.
package demo
