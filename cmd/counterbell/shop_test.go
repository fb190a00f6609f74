//go:build e2e

package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

// shop is one profile with its two programs: the window, and bell beside it.
type shop struct {
	t       testing.TB
	root    string // of the checkout
	profile string
	pics    string
	used    map[string]bool // codes that were
	eyes    string          // where the program tells what stands where
}

// newShop is a profile that isn't there yet.
func newShop(t testing.TB) *shop {
	t.Helper()
	s := &shop{t: t, root: root(t), profile: filepath.Join(t.TempDir(), "profile"), used: map[string]bool{}}
	s.pics = filepath.Join(s.root, "out", "e2e", "pictures")
	if err := os.MkdirAll(s.pics, 0o755); err != nil {
		t.Fatal(err)
	}
	room, err := os.MkdirTemp("", "cb") // a socket's name may not be long, and a test's is
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(room) })
	s.eyes = filepath.Join(room, "places")
	return s
}

// bell runs bell on the profile and returns what it printed and its exit code.
func (s *shop) bell(args ...string) (out []byte, complaint string, code int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	var errs bytes.Buffer
	run := exec.CommandContext(ctx, filepath.Join(s.root, "out", "bell"), append([]string{"--profile", s.profile}, args...)...)
	run.Stderr = &errs
	out, err := run.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatalf("bell %s: %v", strings.Join(args, " "), err)
	}
	return out, errs.String(), run.ProcessState.ExitCode()
}

// must runs bell, which has to succeed.
func (s *shop) must(args ...string) []byte {
	s.t.Helper()
	out, complaint, code := s.bell(args...)
	if code != 0 {
		s.t.Fatalf("bell %s: exit %d\n%s%s", strings.Join(args, " "), code, out, complaint)
	}
	return out
}

// ask runs bell with --json and reads the answer.
func ask[T any](s *shop, args ...string) (answer T) {
	s.t.Helper()
	out := s.must(append(args, "--json")...)
	if err := json.Unmarshal(out, &answer); err != nil {
		s.t.Fatalf("bell %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return answer
}

// lines runs bell with --json and reads an answer of one document a line.
func lines[T any](s *shop, args ...string) (answer []T) {
	s.t.Helper()
	for from := json.NewDecoder(bytes.NewReader(s.must(append(args, "--json")...))); from.More(); {
		var one T
		if err := from.Decode(&one); err != nil {
			s.t.Fatalf("bell %s: %v", strings.Join(args, " "), err)
		}
		answer = append(answer, one)
	}
	return answer
}

// window is one run of the app.
type window struct {
	hands
	shop    *shop
	run     *exec.Cmd
	printed bytes.Buffer
	ended   chan struct{}
}

// open starts the app and waits for its first whole picture.
func (s *shop) open(language string, look theme.Variant) *window {
	s.t.Helper()
	looks := map[theme.Variant]string{theme.Light: "light", theme.Dark: "dark"}
	w := &window{shop: s, hands: hands{t: s.t, look: theme.New(look, 1), texts: i18n.New(i18n.Match(language)), pics: s.pics, eyes: s.eyes}, ended: make(chan struct{})}
	w.run = s.app("--lang", language, "--look", looks[look])
	w.run.Stdout, w.run.Stderr = &w.printed, &w.printed
	began := time.Now()
	if err := w.run.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() {
		_ = w.run.Wait()
		close(w.ended)
	}()
	s.t.Cleanup(w.mourn)
	waitFor(s.t, "a window opens", patience, func() bool {
		var err error
		w.window, err = w.ask("search", "--onlyvisible", "--pid", strconv.Itoa(w.run.Process.Pid))
		return err == nil && w.window != "" && !strings.Contains(w.window, "\n")
	})
	opened := time.Since(began)
	w.until("the rail is drawn", func(seen *image.NRGBA) bool { return painted(seen, w.look.Color(theme.Rail, 0)) > 0.05 })
	s.t.Logf("%s: window after %.1f s, first picture after %.1f s", language, opened.Seconds(), time.Since(began).Seconds())
	w.away()
	return w
}

// app is the app's command, in a process group of its own: when it starts itself anew, that ends with it.
func (s *shop) app(flags ...string) *exec.Cmd {
	run := exec.Command(filepath.Join(s.root, "out", "e2e", "counterbell"), append([]string{"--profile", s.profile}, flags...)...)
	home := filepath.Dir(s.profile)
	run.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home+"/config", "XDG_CACHE_HOME="+home+"/cache", "LC_ALL=en_US.UTF-8", "COUNTERBELL_PLACES="+s.eyes)
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return run
}

// mourn ends what still runs, and when the test has failed says what can be known.
func (w *window) mourn() {
	if w.t.Failed() && w.runs() {
		if seen, err := w.glance(); err == nil {
			w.keep("failed", seen)
			w.t.Log("the window as it was: out/e2e/pictures/failed.png")
		}
		log, _ := os.ReadFile(w.shop.logFile())
		w.t.Logf("the end of its log:\n%s\nit printed:\n%s", tail(string(log), 30), w.printed.String())
	}
	_ = syscall.Kill(-w.run.Process.Pid, syscall.SIGKILL)
	<-w.ended
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(all[max(len(all)-lines, 0):], "\n")
}

func (w *window) runs() bool {
	select {
	case <-w.ended:
		return false
	default:
		return true
	}
}

// ends waits for the app to end, as it should.
func (w *window) ends() {
	w.t.Helper()
	select {
	case <-w.ended:
	case <-time.After(patience):
		w.t.Fatal("the app goes on after it was closed")
	}
	if code := w.run.ProcessState.ExitCode(); code != 0 {
		w.t.Errorf("the app ended with %d (%v):\n%s", code, w.run.ProcessState, w.printed.String())
	}
}

// memory is what the app has resident, and the most that it had, in MB.
func (w *window) memory() (now, most int) {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(w.run.Process.Pid) + "/status")
	if err != nil {
		w.t.Fatal(err)
	}
	of := func(name string) int {
		m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(status)
		kb, _ := strconv.Atoi(string(m[1]))
		return kb / 1024
	}
	return of("VmRSS"), of("VmHWM")
}

func (s *shop) logFile() string { return filepath.Join(s.profile, "logs", "counterbell.log") }

// quietLog checks that the log holds no trouble and nobody's name or number.
func (s *shop) quietLog() {
	s.t.Helper()
	log, err := os.ReadFile(s.logFile())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, trouble := range []string{"panic", "level=ERROR"} {
		if strings.Contains(string(log), trouble) {
			s.t.Errorf("the log tells of trouble:\n%s", tail(string(log), 30))
		}
	}
	people := lines[struct {
		Phone, Name string
	}](s, "contacts", "--limit", "0")
	for _, p := range people {
		if strings.Contains(string(log), strings.TrimPrefix(p.Phone, "+")) || p.Name != "" && strings.Contains(string(log), p.Name) {
			s.t.Errorf("the log names a customer:\n%s", tail(string(log), 30))
			return
		}
	}
}

// pass lets hours go by while the window is closed: the practice clock is set forward and bell does what came due.
func (s *shop) pass(hours time.Duration) {
	s.t.Helper()
	profile, err := store.Open(s.t.Context(), store.Options{Dir: s.profile})
	if err != nil {
		s.t.Fatal(err)
	}
	err = profile.SetPracticeClock(s.t.Context(), profile.Now().Add(hours))
	if err := errors.Join(err, profile.Close()); err != nil {
		s.t.Fatal(err)
	}
	s.must("run", "--once")
}

// code is a coupon's code out of a text that was delivered, to somebody who hasn't used it; "" while there is none.
func (s *shop) code() string {
	s.t.Helper()
	code := regexp.MustCompile(`\b[2-9A-Z]{4}-[2-9A-Z]{4}\b`)
	for _, m := range lines[struct{ Text string }](s, "messages", "--campaign", "1", "--state", "delivered") {
		if c := code.FindString(m.Text); c != "" && !s.used[c] {
			s.used[c] = true
			return c
		}
	}
	return ""
}
