// Package pdf writes a program's summary on a sheet of A4. It takes the model that the page is made of and adds nothing to it, so the two
// cannot differ. The same model gives the same bytes.
package pdf
