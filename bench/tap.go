package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"sync/atomic"
)

// tap stands between a program and PostgreSQL's socket and counts the statements that pass.
type tap struct {
	dir        string // folder of its own socket
	upstream   string
	listener   net.Listener
	statements atomic.Int64
}

var hostInDSN = regexp.MustCompile(`host='([^']*)'`)

// openTap listens in front of the server that the connection string names.
func openTap(dsn string) (*tap, error) {
	host := hostInDSN.FindStringSubmatch(dsn)
	if host == nil {
		return nil, errors.New("the connection string names no socket folder")
	}
	dir, err := os.MkdirTemp("", "tenggat-tap-")
	if err != nil {
		return nil, err
	}
	const socket = ".s.PGSQL.5432"
	listener, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	t := &tap{dir: dir, upstream: filepath.Join(host[1], socket), listener: listener}
	go t.accept()
	return t, nil
}

// through is the connection string that goes through the tap.
func (t *tap) through(dsn string) string {
	return hostInDSN.ReplaceAllLiteralString(dsn, "host='"+t.dir+"'")
}

func (t *tap) close() error { return errors.Join(t.listener.Close(), os.RemoveAll(t.dir)) }

func (t *tap) accept() {
	for {
		program, err := t.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("unix", t.upstream)
		if err != nil {
			program.Close()
			return
		}
		go func() { _, _ = io.Copy(program, server); program.Close() }()
		go func() { _ = t.count(server, program); server.Close() }()
	}
}

// count copies what the program sends. The first message has no kind; each other one is a kind, its length with the length's
// own four bytes, and its content. A statement is run by 'Q' (a text) or 'E' (a prepared one).
func (t *tap) count(server io.Writer, program io.Reader) error {
	if err := copyMessage(server, program, nil); err != nil {
		return err
	}
	for {
		kind := make([]byte, 1)
		if _, err := io.ReadFull(program, kind); err != nil {
			return err
		}
		if kind[0] == 'Q' || kind[0] == 'E' {
			t.statements.Add(1)
		}
		if err := copyMessage(server, program, kind); err != nil {
			return err
		}
	}
}

func copyMessage(server io.Writer, program io.Reader, kind []byte) error {
	length := make([]byte, 4)
	if _, err := io.ReadFull(program, length); err != nil {
		return err
	}
	content := make([]byte, max(int(binary.BigEndian.Uint32(length))-4, 0))
	if _, err := io.ReadFull(program, content); err != nil {
		return err
	}
	message := append(append(append([]byte{}, kind...), length...), content...)
	_, err := server.Write(message)
	return err
}
