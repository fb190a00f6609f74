package relay

import (
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits are what one connection may take of a relay's time and memory: a phone on a slow network stays well within
// them, somebody who sends a header byte by byte does not.
type Limits struct {
	Header      time.Duration // to send the request's head
	Request     time.Duration // to send all of it
	Answer      time.Duration // from the head's end to the last byte of the answer
	Idle        time.Duration // between two requests
	HeaderBytes int
	Connections int
}

// DefaultLimits are our own judgement.
var DefaultLimits = Limits{
	Header: 5 * time.Second, Request: 20 * time.Second, Answer: 20 * time.Second, Idle: 60 * time.Second,
	HeaderBytes: 8 << 10, Connections: 8192,
}

// NewHTTPServer returns a server that keeps to the limits. Its own log is thrown away: what net/http writes there
// names the addresses of people (invariant 8).
func NewHTTPServer(h http.Handler, l Limits) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: l.Header,
		ReadTimeout:       l.Request,
		WriteTimeout:      l.Answer,
		IdleTimeout:       l.Idle,
		MaxHeaderBytes:    l.HeaderBytes,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
}

// Listen returns a listener that holds at most l.Connections at once; more wait in the system's queue.
func (l Limits) Listen(address string) (net.Listener, error) {
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	return &boundedListener{Listener: ln, free: make(chan struct{}, l.Connections), closed: make(chan struct{})}, nil
}

type boundedListener struct {
	net.Listener
	free   chan struct{}
	once   sync.Once
	closed chan struct{}
}

func (b *boundedListener) Accept() (net.Conn, error) {
	select {
	case b.free <- struct{}{}:
	case <-b.closed:
		return nil, net.ErrClosed
	}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.free
		return nil, err
	}
	return &boundedConn{Conn: c, free: b.free}, nil
}

func (b *boundedListener) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Listener.Close()
}

type boundedConn struct {
	net.Conn
	once sync.Once
	free chan struct{}
}

func (c *boundedConn) Close() error {
	c.once.Do(func() { <-c.free })
	return c.Conn.Close()
}
