//go:build !linux

package pgserver

import "syscall"

// childAttributes puts a child in a process group of its own, so that Ctrl-C in
// the terminal reaches only the dashboard. A server that outlives its dashboard
// is stopped by the next start.
func childAttributes(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Credential: cred}
}
