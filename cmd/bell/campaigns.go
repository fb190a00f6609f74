package main

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/campaign"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"
)

func newCampaign(a *app) *cobra.Command {
	return group("campaign", "Coupon campaigns and other texts to a group", newCampaignCreate(a), newCampaignPreview(a), newCampaignSend(a), newCampaignStatus(a),
		campaignChange(a, "pause", "Hold what hasn’t been handed over", func(ctx context.Context, s *store.Store, id data.CampaignID) error {
			return s.SetCampaignState(ctx, id, data.Paused, "by_user", data.Running, data.Scheduled, data.UndoWindow)
		}),
		campaignChange(a, "resume", "Go on", func(ctx context.Context, s *store.Store, id data.CampaignID) error { return s.ResumeCampaign(ctx, id) }),
		campaignChange(a, "cancel", "End it for good: what hasn’t been handed over is cancelled", func(ctx context.Context, s *store.Store, id data.CampaignID) error {
			_, err := s.StopCampaign(ctx, id)
			return err
		}))
}

// engine opens the profile's engine; it is closed when the command ends.
func (a *app) engine(ctx context.Context, s *store.Store) (*sender.Opened, error) {
	e, err := sender.Open(ctx, s, sender.Options{})
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, e.Close)
	return e, nil
}

func newCampaignCreate(a *app) *cobra.Command {
	var c data.Campaign
	var text, variant, offer, expires, from, terms, kind, at, local string
	var uses int
	cmd := &cobra.Command{
		Use: "create", Short: "Draft a campaign", Args: cobra.NoArgs,
		Long: `Draft a campaign. The text may hold {first_name|there}, {name}, {city}, {brand}, {code}, {offer}, {expires} and {link};
what stands after | is used for people who lack it. The brand’s name and the way to opt out are added as the recipient’s country asks.

An offer is “20% …”, “15.00 off …”, or anything else for a gift; it gives each person a code of their own.`,
	}
	f := cmd.Flags()
	f.StringVar(&c.Name, "name", "", "what you call it (`N`, required)")
	f.StringVar(&c.GroupName, "group", "", "who gets it (`G`, required; all for everybody)")
	f.StringVar(&text, "text", "", "the words (`T`, required)")
	f.StringVar(&variant, "variant", "", "a second wording for half of the people (`T`)")
	f.StringVar(&offer, "offer", "", "what the coupon gives (`T`)")
	f.IntVar(&uses, "uses", 1, "how often a coupon may be used (`N`)")
	f.StringVar(&from, "from", "", "the offer’s first day (`D`)")
	f.StringVar(&expires, "expires", "", "the offer’s last day, inclusive (`D`: 2026-12-24, or 7d for seven days from today)")
	f.StringVar(&terms, "terms", "", "the offer’s small print (`T`)")
	f.StringVar(&kind, "kind", string(data.Marketing), "marketing or notice")
	f.StringVar(&at, "at", "", "start at this `TIME` (RFC 3339, or the shop’s wall clock)")
	f.StringVar(&local, "local", "", "start at this wall clock `TIME` in each person’s own zone, 2026-11-25T10:00")
	for _, name := range []string{"name", "group", "text"} {
		_ = cmd.MarkFlagRequired(name)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		if c.Kind = data.Kind(kind); c.Kind != data.Marketing && c.Kind != data.Notice {
			return badChoice("--kind", kind, string(data.Marketing), string(data.Notice))
		}
		c.Variants = []data.Variant{{Name: "A", Text: text}}
		if variant != "" {
			c.Variants = append(c.Variants, data.Variant{Name: "B", Text: variant})
		}
		offered := offer != ""
		for _, name := range []string{"offer", "uses", "from", "expires", "terms"} {
			offered = offered || cmd.Flags().Changed(name)
		}
		if offered {
			o, err := parseOffer(offer, b.Currency)
			if err != nil {
				return usage(err)
			}
			o.Uses, o.Terms = uses, terms
			today := s.Now().In(b.Location())
			if o.ValidTo, err = parseDay(expires, today); err != nil {
				return err
			}
			if o.ValidFrom, err = parseDay(from, today); err != nil {
				return err
			}
			c.Offer = &o
		}
		if at != "" {
			if c.At, err = parseMoment(at, b.Location()); err != nil {
				return err
			}
		}
		if c.Local = strings.Replace(local, " ", "T", 1); c.Local != "" {
			if _, err := data.ParseWall(c.Local); err != nil {
				return badValue("bad_wall", local)
			}
		}
		e, err := a.engine(ctx, s)
		if err != nil {
			return err
		}
		if err := e.Campaigns().Create(ctx, &c); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(c)
		}
		a.say("bell.campaign.drafted", "id", itoa(int64(c.ID)), "group", c.GroupName)
		return nil
	}
	return cmd
}

var (
	percentOffer = regexp.MustCompile(`^\s*([-+−]?[\d.,]+)\s*[%％]`)
	amountOffer  = regexp.MustCompile(`(?i)^\s*([-+−]?)\s*[$€£¥￥]?\s*([-+−]?\d[\d.,]*)\s*[$€£¥￥元]?\s*(?:off|rabatt|de descuento|减|立减|优惠)`)
)

// parseOffer tells from its words what an offer gives. Errors offer_percent and offer_amount for discounts that can't be.
func parseOffer(title, currency string) (data.Offer, error) {
	o := data.Offer{Title: strings.TrimSpace(title), Kind: data.Gift, Uses: 1}
	title = norm.NFKC.String(title)
	if m := percentOffer.FindStringSubmatch(title); m != nil {
		p, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil || p < 1 || p > 100 {
			return o, data.Errorf("offer_percent", "read an offer", "%q", m[1])
		}
		o.Kind, o.Percent = data.PercentOff, p
		return o, nil
	}
	if m := amountOffer.FindStringSubmatch(title); m != nil {
		money, err := data.ParseMoney(m[2], currency)
		if err != nil || m[1] != "" {
			return o, data.Errorf("offer_amount", "read an offer", "%q", m[0])
		}
		o.Kind, o.Amount = data.AmountOff, money
	}
	return o, nil
}

func newCampaignPreview(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "preview ID", Short: "The dry run: who, when, why not, segments, cost", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, campaign, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			e, err := a.engine(ctx, s)
			if err != nil {
				return err
			}
			r, err := e.Campaigns().Review(ctx, campaign)
			if err != nil {
				return err
			}
			return a.showReview(ctx, s, r)
		},
	}
}

func (a *app) campaign(ctx context.Context, arg string) (*store.Store, *data.Campaign, error) {
	id, err := parseID(arg)
	if err != nil {
		return nil, nil, err
	}
	s, err := a.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.Campaign(ctx, data.CampaignID(id))
	return s, c, err
}

func newCampaignSend(a *app) *cobra.Command {
	var undo time.Duration
	c := &cobra.Command{Use: "send ID", Short: "Freeze the audience and give it free to send", Args: cobra.ExactArgs(1)}
	c.Flags().DurationVar(&undo, "undo", 0, "wait so long before the first message (`DURATION`)")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, campaign, err := a.campaign(ctx, args[0])
		if err != nil {
			return err
		}
		if undo < 0 || undo > 24*time.Hour {
			return usage(data.Errorf(data.Invalid, "send the campaign", "undo %s", undo).With("value", undo.String()))
		}
		e, err := a.engine(ctx, s)
		if err != nil {
			return err
		}
		r, err := e.Campaigns().Send(ctx, campaign.ID, undo)
		if err != nil {
			return err
		}
		if campaign, err = s.Campaign(ctx, campaign.ID); err == nil && campaign.State == data.AwaitingApproval {
			a.sayNote("campaign.awaiting")
			if a.json {
				return a.writeJSON(campaign)
			}
			return nil
		}
		return a.showReview(ctx, s, r)
	}
	return c
}

func newCampaignStatus(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "status ID", Short: "Where a campaign stands", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, campaign, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			f, err := s.Funnel(ctx, campaign.ID)
			if err != nil {
				return err
			}
			reasons := map[data.MessageState]map[string]int{}
			states := []data.MessageState{data.Held, data.Blocked, data.Rejected, data.Undelivered, data.Unknown}
			for _, state := range states {
				if reasons[state], err = s.ReasonCounts(ctx, campaign.ID, state); err != nil {
					return err
				}
			}
			if a.json {
				return a.writeJSON(struct {
					*data.Campaign
					Funnel  store.Funnel                         `json:"funnel"`
					Reasons map[data.MessageState]map[string]int `json:"reasons"`
				}{campaign, f, reasons})
			}
			if campaign.Reason == "" {
				a.say("bell.labelled", "what", campaign.Name, "said", a.state(campaign.State))
			} else {
				a.say("bell.campaign.paused", "name", campaign.Name, "state", a.state(campaign.State), "why", a.reason(campaign.Reason))
			}
			a.printFunnel(f)
			for _, state := range states {
				for _, r := range mostFirst(reasons[state]) {
					a.say("bell.campaign.why", "state", a.texts().T("report.message."+string(state)), "n", reasons[state][r], "why", a.reason(r))
				}
			}
			return nil
		},
	}
}

// reason says a reason's code in words.
func (a *app) reason(code string) string {
	return report.Reason{Code: code}.Text(a.texts())
}

func (a *app) printFunnel(f store.Funnel) {
	a.say("bell.funnel", "audience", f.Audience, "sent", f.Sent, "delivered", f.Delivered, "opened", f.Opened, "previews", f.Previews, "redeemed", f.Redeemed)
	a.say("bell.funnel.rest", "waiting", f.Waiting, "held", f.Held, "blocked", f.Blocked, "rejected", f.Rejected, "unknown", f.Unknown, "undelivered", f.Undelivered,
		"expired", f.Expired, "cancelled", f.Cancelled)
}

// state says in a word where a campaign or an import stands.
func (a *app) state(s data.CampaignState) string { return a.texts().T("state." + string(s)) }

func campaignChange(a *app, use, short string, change func(context.Context, *store.Store, data.CampaignID) error) *cobra.Command {
	return &cobra.Command{
		Use: use + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, campaign, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			if err := change(ctx, s, campaign.ID); err != nil {
				return err
			}
			if campaign, err = s.Campaign(ctx, campaign.ID); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(campaign)
			}
			a.say("bell.labelled", "what", campaign.Name, "said", a.state(campaign.State))
			return nil
		},
	}
}

func (a *app) showReview(ctx context.Context, s *store.Store, r campaign.Review) error {
	if a.json {
		return a.writeJSON(r)
	}
	b, err := s.Business(ctx)
	if err != nil {
		return err
	}
	t, zone := a.texts(), b.Location()
	if r.Practice {
		a.sayNote("practice.label")
	}
	a.say("bell.review", "audience", r.Audience, "now", r.Now, "starts", a.moment(r.Starts, zone), "held", r.Held, "blocked", r.Blocked)
	for _, h := range r.HeldUntil {
		a.say("bell.review.held", "n", h.People, "until", a.moment(h.Until, zone), "why", a.reason(h.Reason))
	}
	for _, why := range mostFirst(r.Reasons) {
		a.say("bell.review.blocked", "n", r.Reasons[why], "why", a.reason(why))
	}
	a.say("bell.review.cost", "segments", t.N("bell.segments", r.Segments), "cost", t.Cost(r.Cost))
	if avoidable := r.Avoidable(); len(avoidable) > 0 {
		a.say("bell.review.culprits", "characters", strings.Join(avoidable, " "))
	}
	for _, x := range r.Samples {
		a.printf("\n%s%s\n%s", x.Name, t.T("bell.aside", "what", x.Encoding+t.T("list.comma")+t.N("bell.segments", x.Segments)), x.Text)
	}
	return nil
}

// mostFirst orders reasons by how many people they hit.
func mostFirst(reasons map[string]int) []string {
	names := slices.Sorted(maps.Keys(reasons))
	slices.SortStableFunc(names, func(x, y string) int { return reasons[y] - reasons[x] })
	return names
}
