// Package access holds the rules about people and credentials: which roles there are and what each may do, what makes a
// password, a session token, an API token and an e-mail address acceptable, and how fast sign-ins may be tried.
//
// It is pure. It reads no clock, no database and no request: times are passed in, and what has to be stored comes back
// as values. Secrets leave it only once, as the return value of the function that made them; what is stored is a hash.
package access
