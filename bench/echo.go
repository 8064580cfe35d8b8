package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"

	"github.com/labstack/echo/v4"
)

// serveFixedPage is the baseline of the reading goals: echo, one route, a page of the given size made before, in a process of
// its own as the dashboard is. It prints its address and serves until it is killed.
func serveFixedPage(size int) error {
	page := bytes.Repeat([]byte("x"), size)
	e := echo.New()
	e.GET("/", func(c echo.Context) error { return c.Blob(http.StatusOK, "text/html; charset=utf-8", page) })
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("listens on http://%s\n", listener.Addr())
	return (&http.Server{Handler: e}).Serve(listener)
}

// startFixedPage runs serveFixedPage in a process of its own.
func (l *lab) startFixedPage(ctx context.Context, size int) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return l.launch(exec.CommandContext(ctx, self, "-fixed-page", strconv.Itoa(size)))
}
