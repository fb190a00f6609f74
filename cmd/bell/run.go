package main

import (
	"errors"
	"slices"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"

	"github.com/spf13/cobra"
)

func newRun(a *app) *cobra.Command {
	var once bool
	c := &cobra.Command{Use: "run", Short: "Send what is due, poll states, replies and opens, until interrupted", Args: cobra.NoArgs}
	c.Flags().BoolVar(&once, "once", false, "do everything that is due, ask for news once, and end")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		e, err := a.engine(ctx, s)
		if err != nil {
			return err
		}
		if !once {
			a.sayNote("run.started")
			err := e.Run(ctx)
			if errors.Is(err, sender.ErrElsewhere) {
				a.sayNote("run.elsewhere")
				return nil
			}
			return err
		}
		switch err := e.Start(ctx); {
		case errors.Is(err, sender.ErrElsewhere):
			a.sayNote("run.elsewhere")
			return nil
		case err != nil:
			return err
		}
		defer func() { _ = e.Stop(ctx) }()
		sum, err := e.Pass(ctx)
		if err != nil {
			return err
		}
		if a.json {
			if err := a.writeJSON(sum); err != nil {
				return err
			}
		} else {
			a.say("bell.pass", "accepted", sum.Accepted, "held", sum.Held, "blocked", sum.Blocked, "rejected", sum.Rejected, "unknown", sum.Unknown, "not_sent", sum.NotSent,
				"statuses", sum.Statuses, "replies", sum.Replies, "opens", sum.Opens, "reminders", sum.Reminders)
		}
		return outOfReach(sum.Trouble)
	}
	return c
}

// messageStates are the states that --state may name (decisions.md, States).
var messageStates = []data.MessageState{
	data.Queued, data.Claimed, data.Sending, data.Accepted, data.Delivered, data.Undelivered, data.Held, data.Blocked, data.Rejected,
	data.Unknown, data.Expired, data.MsgCancelled,
}

func newMessages(a *app) *cobra.Command {
	var campaign int64
	var state string
	c := &cobra.Command{Use: "messages", Short: "Messages and where they stand, one a line", Args: cobra.NoArgs}
	c.Flags().Int64Var(&campaign, "campaign", 0, "of this campaign (`ID`)")
	c.Flags().StringVar(&state, "state", "", "in this state (`S`)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		if state != "" && !slices.Contains(messageStates, data.MessageState(state)) {
			return badChoice("--state", state, words(messageStates)...)
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		if c.Flags().Changed("campaign") {
			if _, err := s.Campaign(ctx, data.CampaignID(campaign)); err != nil {
				return err
			}
		}
		for after := data.MessageID(0); ; {
			page, err := s.Messages(ctx, store.MessageFilter{Campaign: data.CampaignID(campaign), State: data.MessageState(state), After: after, Limit: 1000})
			if err != nil {
				return err
			}
			if a.json {
				if err := writeLines(a, page); err != nil {
					return err
				}
			} else {
				for _, m := range page {
					a.printf("%d\t%s\t%s\t%s\t%s\t%d\t%s", m.ID, m.To, m.State, m.Reason, m.ProviderID, m.Attempts, m.UpdatedAt)
				}
			}
			if len(page) < 1000 {
				return nil
			}
			after = page[len(page)-1].ID
		}
	}
	return c
}
