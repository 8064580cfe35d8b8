package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clearStale deals with what a killed dashboard leaves: a server of ours still
// running (it is stopped), or a postmaster.pid whose number now belongs to a
// stranger or to an unreaped corpse (it is removed, for PostgreSQL would take it
// for a rival). A number that nobody has, PostgreSQL sees through by itself.
//
// This is safe because the caller holds the folder's lock; and PostgreSQL still
// refuses to start while any backend is attached to the old shared memory.
func clearStale(ctx context.Context, cluster string, log *slog.Logger) error {
	file := filepath.Join(cluster, "postmaster.pid")
	pid, err := readPid(file)
	if err != nil || pid == 0 || !alive(pid) {
		return err
	}
	if !servesCluster(ctx, pid, cluster) {
		log.Info("removing a stale postmaster.pid", "process", pid)
		return os.Remove(file)
	}
	log.Info("stopping the server that an earlier dashboard left behind", "process", pid)
	return stopStranger(ctx, pid, cluster)
}

// readPid gives the process number in the file, or 0 if there is none.
func readPid(file string) (int, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 {
		return 0, nil // PostgreSQL says best what is wrong with it
	}
	return pid, nil
}

func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// servesCluster tells whether the process is a postgres started on the folder.
func servesCluster(ctx context.Context, pid int, cluster string) bool {
	if runtime.GOOS == "linux" {
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		return err == nil && slices.Contains(strings.Split(string(line), "\x00"), cluster)
	}
	line, err := exec.CommandContext(ctx, "ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(line), "-D "+cluster+" ")
}

func stopStranger(ctx context.Context, pid int, cluster string) error {
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for alive(pid) && servesCluster(ctx, pid, cluster) {
		select {
		case <-ctx.Done():
			return &Problem{
				What: fmt.Sprintf("the server that an earlier dashboard left behind (process %d) does not stop", pid),
				Hint: fmt.Sprintf("stop it with kill -QUIT %d and start again; committed data stay", pid),
				Err:  ctx.Err(),
			}
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}
