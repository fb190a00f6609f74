package main

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Whoever mistypes a command gets a sentence in their own language that says how it is written. This file makes errors
// of what cobra finds wrong with a command line, and of values that no command can use.

const readingArgs = "read the command line"

// checkUsage puts our own errors in the place of cobra's.
func (a *app) checkUsage(root *cobra.Command) {
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usage(flagError(c, err)) })
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if l := strings.ToLower(a.lang); l != "" && !strings.HasPrefix(l, "en") && !strings.HasPrefix(l, "zh") {
			return badChoice("--lang", a.lang, "en", "zh-Hans")
		}
		return missingFlags(c)
	}
	checkArgs(root)
}

// checkArgs lets a command and those below it say how they are called when the number of words doesn't fit.
func checkArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if check(c, args) == nil {
				return nil
			}
			if c.HasSubCommands() && len(args) > 0 {
				return usage(data.Errorf("command_unknown", readingArgs, "no command %q", args[0]).With("name", args[0]).With("command", c.CommandPath()))
			}
			return usage(data.Errorf("arguments", readingArgs, "%d arguments", len(args)).With("usage", strings.TrimSuffix(c.UseLine(), " [flags]")).With("command", c.CommandPath()))
		}
	}
	for _, sub := range c.Commands() {
		checkArgs(sub)
	}
}

// flagError turns what the flag parser says into a sentence of ours.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	code, flag, given := data.Code("flag_unknown"), "", ""
	switch {
	case errors.As(err, &unknown):
		flag = dashed(unknown.GetSpecifiedName())
		if shorthands := unknown.GetSpecifiedShortnames(); shorthands != "" {
			flag = "-" + shorthands
		}
	case errors.As(err, &bare):
		code, flag = "flag_bare", dashed(bare.GetSpecifiedName())
	case errors.As(err, &value):
		code, flag, given = "flag_value", dashed(value.GetFlag().Name), value.GetValue()
	default:
		flag = strings.TrimPrefix(err.Error(), "bad flag syntax: ")
	}
	return (&data.Error{Code: code, Op: readingArgs, Err: err}).With("flag", flag).With("value", given).With("command", c.CommandPath())
}

func dashed(name string) string { return "--" + name }

// missingFlags names the required flags that were not given.
func missingFlags(c *cobra.Command) error {
	var missing []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if slices.Contains(f.Annotations[cobra.BashCompOneRequiredFlag], "true") && !f.Changed {
			missing = append(missing, dashed(f.Name))
		}
	})
	if len(missing) == 0 {
		return nil
	}
	return usage(data.Errorf("flags_missing", readingArgs, "%v", missing).With("flags", strings.Join(missing, ", ")).With("command", c.CommandPath()))
}

// badValue is an error about a value that can't be used; its code says how it is written instead.
func badValue(code data.Code, value string) error {
	return usage(data.Errorf(code, readingArgs, "%q", value).With("value", value))
}

// badChoice is an error about a value that isn't one of a few.
func badChoice(what, value string, choices ...string) error {
	return usage(data.Errorf("bad_choice", readingArgs, "%s %q", what, value).With("value", value).With("what", what).With("choices", strings.Join(choices, ", ")))
}

// words turns a list of names into texts.
func words[T ~string](names []T) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return all
}

// parseID reads a number given on the command line.
func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id <= 0 {
		return 0, badValue("bad_number", s)
	}
	return id, nil
}

// parseMoment reads a time: RFC 3339, or a day or wall time in the shop's zone.
func parseMoment(s string, zone *time.Location) (data.Instant, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return data.At(t), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return data.At(t), nil
		}
	}
	return 0, badValue("bad_time", s)
}

var daysFromNow = regexp.MustCompile(`^(\d{1,4})d$`)

// parseDay reads a day with its year, or "7d": so many days from today, inclusive. "" is none.
func parseDay(s string, today time.Time) (data.Date, error) {
	if m := daysFromNow.FindStringSubmatch(s); m != nil {
		days, err := strconv.Atoi(m[1])
		return data.DateOf(today.AddDate(0, 0, days)), err
	}
	d, err := data.ParseDate(s)
	if err != nil || d != "" && len(d) != len("2026-11-24") {
		return "", badValue("bad_day", s)
	}
	return d, nil
}

// parseAmount reads an amount of money.
func parseAmount(s, currency string) (data.Money, error) {
	m, err := data.ParseMoney(s, currency)
	if err != nil {
		return m, badValue("bad_amount", s)
	}
	return m, nil
}
