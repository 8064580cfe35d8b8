package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// client is one keep-alive connection. It sends bytes made before and reads no more of the answer than it must, because it
// shares the machine with what it measures.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
	body   bytes.Buffer
}

// answer is what came back. Body is valid until the client's next request.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// patience is how long one answer may take before a run is given up.
const patience = 30 * time.Second

func dial(ctx context.Context, addr string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, reader: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (c *client) close() { c.conn.Close() }

// do sends a complete request and reads its answer.
func (c *client) do(request []byte) (answer, error) {
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return answer{}, err
	}
	if _, err := c.conn.Write(request); err != nil {
		return answer{}, err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	c.body.Reset()
	if _, err := io.Copy(&c.body, response.Body); err != nil {
		return answer{}, err
	}
	return answer{response.StatusCode, response.Header, c.body.Bytes()}, nil
}

// once asks on a connection of its own.
func once(ctx context.Context, addr string, request []byte) (answer, error) {
	c, err := dial(ctx, addr)
	if err != nil {
		return answer{}, err
	}
	defer c.close()
	return c.do(request)
}

// getRequest is a GET as bytes. headers are "Name: value".
func getRequest(addr, path string, headers ...string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", path, addr)
	for _, h := range headers {
		fmt.Fprintf(&b, "%s\r\n", h)
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// postRequest is a POST of JSON with a bearer token, as bytes.
func postRequest(addr, path, token string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", path, addr, token, len(body))
	b.Write(body)
	return b.Bytes()
}

// wants is a check that the status is the one wanted.
func wants(statuses ...int) func(answer) error {
	return func(a answer) error {
		for _, s := range statuses {
			if a.Status == s {
				return nil
			}
		}
		return fmt.Errorf("answered %d: %.300s", a.Status, a.Body)
	}
}
