package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"counterbell/data"
)

// seat is the one place for a window that a profile has. Its holder keeps a
// file locked, which the system gives free when the process ends, however it
// ends, and listens on the loopback address for those who start a second time.
type seat struct {
	lock   io.Closer
	listen net.Listener
	token  string
	left   sync.Once

	mu   sync.Mutex
	call func()
	due  bool // somebody called before there was a window
}

// Files in the profile's folder.
const (
	seatLock    = "window.lock"
	seatAddress = "window.json"
)

// door is where the holder listens. Only the user can read the file, so only
// the user's own programs know the token.
type door struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// takeSeat takes the profile's place for a window. It returns nil when another
// process has it.
func takeSeat(dir string) (*seat, error) {
	const op = "start the window"
	lock, err := lockFile(filepath.Join(dir, seatLock))
	if err != nil || lock == nil {
		if err != nil {
			err = &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": dir}}
		}
		return nil, err
	}
	s := &seat{lock: lock}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		s.leave()
		return nil, &data.Error{Code: data.Internal, Op: op, Err: err}
	}
	s.token = hex.EncodeToString(random)
	// Without a loopback address there is still the lock: a second start then says that it can't reach the first.
	if s.listen, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return s, nil
	}
	body, _ := json.Marshal(door{s.listen.Addr().String(), s.token})
	path := filepath.Join(dir, seatAddress)
	_ = os.Remove(path)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		s.leave()
		return nil, &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": dir}}
	}
	go s.answer()
	return s, nil
}

const (
	seatAnswer  = "counterbell\n"
	seatTimeout = 2 * time.Second
)

// answer brings the window to the front for whoever knows the token.
func (s *seat) answer() {
	for {
		c, err := s.listen.Accept()
		if err != nil {
			return
		}
		_ = c.SetDeadline(time.Now().Add(seatTimeout))
		line, _ := bufio.NewReader(io.LimitReader(c, 100)).ReadString('\n')
		if subtle.ConstantTimeCompare([]byte(strings.TrimSpace(line)), []byte(s.token)) == 1 {
			_, _ = io.WriteString(c, seatAnswer)
			s.called()
		}
		_ = c.Close()
	}
}

func (s *seat) called() {
	s.mu.Lock()
	call := s.call
	s.due = call == nil
	s.mu.Unlock()
	if call != nil {
		call()
	}
}

// onCall says what to do when somebody starts a second time.
func (s *seat) onCall(do func()) {
	s.mu.Lock()
	s.call = do
	due := s.due
	s.due = false
	s.mu.Unlock()
	if due {
		do()
	}
}

// leave gives the place free.
func (s *seat) leave() {
	s.left.Do(func() {
		if s.listen != nil {
			_ = s.listen.Close()
		}
		_ = s.lock.Close()
	})
}

// bringToFront asks the holder of the place to show its window. It may just be
// starting, so it is asked for a few seconds. Error second_start when it
// doesn't answer.
func bringToFront(ctx context.Context, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	for {
		err := knock(ctx, dir)
		if err == nil {
			return nil
		}
		pause(ctx, 100*time.Millisecond, nil)
		if ctx.Err() != nil {
			return &data.Error{Code: "second_start", Op: "bring the window to the front", Err: err}
		}
	}
}

func knock(ctx context.Context, dir string) error {
	body, err := os.ReadFile(filepath.Join(dir, seatAddress))
	if err != nil {
		return err
	}
	var d door
	if err := json.Unmarshal(body, &d); err != nil {
		return err
	}
	c, err := (&net.Dialer{Timeout: seatTimeout}).DialContext(ctx, "tcp", d.Address)
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(seatTimeout))
	if _, err := io.WriteString(c, d.Token+"\n"); err != nil {
		return err
	}
	answer, err := io.ReadAll(io.LimitReader(c, 100))
	if err != nil {
		return err
	}
	if string(answer) != seatAnswer {
		return io.ErrUnexpectedEOF
	}
	return nil
}
