// Package tables holds what Tenggat shows in tables as data, and writes it as CSV, JSON and XLSX.
//
// A page and its exports are made from the same assessment; a table here has the numbers themselves where the page has them in words.
// Points and shares are exact, dates are ISO, and nothing a person wrote can become a formula.
package tables
