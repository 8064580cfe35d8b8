package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What Linux tells about processes. Nowhere else can a run be measured.

// postmaster is the process id of the site's PostgreSQL.
func (s *site) postmaster() (int, error) {
	text, err := os.ReadFile(filepath.Join(s.data, "postgres", "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(strings.TrimSpace(first))
}

// childrenOf lists a process's children.
func childrenOf(pid int) (children []int, err error) {
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return nil, err
	}
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			return nil, err
		}
		for _, word := range strings.Fields(string(text)) {
			child, err := strconv.Atoi(word)
			if err != nil {
				return nil, err
			}
			children = append(children, child)
		}
	}
	return children, nil
}

// readers lists the backends that serve pages: those of the reading login.
func (s *site) readers(login string) (backends []int, err error) {
	postmaster, err := s.postmaster()
	if err != nil {
		return nil, err
	}
	children, err := childrenOf(postmaster)
	if err != nil {
		return nil, err
	}
	for _, pid := range children {
		title, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if err == nil && bytes.Contains(title, []byte(login)) {
			backends = append(backends, pid)
		}
	}
	return backends, nil
}

// cpuOf is the processor time that processes have used since they began, all threads that still run.
func cpuOf(pids ...int) (used time.Duration, err error) {
	for _, pid := range pids {
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
		if err != nil {
			return 0, err
		}
		for _, task := range tasks {
			text, err := os.ReadFile(task)
			if err != nil {
				return 0, err
			}
			first, _, _ := strings.Cut(string(text), " ")
			nanoseconds, err := strconv.ParseInt(first, 10, 64)
			if err != nil {
				return 0, err
			}
			used += time.Duration(nanoseconds)
		}
	}
	return used, nil
}

// memoryOf is a figure of /proc/PID/status in MiB: VmRSS (resident now) or VmHWM (the most it ever was).
func memoryOf(pid int, name string) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, name+":"); found {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("/proc/%d/status has no %s", pid, name)
}
