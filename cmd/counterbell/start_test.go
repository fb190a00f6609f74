package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
)

func TestASecondStartBringsTheFirstWindowToTheFront(t *testing.T) {
	dir := t.TempDir()
	first, err := takeSeat(dir)
	if err != nil || first == nil {
		t.Fatalf("the first start: %v", err)
	}
	second, err := takeSeat(dir)
	if err != nil || second != nil {
		t.Fatalf("the second start gets a place too (%v)", err)
	}
	called := make(chan bool, 2)
	if err := bringToFront(t.Context(), dir); err != nil { // before there is a window
		t.Fatal(err)
	}
	first.onCall(func() { called <- true })
	<-called
	if err := bringToFront(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	<-called
	info, err := os.Stat(filepath.Join(dir, seatAddress))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the token may be read by others: %v (%v)", info.Mode(), err)
	}
	first.leave()
	third, err := takeSeat(dir)
	if err != nil || third == nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	third.leave()
}

func TestAStrangerCanNotRaiseTheWindow(t *testing.T) {
	dir := t.TempDir()
	s, err := takeSeat(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.leave()
	s.onCall(func() { t.Error("a stranger raised the window") })
	for _, said := range []string{"\n", "wrong\n", strings.Repeat("x", 1<<20)} {
		c, err := net.Dial("tcp", s.listen.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(said))
		_ = c.(*net.TCPConn).CloseWrite() // the door may have been shut by then
		answer := make([]byte, 100)
		if n, _ := c.Read(answer); n != 0 {
			t.Errorf("a stranger is answered %q", answer[:n])
		}
		_ = c.Close()
	}
	body, err := json.Marshal(door{s.listen.Addr().String(), "guessed"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, seatAddress), body, 0o600); err != nil {
		t.Fatal(err)
	}
	if knock(t.Context(), dir) == nil {
		t.Error("a guess is taken")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := bringToFront(gone, dir); data.CodeOf(err) != "second_start" {
		t.Errorf("a window that doesn't answer: %v", err)
	}
}

func TestTheLogIsCutAndTheOldestGoes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	l, err := openLog(dir)
	if err != nil {
		t.Fatal(err)
	}
	line := []byte(strings.Repeat("x", 1023) + "\n")
	for range 5*1024 + 10 {
		if _, err := l.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != logKept+1 {
		t.Errorf("%d files (%v), want %d", len(files), err, logKept+1)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Size() > logLimit {
			t.Errorf("%s has %d bytes", f.Name(), info.Size())
		}
	}
	again, err := openLog(dir)
	if err != nil || again.size != 10*1024 {
		t.Errorf("opened again at %d bytes (%v), want 10 KB", again.size, err)
	}
	_ = again.Close()
}

func TestTheCommandLineIsChecked(t *testing.T) {
	var out, errs bytes.Buffer
	if code := start([]string{"--version"}, &out, &errs); code != 0 || !strings.HasPrefix(out.String(), "counterbell "+Version) {
		t.Errorf("--version: %d %q", code, out.String())
	}
	for _, args := range [][]string{{"--look", "plaid"}, {"customers.xlsx"}, {"--nonsense"}} {
		errs.Reset()
		if code := start(args, &out, &errs); code != 2 || errs.Len() == 0 {
			t.Errorf("%v: %d %q", args, code, errs.String())
		}
	}
	o, err := parse([]string{"--lang", "zh-CN", "--look", "dark", "--profile", "p"}, &errs)
	if err != nil {
		t.Fatal(err)
	}
	c := o.over(ui.Default("en"))
	if dir, err := o.folder(); err != nil || !filepath.IsAbs(dir) || c.Language != i18n.Chinese || c.Look != page.LookDark {
		t.Errorf("%+v %q (%v)", c, dir, err)
	}
}

func TestMissingGraphicsAreExplainedOnce(t *testing.T) {
	defer log.SetOutput(os.Stderr)
	var errs bytes.Buffer
	t.Setenv("DISPLAY", ":0")
	texts := i18n.New(i18n.English)
	watchGraphics(texts, slog.New(slog.DiscardHandler), &errs)
	log.Println("Fyne error:  something small")
	if errs.Len() != 0 {
		t.Errorf("said %q", errs.String())
	}
	log.Println("Fyne error:  window creation error")
	log.Println("Fyne error:  window creation error")
	if got := errs.String(); strings.Count(got, "OpenGL 2.1") != 1 {
		t.Errorf("said %q", got)
	}
}

func TestTheEngineSaysOnceThatAnotherProcessSends(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := sender.Open(t.Context(), s, sender.Options{NoLinks: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	heard := make(chan news, 10)
	e := newEngine(s, slog.New(slog.DiscardHandler))
	e.start(t.Context(), func(n news) { heard <- n }, func(sender.State) {})
	if n := <-heard; !n.elsewhere {
		t.Errorf("heard %+v", n)
	}
	e.stop(t.Context())
	select {
	case n := <-heard:
		t.Errorf("heard again: %+v", n)
	default:
	}
	if err := other.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatKeepsTheEngineFromWorkingStaysInSightUntilItIsOver(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// An account whose token is nowhere.
	if err := s.SetProvider(t.Context(), "twilio", map[string]string{"account_sid": "AC00000000000000000000000000000000", "from": "+15005550006"}); err != nil {
		t.Fatal(err)
	}
	heard := make(chan sender.State, 10)
	e := newEngine(s, slog.New(slog.DiscardHandler))
	e.start(t.Context(), func(news) {}, func(state sender.State) { heard <- state })
	defer e.stop(t.Context())
	if got := <-heard; data.CodeOf(got.Trouble) != data.Credentials || got.Since == 0 {
		t.Errorf("heard %+v", got)
	}
	if err := s.SetProvider(t.Context(), "practice", nil); err != nil {
		t.Fatal(err)
	}
	e.Restart()
	if got := <-heard; got.Trouble != nil {
		t.Errorf("with an account that works: %+v", got)
	}
}

func TestTheWindowDoesntWaitForALongCountWhenTheProviderIsChanged(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	opened, err := sender.Open(t.Context(), s, sender.Options{NoLinks: true})
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(s, slog.New(slog.DiscardHandler))
	takeBack := e.lend(opened)
	begun, goOn, counted, changed := make(chan struct{}), make(chan struct{}), make(chan error, 1), make(chan struct{})
	go func() {
		counted <- e.Use(t.Context(), func(mine *sender.Opened) error {
			close(begun)
			<-goOn
			// What a page does in the middle of it mustn't wait for itself either.
			return e.Use(t.Context(), func(other *sender.Opened) error {
				if mine != opened || other == opened {
					return errors.New("what is being closed was lent again")
				}
				return nil
			})
		})
	}()
	<-begun
	go func() {
		takeBack()
		opened.Close()
		close(changed)
	}()
	for taken := false; !taken; {
		e.mu.Lock()
		taken = e.opened == nil
		e.mu.Unlock()
	}
	e.Wake() // on Fyne's goroutine: would never return
	select {
	case <-changed:
		t.Fatal("the provider was closed under the count")
	default:
	}
	close(goOn)
	if err := <-counted; err != nil {
		t.Error(err)
	}
	<-changed
}

func TestMessagesThatWaitAreCountedBeforeClosing(t *testing.T) {
	ctx := t.Context()
	s, err := store.Open(ctx, store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := &program{store: s}
	if n := p.waiting(ctx); n != (store.Pending{}) {
		t.Errorf("an empty profile has %+v waiting", n)
	}
	id, err := s.BeginImport(ctx, store.ImportFile{Name: "a.csv", OnDuplicate: store.UpdateKnown})
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]data.ImportRow, 3)
	for i := range rows {
		phone := data.Phone(fmt.Sprintf("+1503555%04d", 100+i))
		rows[i] = data.ImportRow{Number: i + 2, Contact: data.Contact{Phone: phone, Name: "Ann", Facts: data.PhoneFacts{Phone: phone, Region: "US", Fictional: true}}}
	}
	if _, err := s.ImportBatch(ctx, id, rows); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishImport(ctx, id, &data.Receipt{File: "a.csv", Rows: 3, Added: 3}); err != nil {
		t.Fatal(err)
	}
	c := data.Campaign{Name: "x", Kind: data.Marketing, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
	if err := s.CreateCampaign(ctx, &c); err != nil {
		t.Fatal(err)
	}
	audience := make([]store.FrozenMessage, 3)
	for i := range audience {
		who, err := s.ContactByPhone(ctx, rows[i].Contact.Phone)
		if err != nil {
			t.Fatal(err)
		}
		audience[i].Message = data.Message{Contact: who.ID, To: who.Phone, Kind: data.Marketing, State: data.Queued, Variant: "A", Token: fmt.Sprintf("token%06d", i)}
	}
	c.State = data.Running
	if err := s.Freeze(ctx, &c, audience); err != nil {
		t.Fatal(err)
	}
	if n := p.waiting(ctx); n != (store.Pending{Campaigns: 3}) {
		t.Errorf("%+v waiting, want 3", n)
	}
}
