package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

// program is one run of the app.
type program struct {
	options options
	choices ui.Choices
	texts   *i18n.Texts
	errs    io.Writer
	began   time.Time

	log    *slog.Logger
	app    fyne.App
	window fyne.Window
	shell  *ui.Shell
	store  *store.Store
	tasks  *ui.Tasks
	engine *engine
	tray   *tray
	forget func() // ends the notifications
	shown  bool   // the window has been drawn
	ended  bool
}

// run is the whole life of the app.
func (p *program) run(ctx context.Context) int {
	p.log = slog.New(slog.DiscardHandler)
	dir, err := p.options.folder()
	if err == nil {
		if mkdir := os.MkdirAll(dir, 0o700); mkdir != nil {
			err = &data.Error{Code: "profile_folder", Op: "make the profile's folder", Err: mkdir, Args: map[string]string{"folder": dir}}
		}
	}
	if err != nil {
		return p.trouble(err, dir)
	}
	seat, err := takeSeat(dir)
	if err != nil {
		return p.trouble(err, dir)
	}
	if seat == nil {
		if err := bringToFront(ctx, dir); err != nil {
			return p.trouble(err, dir)
		}
		return 0
	}
	defer seat.leave()
	logFile, err := openLog(filepath.Join(dir, "logs"))
	if err == nil {
		defer logFile.Close()
		p.log = slog.New(slog.NewTextHandler(logFile, nil))
	}
	watchGraphics(p.texts, p.log, p.errs)
	p.log.Info("start", "version", Version)

	crash := p.live(ctx, dir, seat)
	p.end()
	if crash == nil {
		p.log.Info("end")
		return 0
	}
	p.log.Error("panic in the window", "panic", crash.Value, "stack", crash.Stack)
	seat.leave()
	return p.again(crash)
}

// live opens the profile, shows the window and stays until it is closed. A
// panic on Fyne's goroutine ends the window; it is returned.
func (p *program) live(ctx context.Context, dir string, seat *seat) (crash *page.Panic) {
	defer func() {
		if v := recover(); v != nil {
			crash = &page.Panic{Value: fmt.Sprint(v), Stack: string(debug.Stack())}
		}
	}()
	p.app = app.NewWithID("app.counterbell.Counterbell")
	p.app.SetIcon(icons.Logo)
	p.window = p.app.NewWindow(p.texts.T("app.name"))
	p.window.SetMaster()
	seat.onCall(func() {
		ui.FyneLoop(func() {
			p.window.Show()
			p.window.RequestFocus()
		})
	})
	p.app.Settings().SetTheme(theme.New(p.variant(), p.choices.Scale))
	fonts := readFonts()
	err := p.openProfile(ctx, dir)
	p.app.Settings().SetTheme(theme.New(p.variant(), p.choices.Scale))
	p.window.Resize(fyne.NewSize(p.choices.Width, p.choices.Height))
	p.window.Show() // the system takes its time for a window: the fonts are read meanwhile
	<-fonts
	p.open(ctx, dir, err)
	stop := p.quitOnSignal(ctx)
	defer stop()
	p.app.Run()
	return nil
}

// readFonts has Fyne read its two large fonts, which takes as long as all the
// rest of the start, on a goroutine of its own. Until it is done nothing else
// may measure text: Fyne keeps its fonts without a lock.
func readFonts() (done <-chan struct{}) {
	read := make(chan struct{})
	go func() {
		defer close(read)
		for _, bold := range []bool{false, true} {
			fyne.MeasureText("Counterbell", 14, fyne.TextStyle{Bold: bold})
		}
	}()
	return read
}

func (p *program) variant() theme.Variant {
	switch p.choices.Look {
	case page.LookDark:
		return theme.Dark
	case page.LookSystem:
		return p.app.Settings().ThemeVariant()
	}
	return theme.Light
}

// open fills the window: with the shell, or with what is wrong (err, where the
// profile couldn't be opened) and a way to try again.
func (p *program) open(ctx context.Context, dir string, err error) {
	if err == nil {
		err = p.fill(ctx)
	}
	if err != nil {
		p.log.Error("the profile can't be opened", "code", string(data.CodeOf(err)))
		if p.store != nil {
			_ = p.store.Close()
			p.store = nil
		}
		showTrouble(p.app, p.window, p.texts, err, dir, func() { p.open(ctx, dir, p.openProfile(ctx, dir)) })
	}
}

// openProfile opens the database, and reads how the window is to look.
func (p *program) openProfile(ctx context.Context, dir string) (err error) {
	if p.store, err = store.Open(ctx, store.Options{Dir: dir}); err != nil {
		return err
	}
	remembered, err := p.choices.Remembered(ctx, p.store)
	if err != nil {
		return err
	}
	p.choices = p.options.over(remembered)
	return nil
}

func (p *program) fill(ctx context.Context) error {
	var err error
	p.tasks = ui.NewTasks(ui.FyneLoop, p.log)
	loop := ui.Loop(ui.FyneLoop)
	p.engine = newEngine(p.store, p.log)
	p.shell, err = ui.NewShell(ctx, ui.Needs{
		Window: p.window, Store: p.store, Choices: p.choices, Tasks: p.tasks, Loop: loop, After: loop.After, Log: p.log,
		System: func() theme.Variant { return p.app.Settings().ThemeVariant() }, Open: openWith, Stored: true, Version: Version, Engine: p.engine, OpenProfile: openProfile,
		Built: func() {
			if p.tray != nil {
				p.tray.show()
			}
		},
	})
	if err != nil {
		return err
	}
	p.window.SetCloseIntercept(func() { p.askToClose(ctx) })
	p.app.Settings().AddListener(func(fyne.Settings) { p.shell.SystemChanged() })
	p.shell.Watch()
	p.onceShown(func() { p.beside(ctx) })
	if p.options.restarted {
		p.shell.Toast(widget.Toast{Tone: widget.Warn, Text: p.shell.Texts().T("shell.restarted"), Stays: true, Close: p.shell.Texts().T("common.close")})
	}
	return nil
}

// onceShown does something when the window has been drawn for the first time:
// what isn't to be seen has time until then. On Fyne's goroutine.
func (p *program) onceShown(do func()) {
	if p.shown {
		do()
		return
	}
	p.app.Lifecycle().SetOnStarted(func() {
		p.shown = true
		go ui.FyneLoop(do) // in the loop's next round, after the first frame
	})
}

// beside starts what runs beside the window: the engine, the tray, the
// notifications.
func (p *program) beside(ctx context.Context) {
	p.tray = newTray(ctx, p)
	p.engine.start(ctx, p.engineNews, p.tray.tell)
	var life context.Context
	life, p.forget = context.WithCancel(ctx)
	p.notify(life)
}

// engineNews says what the engine has to say. On any goroutine.
func (p *program) engineNews(n news) {
	ui.FyneLoop(func() {
		if texts := p.shell.Texts(); n.elsewhere {
			p.shell.Toast(widget.Toast{Tone: widget.Info, Text: texts.T("shell.elsewhere"), Close: texts.T("common.close")})
		}
	})
}

// end closes what is open, in an order in which nothing is cut off: tasks, the
// engine, the store.
func (p *program) end() {
	if p.ended || p.store == nil {
		return
	}
	p.ended = true
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if p.forget != nil {
		p.forget()
	}
	if p.tasks != nil {
		if err := p.tasks.Close(ctx); err != nil {
			p.log.Warn("a task did not end in time")
		}
	}
	if p.engine != nil && p.engine.cancel != nil {
		p.engine.stop(ctx)
	}
	if err := p.store.Close(); err != nil {
		p.log.Warn("closing the database", "error", err)
	}
}

// longestEnd is how long the app may take to end once the system asks for it: more than end allows its parts.
const longestEnd = 25 * time.Second

// quitOnSignal closes the app when the system asks it to.
func (p *program) quitOnSignal(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	go func() {
		defer signal.Stop(asked)
		select {
		case <-asked:
			ui.FyneLoop(p.quit)
			// A system that shuts down doesn't wait for ever. What was committed is on disk; the next start mends the rest.
			time.AfterFunc(longestEnd, func() {
				p.log.Error("the app did not end in time")
				os.Exit(1)
			})
		case <-ctx.Done():
		}
	}()
	return cancel
}

// quit remembers the window and ends the app.
func (p *program) quit() {
	if p.shell != nil {
		p.shell.Close()
	}
	p.app.Quit()
}

// again starts the program anew after a panic, once: what was saved is safe,
// and the till is needed. When that happens twice within a minute, it doesn't.
func (p *program) again(crash *page.Panic) int {
	sentence := p.texts.Error(crash)
	if !p.options.restarted || time.Since(p.began) > time.Minute {
		if self, err := os.Executable(); err == nil {
			args := []string{"--restarted"}
			for _, pair := range [][2]string{{"--profile", p.options.profile}, {"--lang", p.options.language}, {"--look", p.options.look}} {
				if pair[1] != "" {
					args = append(args, pair[0], pair[1])
				}
			}
			next := exec.Command(self, args...)
			next.Stdout, next.Stderr = os.Stdout, os.Stderr
			if next.Start() == nil {
				return 1
			}
		}
	}
	tell(p.errs, p.texts.T("app.name"), sentence)
	return 1
}

// trouble shows what is wrong before there is a window to show it in.
func (p *program) trouble(err error, dir string) (code int) {
	watchGraphics(p.texts, p.log, p.errs)
	defer func() {
		if recover() != nil {
			tell(p.errs, p.texts.T("app.name"), p.texts.Error(err))
		}
	}()
	p.app = app.NewWithID("app.counterbell.Counterbell")
	p.app.SetIcon(icons.Logo)
	p.app.Settings().SetTheme(theme.New(p.variant(), p.choices.Scale))
	w := p.app.NewWindow(p.texts.T("app.name"))
	showTrouble(p.app, w, p.texts, err, dir, nil)
	w.ShowAndRun()
	return 1
}
