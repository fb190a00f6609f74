package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"counterbell/sender/provider/catalog"
	"counterbell/sender/text"

	"github.com/spf13/cobra"
)

// countingRules are the providers that count otherwise than the GSM standard.
// Source: their documentation (Aliyun help 91975, Tencent Cloud product 382).
var countingRules = map[string]text.Rule{"aliyun": text.RuleCN, "tencent": text.RuleCN}

func newSegments(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{Use: "segments", Short: "Count texts as the network does: encoding, units, segments, and the characters that force UCS-2", Args: cobra.NoArgs}
	c.Long = c.Short + ".\nStandard input: a JSON string a line."
	c.Flags().StringVar(&name, "provider", "", "count as this provider does (`NAME`)")
	c.RunE = func(*cobra.Command, []string) error {
		rule, ok := countingRules[name]
		if !ok {
			rule = text.RuleGSM
			if name != "" {
				if _, err := catalog.Find(name); err != nil {
					return usage(err)
				}
			}
		}
		out := bufio.NewWriter(a.out)
		defer out.Flush()
		return a.eachString(func(s string) error {
			n := text.Count(s, rule)
			culprits := []text.Culprit{}
			if rule == text.RuleGSM && n.Encoding == text.UCS2 {
				culprits = text.Culprits(s)
			}
			if a.json {
				return json.NewEncoder(out).Encode(struct {
					text.Length
					Culprits []text.Culprit `json:"culprits"`
				}{n, culprits})
			}
			_, err := fmt.Fprintf(out, "%s\t%d\t%d\t%s\n", n.Encoding, n.Units, n.Segments, visible(culprits))
			return err
		})
	}
	return c
}

// visible writes culprits side by side; those that can't be seen as U+00A0.
func visible(culprits []text.Culprit) string {
	words := make([]string, 0, len(culprits))
	for _, c := range culprits {
		r := []rune(c.Char)[0]
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) {
			words = append(words, c.Char)
		} else {
			words = append(words, fmt.Sprintf("U+%04X", r))
		}
	}
	return strings.Join(words, " ")
}
