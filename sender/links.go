package sender

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/provider/wire"
	"counterbell/sender/relay"
)

// RelayFile is the file of the relay that runs inside the program, in the profile's folder.
const RelayFile = "relay.db"

// Links is the relay that a profile uses: the user's own public one when it is paired, else the one inside this program,
// which phones can't reach.
type Links struct {
	*relay.Client
	public bool
	id     string
	local  *relay.Local
}

// settingRelay holds the public relay's address; its key lies in the keychain.
const settingRelay = "relay"

// OpenLinks connects to the paired relay, or starts the one inside. key returns the pairing key of a public relay.
func OpenLinks(ctx context.Context, s *store.Store, key func() (string, error)) (*Links, error) {
	var base string
	if _, err := s.Setting(ctx, settingRelay, &base); err != nil {
		return nil, err
	}
	if base != "" {
		secret, err := key()
		if err != nil {
			return nil, err
		}
		k, err := relay.ParseKey(secret)
		if err != nil {
			return nil, err
		}
		c, err := relay.NewClient(base, k, &http.Client{Timeout: 20 * time.Second})
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(base)
		return &Links{Client: c, public: err == nil && !wire.Loopback(u.Hostname()), id: base}, nil
	}
	local, err := relay.OpenLocal(ctx, relay.LocalNeeds{Path: filepath.Join(s.Dir, RelayFile), Clock: s.Clock(), Random: rand.Reader})
	if err != nil {
		return nil, err
	}
	return &Links{Client: local.Client(), id: "local", local: local}, nil
}

// PairRelay stores a public relay's address, after it has answered with this key. Error codes are those of the relay.
func PairRelay(ctx context.Context, s *store.Store, base string, key relay.Key) (relay.Status, error) {
	c, err := relay.NewClient(base, key, &http.Client{Timeout: 20 * time.Second})
	if err != nil {
		return relay.Status{}, err
	}
	st, err := c.Status(ctx)
	if err != nil {
		return st, err
	}
	return st, s.SetSetting(ctx, settingRelay, c.Base())
}

// Public tells whether people's phones can reach the links.
func (l *Links) Public() bool { return l.public }

// Close stops the relay inside the program, if it is that one.
func (l *Links) Close() error {
	if l.local != nil {
		return l.local.Close()
	}
	return nil
}

// publish makes the relay know the links of messages that wait to be sent, and notes which it has confirmed. A campaign
// whose page can't be published pauses; the others go on.
func (e *Engine) publish(ctx context.Context) error {
	if e.links == nil {
		return nil
	}
	contents := map[data.CampaignID]*pageOf{}
	var trouble error
	for {
		todo, err := e.store.UnpublishedLinks(ctx, relay.MaxBatch)
		if err != nil || len(todo) == 0 {
			return errors.Join(trouble, err)
		}
		refused, err := e.publishSome(ctx, todo, contents)
		if err != nil {
			return err
		}
		if refused != nil {
			trouble = refused
		}
	}
}

// publishClaimed makes the relay know the links of messages that are about to be handed over and that it doesn't know yet:
// those of a campaign that was given free a moment ago. Without it they would be held until the relay has its turn again.
func (e *Engine) publishClaimed(ctx context.Context, claimed []data.Message) error {
	var tokens []string
	for _, m := range claimed {
		if m.Token != "" && m.Campaign != 0 {
			tokens = append(tokens, m.Token)
		}
	}
	if e.links == nil || len(tokens) == 0 {
		return nil
	}
	known, err := e.store.Published(ctx, tokens)
	if err != nil || len(known) == len(tokens) {
		return err
	}
	var late []data.Message
	var coupons []data.CouponID
	for _, m := range claimed {
		if m.Token != "" && m.Campaign != 0 && !known[m.Token] {
			late, coupons = append(late, m), append(coupons, m.Coupon)
		}
	}
	codes, err := e.store.CouponCodes(ctx, coupons)
	if err != nil {
		return err
	}
	contents := map[data.CampaignID]*pageOf{}
	for start := 0; start < len(late); start += relay.MaxBatch {
		var todo []store.UnpublishedLink
		for _, m := range late[start:min(start+relay.MaxBatch, len(late))] {
			todo = append(todo, store.UnpublishedLink{Token: m.Token, Campaign: m.Campaign, Code: codes[m.Coupon]})
		}
		if _, err := e.publishSome(ctx, todo, contents); err != nil {
			return err
		}
	}
	return nil
}

// publishSome publishes the pages of some links. refused is why a page can't be published; its campaign is paused then.
func (e *Engine) publishSome(ctx context.Context, todo []store.UnpublishedLink, contents map[data.CampaignID]*pageOf) (refused, err error) {
	pages := make([]relay.Page, 0, len(todo))
	tokens := make([]string, 0, len(todo))
	paused := map[data.CampaignID]bool{}
	for _, l := range todo {
		if paused[l.Campaign] {
			continue
		}
		c := contents[l.Campaign]
		if c == nil {
			if c, err = e.pageOf(ctx, l.Campaign); err != nil {
				return refused, err
			}
			contents[l.Campaign] = c
		}
		page := relay.Page{Token: l.Token, Kind: relay.CouponPage, Code: l.Code, Ends: c.ends, EndsText: c.endsText, Content: &c.content}
		if l.Code == "" {
			page.Kind = relay.StopPage
		}
		if err := page.Validate(); err != nil {
			paused[l.Campaign], refused = true, err
			if err := e.store.SetCampaignState(ctx, l.Campaign, data.Paused, string(data.CodeOf(err)), data.Running, data.Scheduled, data.UndoWindow); err != nil && data.CodeOf(err) != "campaign_state" {
				return refused, err
			}
			continue
		}
		tokens, pages = append(tokens, l.Token), append(pages, page)
	}
	if len(pages) == 0 {
		return refused, nil
	}
	if err := e.links.Publish(ctx, pages); err != nil {
		return refused, err
	}
	return refused, e.store.LinksPublished(ctx, tokens)
}

// pageOf is what a campaign's coupon pages share.
type pageOf struct {
	content  relay.Content
	ends     data.Instant
	endsText string
}

func (e *Engine) pageOf(ctx context.Context, id data.CampaignID) (*pageOf, error) {
	c, err := e.store.Campaign(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := e.store.Business(ctx)
	if err != nil {
		return nil, err
	}
	p := &pageOf{content: relay.Content{Language: pageLanguage(c), Scope: c.Kind.Scope(), Brand: campaign.BrandOf(b, e.provider.Capabilities()), Address: b.Address, Phone: b.Contact, Zone: b.Zone, IsPractice: c.Practice}}
	if o := c.Offer; o != nil {
		p.content.Offer, p.content.Detail = splitOffer(o.Title)
		p.content.Terms = o.Terms
		if o.ValidTo != "" {
			p.ends = o.ValidTo.End(b.Location())
			p.endsText = longDay(p.content.Language, o.ValidTo.Start(b.Location()))
		}
		if o.ValidFrom != "" {
			p.content.ValidFrom = data.At(o.ValidFrom.Start(b.Location()))
			p.content.FromText = longDay(p.content.Language, o.ValidFrom.Start(b.Location()))
		}
	}
	return p, nil
}

// splitOffer takes an offer's title apart for the page: what it gives large, on what below. "20% off any sunglasses".
func splitOffer(title string) (offer, detail string) {
	if i := strings.Index(title, " off "); i > 0 && i <= 12 {
		return title[:i+len(" off")], title[i+len(" off "):]
	}
	return title, ""
}

// longDay writes a day as a coupon page shows it: "Sunday 29 November 2026", "2026年11月29日 星期日".
func longDay(lang string, day time.Time) string {
	if lang == "zh-Hans" {
		return day.Format("2006年1月2日") + " 星期" + string([]rune("日一二三四五六")[day.Weekday()])
	}
	return day.Format("Monday 2 January 2006")
}

func pageLanguage(c *data.Campaign) string {
	for _, v := range c.Variants {
		for _, r := range v.Text {
			if r >= 0x4e00 && r <= 0x9fff {
				return "zh-Hans"
			}
		}
	}
	return "en"
}

// pollLinks fetches what people did with their links: opens, and the stop button.
func (e *Engine) pollLinks(ctx context.Context) (opens int, err error) {
	if e.links == nil {
		return 0, nil
	}
	name := "relay:" + e.links.id
	for {
		text, err := e.store.Cursor(ctx, name)
		if err != nil {
			return opens, err
		}
		cursor, _ := strconv.ParseInt(text, 10, 64)
		events, next, err := e.links.Events(ctx, cursor)
		if err != nil || len(events) == 0 && next <= cursor {
			return opens, err
		}
		var opened, stops []store.LinkOpen
		for _, ev := range events {
			handed, before, err := e.store.LinkTimes(ctx, ev.Token, ev.At)
			if err != nil {
				return opens, err
			}
			ev = relay.DefaultTiming.Classify(ev, handed, before)
			o := store.LinkOpen{Event: ev.ID, Token: ev.Token, At: ev.At, Class: data.OpenClass(ev.Class), Why: string(ev.Reason)}
			if ev.Kind == relay.Opened {
				opened = append(opened, o)
			} else {
				stops = append(stops, o)
			}
		}
		if err := e.store.StoreOpens(ctx, e.links.id, opened, stops, next); err != nil {
			return opens, err
		}
		opens += len(opened)
		if len(events) == 0 || next <= cursor { // a relay that doesn't move on is asked again the next time
			return opens, nil
		}
	}
}
