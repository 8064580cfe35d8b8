package pgserver

// Problem is a failure that a person can do something about: what is wrong,
// what to do, and the cause where there is one.
type Problem struct {
	What string // one sentence, without a full stop
	Hint string // what to do about it; never empty
	Err  error  // the cause, or nil
}

// Error gives the problem, its cause and the hint on one line, fit for a log.
func (p *Problem) Error() string {
	text := p.What
	if p.Err != nil {
		text += ": " + p.Err.Error()
	}
	return text + " (" + p.Hint + ")"
}

// Unwrap gives the cause to errors.Is and errors.As.
func (p *Problem) Unwrap() error { return p.Err }

// useOwnDatabase ends most hints: whatever is wrong with the private server,
// the dashboard runs on any other one.
const useOwnDatabase = "or set DATABASE_URL to a PostgreSQL 15 or later of your own"
