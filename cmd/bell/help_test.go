package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"counterbell/ui/i18n"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// every walks all commands, with bell itself.
func every(c *cobra.Command, see func(*cobra.Command)) {
	see(c)
	for _, sub := range c.Commands() {
		every(sub, see)
	}
}

func TestEveryCommandAndFlagIsExplainedInBothLanguages(t *testing.T) {
	en, zh := i18n.New(i18n.English), i18n.New(i18n.Chinese)
	said := map[string]bool{"help.flag": true, "help.command": true, "help.more": true, "help.default": true}
	names := func(usage string) string {
		value, _ := pflag.UnquoteUsage(&pflag.Flag{Usage: usage, Value: new(noValue)})
		return value
	}
	same := func(key, words string) {
		said[key] = true
		if !en.Has(key) || !zh.Has(key) || en.T(key) != words {
			t.Errorf("%s: the command says %q, the translations %q and %q", key, words, en.T(key), zh.T(key))
		}
		if zh.T(key) == words && strings.Contains(words, " the ") {
			t.Errorf("%s is not translated: %q", key, words)
		}
	}
	every(newRoot(&app{}), func(c *cobra.Command) {
		same(helpKey(c), c.Short)
		if long := helpKey(c) + ".long"; c.Long != "" || en.Has(long) {
			same(long, c.Long)
		}
		explain := func(f *pflag.Flag) {
			key := flagKey(c, f)
			same(key, f.Usage)
			if names(en.T(key)) != names(zh.T(key)) {
				t.Errorf("%s: its value is called %q in English and %q in Chinese", key, names(en.T(key)), names(zh.T(key)))
			}
		}
		c.LocalFlags().VisitAll(explain)
	})
	for _, key := range en.Keys() {
		if strings.HasPrefix(key, "help.") && !strings.HasPrefix(key, "help.heading.") && !said[key] {
			t.Errorf("%s belongs to no command", key)
		}
	}
}

// noValue is a flag's value of no known type.
type noValue struct{}

func (noValue) String() string   { return "" }
func (noValue) Set(string) error { return nil }
func (noValue) Type() string     { return "" }

func TestHelpSpeaksTheLanguageOfWhoeverAsks(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"--lang", "zh-Hans", "campaign", "create", "--help"}, []string{"起草一个活动", "用法：", "bell campaign create [flags]", "--name N ", "活动名称（N，必填）", "（默认 \"marketing\"）", "通用选项：", "{first_name|there}"}},
		{[]string{"campaign", "--help", "--lang", "zh-Hans"}, []string{"命令：", "preview     试算", "显示本说明"}},
		{[]string{"help", "redeem", "--lang", "zh"}, []string{"核销券码，或撤销核销"}},
		{[]string{"--lang", "zh-Hans"}, []string{"客人、同意记录", "version      版本号"}},
		{[]string{"redeem", "-h"}, []string{"Redeem a coupon’s code", "Usage:\n  bell redeem CODE [flags]", "      --amount 12.50   what was paid after the discount, 12.50", "Global flags:"}},
		{[]string{"contacts", "--json", "--help"}, []string{"at most N people; 0 for all (default 50)"}},
	} {
		var out, err bytes.Buffer
		a := &app{in: strings.NewReader(""), out: &out, err: &err}
		if code := a.main(t.Context(), c.args); code != 0 || err.Len() > 0 {
			t.Errorf("%q ends with %d: %s", c.args, code, err.String())
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q lacks %q:\n%s", c.args, want, out.String())
			}
		}
		if chinese := slices.Contains(c.args, "--lang"); chinese && strings.Contains(out.String(), "Usage") {
			t.Errorf("%q speaks English:\n%s", c.args, out.String())
		}
	}
}
