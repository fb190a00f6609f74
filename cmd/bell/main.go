// Command bell is Counterbell without a window: for scripts, servers, tests and people who like a terminal. Its names,
// fields and exit codes are a contract. It builds without cgo.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"counterbell/data"
	"counterbell/ui/i18n"
	_ "counterbell/ui/locale" // before Fyne

	"github.com/spf13/cobra"
)

// Exit codes: 0 done, 1 failed, 2 bad usage or unreadable input, 3 refused by a rule, 4 provider refused or out of reach.
const (
	exitFailed   = 1
	exitUsage    = 2
	exitRefused  = 3
	exitProvider = 4
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
	var known *data.Error
	switch {
	case errors.As(err, &quiet):
	case errors.As(err, &known):
		fmt.Fprintln(a.err, "bell: "+a.texts().Error(err))
	default: // cobra's own words about the command line
		fmt.Fprintf(a.err, "bell: %v. See bell --help.\n", err)
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
	f.StringVar(&a.profile, "profile", "", "workspace `DIR` (default: the desktop app's)")
	f.BoolVar(&a.json, "json", false, "write JSON to standard output")
	f.StringVar(&a.lang, "lang", "", "language of messages: en or zh-Hans")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.CompletionOptions.DisableDefaultCmd = true
	for _, add := range commands {
		root.AddCommand(add(a))
	}
	// Cobra reports unknown commands and wrong numbers of arguments as plain errors: they are bad usage.
	for _, c := range root.Commands() {
		usageArgs(c)
	}
	return root
}

func usageArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error { return usage(check(c, args)) }
	}
	for _, sub := range c.Commands() {
		usageArgs(sub)
	}
}

// An app is one run of bell: its streams and its global flags.
type app struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	lang     string
	profile  string
	closers  []func()
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

// An exitError gives an error an exit code of its own.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// A quietError has been reported already: on standard output, as the result.
type quietError struct{ code int }

func (e *quietError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// usage marks err as bad usage or unreadable input.
func usage(err error) error { return withCode(exitUsage, err) }

// refused marks err as a rule's refusal.
func refused(err error) error { return withCode(exitRefused, err) }

// outOfReach marks err as the provider's.
func outOfReach(err error) error { return withCode(exitProvider, err) }

func withCode(code int, err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code, err}
}

// exitCode finds an error's exit code: its own, else the one of its data.Code.
func exitCode(err error) int {
	var own *exitError
	var quiet *quietError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &quiet):
		return quiet.code
	case errors.As(err, &own):
		return own.code
	}
	is := data.CodeOf(err)
	if code, ok := exitOf[is]; ok {
		return code
	}
	for _, prefix := range []string{"phone_", "file_", "sheet_", "placeholder_", "map_", "no_such_", "csv_"} {
		if strings.HasPrefix(string(is), prefix) {
			return exitUsage
		}
	}
	var known *data.Error
	if !errors.As(err, &known) {
		return exitUsage // cobra's own: an unknown command or flag
	}
	return exitFailed
}

// exitOf lists the codes that don't simply fail.
var exitOf = map[data.Code]int{
	data.Invalid: exitUsage, data.Unreadable: exitUsage, data.NotFound: exitUsage,
	"condition_field": exitUsage, "condition_op": exitUsage, "condition_value": exitUsage, "group_unknown": exitUsage, "campaign_unknown": exitUsage,
	"import_unknown": exitUsage, "consent_event": exitUsage, "consent_basis": exitUsage, "consent_future": exitUsage,
	"offer_no_title": exitUsage, "offer_percent": exitUsage, "offer_amount": exitUsage, "offer_uses": exitUsage, "offer_dates": exitUsage, "offer_over": exitUsage,
	"template_bare": exitUsage, "brand_wanted": exitRefused, "reply_unread": exitRefused, "encoding_unknown": exitUsage, "header_only": exitUsage, "no_phone_column": exitUsage,
	"no_date_column": exitUsage, "too_many_appointments": exitUsage, "code_without_offer": exitUsage, "past_time": exitUsage, "text_empty": exitUsage, "text_long": exitUsage,
	"code_length": exitRefused, "code_character": exitRefused, "code_check": exitRefused,
	data.Refused: exitRefused, "demo_provider": exitRefused, "campaign_state": exitRefused, "import_state": exitRefused, "redemption_none": exitRefused,
	"no_opt_out_way": exitRefused, "links_unreachable": exitRefused, "nobody": exitRefused, "undo_reason": exitUsage,
	data.Credentials: exitProvider, data.ProviderDown: exitProvider, "provider_refused": exitProvider, "relay_down": exitProvider, "relay_key": exitProvider, "relay_old": exitProvider,
}
