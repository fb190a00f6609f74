// Command counterbell is the desktop app. It finds the profile, makes sure
// that no other window has it, opens the database and the engine, and shows
// the window. Whatever goes wrong before the window stands becomes one
// sentence in a small window of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"counterbell/data/store"
	"counterbell/ui"
	"counterbell/ui/i18n"
	_ "counterbell/ui/locale" // before Fyne
	"counterbell/ui/page"

	"fyne.io/fyne/v2/lang"
)

// Version is the program's; releases set it at build time.
var Version = "0.1.0"

// options are the command line.
type options struct {
	profile   string
	language  string
	look      string
	version   bool
	restarted bool // by this program itself, after a panic
}

func main() { os.Exit(start(os.Args[1:], os.Stdout, os.Stderr)) }

// start reads the command line and runs the app. Exit codes: 0 ended as the
// user wished, or the window of another start was brought to the front; 1
// nothing could be shown; 2 the command line makes no sense.
func start(args []string, out, errs io.Writer) int {
	o, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	if o.version {
		fmt.Fprintf(out, "counterbell %s, schema %d\n", Version, store.SchemaVersion())
		return 0
	}
	choices := o.over(ui.Default(lang.SystemLocale().LanguageString()))
	p := &program{options: o, choices: choices, texts: i18n.New(choices.Language), errs: errs, began: time.Now()}
	return p.run(context.Background())
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("counterbell", flag.ContinueOnError)
	f.SetOutput(errs)
	f.StringVar(&o.profile, "profile", "", "the `folder` of the profile (default: the user's own)")
	f.StringVar(&o.language, "lang", "", "`language` of the window: en or zh-Hans (default: as chosen there)")
	f.StringVar(&o.look, "look", "", "light, dark or system (default: as chosen in the window)")
	f.BoolVar(&o.version, "version", false, "print the version and end")
	f.BoolVar(&o.restarted, "restarted", false, "say that the program had to start again")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		err := fmt.Errorf("counterbell takes no arguments, only flags: %q", f.Arg(0))
		fmt.Fprintln(errs, err)
		return o, err
	}
	switch page.Look(o.look) {
	case "", page.LookLight, page.LookDark, page.LookSystem:
	default:
		err := fmt.Errorf("--look is light, dark or system, not %q", o.look)
		fmt.Fprintln(errs, err)
		return o, err
	}
	return o, nil
}

// over puts what the command line says over what is remembered, for this run.
func (o options) over(c ui.Choices) ui.Choices {
	if o.language != "" {
		c.Language = i18n.Match(o.language)
	}
	if o.look != "" {
		c.Look = page.Look(o.look)
	}
	return c
}

// folder is the profile's, as an absolute path.
func (o options) folder() (string, error) {
	dir := o.profile
	if dir == "" {
		var err error
		if dir, err = store.DefaultDir(runtime.GOOS, os.Getenv); err != nil {
			return "", err
		}
	}
	return filepath.Abs(dir)
}
