package main

import (
	"fmt"
	"syscall"
	"time"
)

// killServer kills the dashboard; its PostgreSQL is then ended by the kernel's signal.
func (s *site) killServer() error {
	s.dash.kill()
	s.dropStore()
	return nil
}

// killPostgres kills PostgreSQL with all its children; the dashboard then ends by itself.
func (s *site) killPostgres() error {
	if err := s.killPostgresProcesses(); err != nil {
		return err
	}
	select {
	case <-s.dash.ended:
	case <-time.After(patience):
		return fmt.Errorf("the dashboard still ran %s after its PostgreSQL was killed", patience)
	}
	s.dropStore()
	return nil
}

// dropStore closes the store; that its connections are broken is no news.
func (s *site) dropStore() { _ = s.store.Close() }

// killBoth kills everything there is.
func (s *site) killBoth() error {
	if err := s.killPostgresProcesses(); err != nil {
		return err
	}
	return s.killServer()
}

func (s *site) killPostgresProcesses() error {
	postmaster, err := s.postmaster()
	if err != nil {
		return err
	}
	children, err := childrenOf(postmaster)
	if err != nil {
		return err
	}
	for _, pid := range append([]int{postmaster}, children...) {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
			return err
		}
	}
	return nil
}
