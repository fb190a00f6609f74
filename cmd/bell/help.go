package main

import (
	"io"
	"strconv"
	"strings"

	"counterbell/ui/i18n"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Whoever asks a command for --help reads it in their own language. The English words stand where a command is made;
// both languages stand in the translations, under the command's path: help.bell.campaign.create.flag.name.

// speakHelp makes help in the language of texts, also where cobra shows it by itself.
func (a *app) speakHelp(root *cobra.Command) {
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { _, _ = io.WriteString(a.out, helpOf(c, a.texts())) })
}

// helpKey is where the texts of a command stand.
func helpKey(c *cobra.Command) string {
	if c.Name() == "help" && c.HasParent() {
		return "help.command"
	}
	return "help." + strings.ReplaceAll(c.CommandPath(), " ", ".")
}

// flagKey is where the text of a flag stands; those of every command belong to bell.
func flagKey(c *cobra.Command, f *pflag.Flag) string {
	if f.Name == "help" {
		return "help.flag"
	}
	if c.InheritedFlags().Lookup(f.Name) != nil {
		c = c.Root()
	}
	return helpKey(c) + ".flag." + strings.ReplaceAll(f.Name, "-", "_")
}

// helpOf is what --help says of a command: what it does, how it is written, what is below it, its flags.
func helpOf(c *cobra.Command, t *i18n.Texts) string {
	var b strings.Builder
	b.WriteString(t.T(helpKey(c)))
	if long := helpKey(c) + ".long"; t.Has(long) {
		b.Reset()
		b.WriteString(t.T(long))
	}
	b.WriteString("\n\n" + t.T("help.heading.usage") + "\n  " + c.UseLine() + "\n")
	if c.HasAvailableSubCommands() {
		b.WriteString("  " + c.CommandPath() + " [command]\n\n" + t.T("help.heading.commands") + "\n")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				b.WriteString("  " + padded(sub.Name(), sub.NamePadding()) + " " + t.T(helpKey(sub)) + "\n")
			}
		}
	}
	b.WriteString(flagLines(c, c.LocalFlags(), t, "help.heading.flags"))
	b.WriteString(flagLines(c, c.InheritedFlags(), t, "help.heading.global"))
	if c.HasAvailableSubCommands() {
		b.WriteString("\n" + t.T("help.more", "command", c.CommandPath()) + "\n")
	}
	return b.String()
}

// flagLines lists flags, their explanations below each other.
func flagLines(c *cobra.Command, flags *pflag.FlagSet, t *i18n.Texts, heading string) string {
	var names, says []string
	wide := 0
	flags.VisitAll(func(f *pflag.Flag) {
		said := *f
		said.Usage = t.T(flagKey(c, f))
		value, usage := pflag.UnquoteUsage(&said)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		if byItself := t.T("help.default", "value", standard(f)); standard(f) != "" {
			usage += t.T("bell.aside", "what", byItself)
		}
		names, says = append(names, name), append(says, usage)
		wide = max(wide, len(name))
	})
	if len(names) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n" + t.T(heading) + "\n")
	for i := range names {
		b.WriteString(padded(names[i], wide) + "   " + says[i] + "\n")
	}
	return b.String()
}

// standard is the value that a flag has when nobody gives it, "" for nothing worth saying.
func standard(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
		return ""
	}
	if f.Value.Type() == "string" {
		return strconv.Quote(f.DefValue)
	}
	return f.DefValue
}

func padded(s string, wide int) string { return s + strings.Repeat(" ", max(0, wide-len(s))) }
