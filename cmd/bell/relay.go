package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/sender"
	"counterbell/sender/relay"

	"github.com/spf13/cobra"
)

func newRelay(a *app) *cobra.Command {
	pair := &cobra.Command{
		Use: "pair URL", Short: "Use a link relay of your own; its key is read from COUNTERBELL_RELAY_KEY or standard input", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			typed := os.Getenv(secret.Variable("relay", "key"))
			fromEnv := typed != ""
			if !fromEnv {
				line, err := bufio.NewReader(io.LimitReader(a.in, 4096)).ReadString('\n')
				if err != nil && err != io.EOF {
					return err
				}
				if typed = strings.TrimSpace(line); typed == "" {
					return usage(data.Errorf("relay_key_missing", "pair a relay", "nothing on standard input").With("variable", secret.Variable("relay", "key")))
				}
			}
			key, err := relay.ParseKey(strings.TrimSpace(typed))
			if err != nil {
				return usage(err)
			}
			st, err := sender.PairRelay(ctx, s, args[0], key)
			if err != nil {
				return outOfReach(err)
			}
			if !fromEnv {
				if err := secret.Of(s.Dir).Set("relay", "key", string(key)); err != nil {
					return withCode(exitFailed, err)
				}
			}
			if a.json {
				return a.writeJSON(st)
			}
			a.say("relay.paired", "url", args[0])
			return nil
		},
	}
	status := &cobra.Command{
		Use: "status", Short: "Which relay is used, and how it does", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			links, err := sender.OpenLinks(ctx, s, func() (string, error) { return secret.Of(s.Dir).Get("relay", "key") })
			if err != nil {
				return outOfReach(err)
			}
			a.closers = append(a.closers, func() { _ = links.Close() })
			st, err := links.Status(ctx)
			if err != nil {
				return outOfReach(err)
			}
			out := struct {
				URL    string `json:"url"`
				Public bool   `json:"public"`
				relay.Status
			}{links.Base(), links.Public(), st}
			if a.json {
				return a.writeJSON(out)
			}
			a.say("bell.relay", "url", out.URL, "pages", out.Pages, "events", out.Events)
			if !out.Public {
				a.sayNote("relay.local")
			}
			return nil
		},
	}
	return group("relay", "The link relay", pair, status)
}
