// Command bell is Counterbell without a window: for scripts, servers, tests and people who like a terminal. Its names,
// fields and exit codes are a contract. It builds without cgo.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"counterbell/ui/i18n"
	_ "counterbell/ui/locale" // before Fyne

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	os.Exit(a.main(ctx, os.Args[1:]))
}

// main runs one command line and returns its exit code.
func (a *app) main(ctx context.Context, args []string) int {
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	a.close()
	if err == nil {
		return 0
	}
	var quiet *quietError
	if !errors.As(err, &quiet) {
		a.note("bell: %s", a.sentence(err))
	}
	return exitCode(err)
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "bell",
		Short:         "Counterbell without a window: contacts, consent, coupons and reminders by SMS",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	f := root.PersistentFlags()
	f.StringVar(&a.profile, "profile", "", "workspace `DIR` (default: the desktop app’s)")
	f.BoolVar(&a.json, "json", false, "write JSON to standard output")
	f.StringVar(&a.lang, "lang", "", "language of messages: en or zh-Hans")
	root.CompletionOptions.DisableDefaultCmd = true
	for _, add := range commands {
		root.AddCommand(add(a))
	}
	a.checkUsage(root)
	a.speakHelp(root)
	return root
}

// An app is one run of bell: its streams and its global flags.
type app struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	lang     string
	profile  string
	closers  []func()

	progressing bool // a line of progress stands on the terminal
}

func (a *app) close() {
	for i := len(a.closers) - 1; i >= 0; i-- {
		a.closers[i]()
	}
	a.closers = nil
}

// texts returns the translations into the language asked for, else the system's.
func (a *app) texts() *i18n.Texts {
	lang := a.lang
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if lang == "" {
			lang = os.Getenv(name)
		}
	}
	return i18n.New(i18n.Match(lang))
}
