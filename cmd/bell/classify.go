package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"counterbell/data"
	"counterbell/sender/inbox"

	"github.com/spf13/cobra"
)

func newClassify(a *app) *cobra.Command {
	var region, after, offered string
	c := &cobra.Command{Use: "classify", Short: "Say what replies mean: opt_out, opt_in, help, confirm, cancel, unclear or other, and the keyword that decided", Args: cobra.NoArgs}
	c.Long = c.Short + ".\nStandard input: a JSON string a line."
	f := c.Flags()
	f.StringVar(&region, "region", "", "where the sender’s number belongs (`CC`); without it the strictest reading counts")
	f.StringVar(&after, "after", "", "`KIND` of the last text they got: marketing, reminder, notice or otp")
	f.StringVar(&offered, "offered", "", "the `WORDS` that it offered as answers, between commas or spaces")
	c.RunE = func(*cobra.Command, []string) error {
		if after != "" && !data.Kind(after).Valid() {
			return badChoice("--after", after, "marketing", "reminder", "notice", "otp")
		}
		if region != "" && !isCode(region) {
			return usage(data.Errorf("no_such_country", "read --region", "no region %q", region).With("value", region))
		}
		words := strings.FieldsFunc(offered, func(r rune) bool { return strings.ContainsRune(" ,;|/，、", r) })
		out := bufio.NewWriter(a.out)
		defer out.Flush()
		return a.eachString(func(s string) error {
			c := inbox.Classify(inbox.Reply{Text: s, Region: region, After: data.Kind(after), Offered: words})
			if a.json {
				return json.NewEncoder(out).Encode(struct {
					Class   data.ReplyClass `json:"class"`
					Keyword string          `json:"keyword"`
					Also    data.ReplyClass `json:"also,omitempty"`
					Review  bool            `json:"review"`
				}{c.Reply, c.Keyword, c.Also, c.Review})
			}
			_, err := fmt.Fprintf(out, "%s\t%s\n", c.Reply, c.Keyword)
			return err
		})
	}
	return c
}

// isCode tells whether s looks like an ISO 3166-1 code.
func isCode(s string) bool {
	return len(s) == 2 && strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
