package pgserver

import "syscall"

// childAttributes puts a child in a process group of its own, so that Ctrl-C in
// the terminal reaches only the dashboard, and has the kernel send it SIGINT (a
// clean, fast shutdown) should the dashboard die without stopping it.
func childAttributes(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT, Credential: cred}
}
