package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"

	"modernc.org/sqlite"
)

// The tests of what happens when bell is killed, starved or crowded run it as real processes: this test's own program,
// started again as bell. asBell says so; diesAt is the commit at which it kills itself, of one database or with nothing
// before the colon of any, and how long after the commit's beginning: "practice.db:2+350us".
const (
	asBell    = "BELL_TEST_PROCESS"
	diesAt    = "BELL_TEST_DIES_AT_COMMIT"
	fileLimit = "BELL_TEST_FILE_LIMIT" // bytes that a file may have
	noRoom    = "BELL_TEST_PAGES"      // pages that a database may have: a full disk
)

// bellTakes is far longer than any of these commands does.
const bellTakes = time.Minute

func TestMain(m *testing.M) {
	if os.Getenv(asBell) == "" {
		code := m.Run()
		for _, f := range cleanUp {
			f()
		}
		os.Exit(code)
	}
	if which, after, ok := strings.Cut(os.Getenv(diesAt), "+"); ok {
		file, n, _ := strings.Cut(which, ":")
		commit, err := strconv.ParseInt(n, 10, 64)
		d, wrong := time.ParseDuration(after)
		if err := errors.Join(err, wrong); err != nil {
			panic(err)
		}
		dieAtCommit(file, commit, d)
	}
	if n, err := strconv.ParseUint(os.Getenv(fileLimit), 10, 64); err == nil {
		limitFiles(n)
	}
	if n, err := strconv.ParseUint(os.Getenv(noRoom), 10, 64); err == nil {
		sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
			_, err := c.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count(%d)", n), nil)
			return err
		})
	}
	main()
}

// dieAtCommit lets this process end as if somebody had killed it, so long after it has begun to make its nth change
// durable. With no time at all the change is lost.
func dieAtCommit(file string, n int64, after time.Duration) {
	var commits atomic.Int64
	die := func() {
		p, _ := os.FindProcess(os.Getpid())
		_ = p.Kill()
		select {}
	}
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		if !strings.Contains(dsn, file) {
			return nil
		}
		hooks, ok := c.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("the driver tells of no commits")
		}
		hooks.RegisterCommitHook(func() int32 {
			if commits.Add(1) == n {
				if after == 0 {
					die()
				}
				time.AfterFunc(after, die)
			}
			return 0
		})
		return nil
	})
}

// raced tells that this test's program has the race detector in it, which sees nothing of other processes but makes them
// many times slower: bell is built anew without it then.
var raced bool

// program returns what is started as bell.
var program = sync.OnceValues(func() (string, error) {
	if !raced {
		return os.Args[0], nil
	}
	dir, err := os.MkdirTemp("", "bell")
	if err != nil {
		return "", err
	}
	cleanUp = append(cleanUp, func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "bell.test")
	c := exec.Command("go", "test", "-c", "-o", path, ".")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

var cleanUp []func()

// A process is bell running.
type process struct {
	cmd      *exec.Cmd
	args     []string
	out, err bytes.Buffer
	ended    chan struct{}
	code     int // exit code; -1: killed
}

// start runs bell on a profile. It is killed when the test ends.
func start(t *testing.T, profile string, env []string, args ...string) *process {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{args: args, ended: make(chan struct{})}
	p.cmd = exec.Command(path, append([]string{"--profile", profile, "--lang", "en"}, args...)...)
	p.cmd.Env = append(append(os.Environ(), asBell+"=1"), env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		p.code = p.cmd.ProcessState.ExitCode()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends it with SIGKILL, if it hasn't ended, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// wait returns the exit code; the test fails when there is none in time.
func (p *process) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(bellTakes):
		p.kill()
		t.Fatalf("bell %s doesn't end\n%s%s", strings.Join(p.args, " "), p.out.String(), p.err.String())
	}
	return p.code
}

// killAfter gives it so long to live. It returns whether it was still alive then; an end of its own with an error fails
// the test.
func (p *process) killAfter(t *testing.T, d time.Duration) bool {
	t.Helper()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.ended:
	}
	p.kill()
	if p.code > 0 {
		t.Fatalf("bell %s: exit %d\n%s%s", strings.Join(p.args, " "), p.code, p.out.String(), p.err.String())
	}
	return p.code < 0
}

// bell runs a command to its end and wants it to succeed.
func bell(t *testing.T, profile string, args ...string) string {
	t.Helper()
	p := start(t, profile, nil, args...)
	if code := p.wait(t); code != 0 {
		t.Fatalf("bell %s: exit %d\n%s%s", strings.Join(args, " "), code, p.out.String(), p.err.String())
	}
	return p.out.String()
}

// shop makes a practice profile: Lark Optical on a Tuesday at ten, by its own clock.
func shop(t *testing.T, settings map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "profile")
	s := look(t, dir)
	ctx := t.Context()
	if err := errors.Join(s.SetPracticeClock(ctx, data.At(demoStart)), s.SetBusiness(ctx, demoShop), s.SetProvider(ctx, "practice", settings), s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// look opens a profile in this process.
func look(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// soundly fails the test unless the database holds in every way in which SQLite can look at it, and so does the ledger.
func soundly(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	if check, err := s.VerifyConsent(ctx); err != nil || !check.OK {
		t.Fatalf("the consent ledger doesn't hold: %+v, %v", check, err)
	}
}

// areas are area codes of the Pacific coast. With 555-01xx, reserved for fiction, they make numbers that nobody has.
var areas = []int{503, 541, 971, 458, 206, 253, 360, 425, 509, 564, 213, 310, 323, 408, 415, 510, 530, 559, 562, 619, 626, 650, 661, 707, 714, 760, 805, 818, 831, 858, 909, 916, 925, 949, 951}

// A listed is a person of a made-up list.
type listed struct {
	phone  data.Phone
	agreed bool
}

// list writes n made-up people as a .csv; every thirtieth says no to texts.
func list(t *testing.T, n int, areas []int) (path string, people []listed) {
	t.Helper()
	if n > 100*len(areas) {
		t.Fatalf("%d people, but %d numbers", n, 100*len(areas))
	}
	var b strings.Builder
	b.WriteString("Name,Mobile,Email,City,Last visit,Tags,Consent\n")
	for i := range n {
		area, line := areas[i/100], i%100
		p := listed{data.Phone(fmt.Sprintf("+1%d55501%02d", area, line)), i%30 != 7}
		people = append(people, p)
		yes := "yes"
		if !p.agreed {
			yes = "no"
		}
		fmt.Fprintf(&b, "Ann Larkin,(%d) 555-01%02d,ann%d@lark.example,Portland,2026-%02d-%02d,frames;vip,%s\n", area, line, i, 1+i%10, 1+i%28, yes)
	}
	path = filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, people
}
