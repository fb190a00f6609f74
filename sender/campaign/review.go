package campaign

import (
	"context"
	"crypto/rand"
	"hash/fnv"
	"slices"
	"sort"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/outbox"
	"counterbell/sender/relay"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// A Review is the dry run: who gets the campaign, when, why not, how long the texts are and what they cost.
// Audience = Now + Held + Blocked.
type Review struct {
	Campaign  data.CampaignID `json:"campaign_id,omitempty"`
	Practice  bool            `json:"practice"`
	Provider  string          `json:"provider"`
	Audience  int             `json:"audience"`
	Now       int             `json:"now"`  // go out when it starts
	Held      int             `json:"held"` // wait for their hours to open
	Blocked   int             `json:"blocked"`
	Reasons   map[string]int  `json:"reasons"`    // of those blocked
	HeldUntil []HeldGroup     `json:"held_until"` // by moment, soonest first
	Segments  int             `json:"segments"`
	Lengths   map[int]int     `json:"lengths"` // how many people's text takes 1, 2, 3… segments
	Encodings map[string]int  `json:"encodings"`
	Culprits  []string        `json:"culprits"` // the characters that make a text dearer
	Cost      data.Cost       `json:"cost"`     // Known only when every price is
	Seconds   int64           `json:"seconds"`  // how long the hand-over takes at the provider's rate
	Longest   string          `json:"longest"`
	Samples   []Sample        `json:"samples"`
	Starts    data.Instant    `json:"starts"`
	Variants  map[string]int  `json:"variants"` // how many people get each wording
	Hours     [24]Hour        `json:"hours"`    // by the clock on each person's own wall
	Quiet     [24]bool        `json:"quiet"`    // hours of the first day at which texts may go to nobody of them

	Problem   error                       `json:"-"` // why it couldn't be sent as it is: the error that Send would give
	LongestOf Sample                      `json:"-"` // the person who gets the longest text
	Left      map[string][]data.ContactID `json:"-"` // who is left out, by reason
	Waits     []data.ContactID            `json:"-"` // whose messages are held
}

// Avoidable are the culprits that somebody may want to change: none where the text is Chinese for everybody, since nothing
// would make that shorter.
func (r *Review) Avoidable() []string {
	chinese := func(s string) bool {
		return strings.IndexFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) }) >= 0
	}
	if r.Encodings[string(text.GSM7)] == 0 && slices.ContainsFunc(r.Culprits, chinese) {
		return nil
	}
	return r.Culprits
}

// An Hour is how many messages go out within an hour of the recipient's own day: as soon as the campaign starts, or later,
// since texts may not go to them before.
type Hour struct {
	Now  int `json:"now"`
	Held int `json:"held"`
}

// HeldGroup is the people whose messages wait until the same moment.
type HeldGroup struct {
	Until  data.Instant `json:"until"`
	Reason string       `json:"reason"`
	People int          `json:"people"`
}

// A Sample is one real person's text.
type Sample struct {
	Contact  data.ContactID `json:"contact_id"`
	Name     string         `json:"name"`
	Variant  string         `json:"variant"`
	Text     string         `json:"text"`
	Encoding string         `json:"encoding"`
	Units    int            `json:"units"`
	Segments int            `json:"segments"`
}

// A Tell hears how many people of an audience have been examined so far.
type Tell func(done, of int)

// Review makes the dry run of a stored draft.
func (p *Planner) Review(ctx context.Context, c *data.Campaign) (Review, error) {
	return p.ReviewTelling(ctx, c, func(int, int) {})
}

// ReviewTelling is Review that says how far it is: a hundred thousand people take a few seconds.
func (p *Planner) ReviewTelling(ctx context.Context, c *data.Campaign, tell Tell) (Review, error) {
	r, _, err := p.examine(ctx, c, false, tell)
	if err == nil {
		r.Problem = p.problem(ctx, c)
	}
	return r, err
}

// problem tells why a draft couldn't be sent as it is; nil when it could.
func (p *Planner) problem(ctx context.Context, c *data.Campaign) error {
	b, err := p.Store.Business(ctx)
	if err != nil {
		return err
	}
	if c.Provider != p.Provider.Name() {
		return data.Errorf("provider_changed", "review the campaign", "drafted for %s, now %s", c.Provider, p.Provider.Name()).With("provider", c.Provider)
	}
	return p.check(ctx, c, b)
}

// pageOfPeople is how many people are drafted at a time.
const pageOfPeople = 500

// examine drafts everybody of the group as of the campaign's start, and counts. With codes it makes coupons and tokens
// for those who may get the message: the audience as it will be frozen.
func (p *Planner) examine(ctx context.Context, c *data.Campaign, codes bool, tell Tell) (Review, []store.FrozenMessage, error) {
	caps := p.Provider.Capabilities()
	r := Review{
		Campaign: c.ID, Practice: caps.Practice, Provider: p.Provider.Name(), Reasons: map[string]int{}, Lengths: map[int]int{}, Encodings: map[string]int{},
		Culprits: []string{}, HeldUntil: []HeldGroup{}, Samples: []Sample{}, Variants: map[string]int{}, Left: map[string][]data.ContactID{},
	}
	w, err := newWriter(ctx, p.Needs, c)
	if err != nil {
		return r, nil, err
	}
	conditions, err := data.ParseConditions(c.Group)
	if err != nil {
		return r, nil, err
	}
	ids, err := p.Store.Find(ctx, store.Filter{Conditions: conditions})
	if err != nil {
		return r, nil, err
	}
	r.Audience = len(ids)
	r.Starts = max(p.Store.Now(), c.At)
	var notAfter data.Instant
	if c.Offer != nil && c.Offer.ValidTo != "" {
		notAfter = c.Offer.ValidTo.End(w.business.Location())
	}
	frozen := make([]store.FrozenMessage, 0, len(ids))
	held := map[HeldGroup]int{}
	culprits := map[string]bool{}
	shop, quiet := w.business.Location(), newQuiet(r.Starts)
	for start := 0; start < len(ids); start += pageOfPeople {
		people, err := p.people(ctx, c.Kind.Scope(), ids[start:min(start+pageOfPeople, len(ids))])
		if err != nil {
			return r, nil, err
		}
		if err := p.recall(ctx, w, people, r.Starts); err != nil {
			return r, nil, err
		}
		for i := range people {
			who := &people[i]
			f, d, err := p.freeze(w, who, notAfter, r.Starts, codes)
			if err != nil {
				return r, nil, err
			}
			frozen = append(frozen, f)
			r.add(who, &f.Message, &d, held, culprits, text.Rule(caps.SegmentRule))
			if f.Message.State != data.Blocked {
				wall := wallOf(&d, who, shop)
				r.arrives(&f.Message, wall, caps.RatePerSec)
				quiet.add(&d.Ask, wall)
			}
		}
		tell(len(frozen), len(ids))
	}
	if people := len(frozen); people != r.Audience {
		return r, nil, data.Errorf(data.Internal, "count the audience", "%d people in the group, %d examined", r.Audience, people)
	}
	r.Quiet = quiet.hours()
	for g, n := range held {
		g.People = n
		r.HeldUntil = append(r.HeldUntil, g)
	}
	sort.Slice(r.HeldUntil, func(i, j int) bool { return r.HeldUntil[i].Until < r.HeldUntil[j].Until })
	for s := range culprits {
		r.Culprits = append(r.Culprits, s)
	}
	sort.Strings(r.Culprits)
	if caps.RatePerSec > 0 {
		r.Seconds = int64(float64(r.Now+r.Held)/caps.RatePerSec + 0.999)
	}
	if r.Now+r.Held == 0 {
		r.Cost = data.Cost{}
	}
	return r, frozen, nil
}

// people loads a page of the audience with where they stand.
func (p *Planner) people(ctx context.Context, scope data.Scope, ids []data.ContactID) ([]Person, error) {
	return loadPeople(ctx, p.Store, scope, ids)
}

func loadPeople(ctx context.Context, s *store.Store, scope data.Scope, ids []data.ContactID) ([]Person, error) {
	contacts, err := s.Contacts(ctx, ids)
	if err != nil {
		return nil, err
	}
	phones := make([]data.Phone, len(contacts))
	for i := range contacts {
		phones[i] = contacts[i].Phone
	}
	standing, err := s.Permissions(ctx, scope, phones)
	if err != nil {
		return nil, err
	}
	people := make([]Person, len(contacts))
	for i := range contacts {
		people[i] = Person{Contact: contacts[i], Permission: standing[contacts[i].Phone]}
	}
	return people, nil
}

// recall looks up what people of an audience had by now, so that the dry run counts those who have had enough.
func (p *Planner) recall(ctx context.Context, w *writer, people []Person, starts data.Instant) error {
	asks := make([]*rules.Question, len(people))
	for i := range people {
		q := w.question(&people[i])
		q.Phone.Phone = people[i].Contact.Phone
		asks[i] = &q
	}
	if err := outbox.Recall(ctx, p.Store, w.caps.Practice, starts, asks); err != nil {
		return err
	}
	for i := range people {
		people[i].Recent = asks[i].Recent
	}
	return nil
}

// sampleCode and sampleToken stand in for what freezing makes: as long as the real ones.
const (
	sampleCode  = "7K74QMPX"
	sampleToken = "Ab3dEf6hIj9"
)

// freeze drafts one person as of the start: queued, held until their hours open, or blocked.
func (p *Planner) freeze(w *writer, who *Person, notAfter, starts data.Instant, codes bool) (store.FrozenMessage, outbox.Draft, error) {
	c := w.campaign
	f := store.FrozenMessage{Message: data.Message{
		Campaign: c.ID, Variant: variantOf(c, who.Contact.ID), Contact: who.Contact.ID, To: who.Contact.Phone, Kind: c.Kind,
		State: data.Queued, Due: starts, NotAfter: notAfter,
	}}
	m := &f.Message
	code, token := sampleCode, sampleToken
	wantsToken := w.templates[m.Variant].needsOwn || w.channel.Way == rules.WayLink
	if !wantsToken {
		token = ""
	}
	m.Token = token
	d, err := w.draft(who, *m, code)
	if err != nil {
		return f, d, err
	}
	if d.Drop == "" {
		d.Ask.Now = starts
		if c.Local != "" {
			if d.Ask.Now, err = latestWall(c.Local, rules.WindowsFor(d.Ask).Zones(), w.business.Zone); err != nil {
				return f, d, err
			}
			d.Ask.Now = max(d.Ask.Now, starts)
			m.Due = d.Ask.Now
		}
		v := rules.Decide(d.Ask)
		switch v.Verdict {
		case rules.Hold:
			m.State, m.Due, m.Reason = data.Held, v.Until, v.Reasons[0].Code
			if notAfter != 0 && v.Until > notAfter {
				m.State, m.Reason = data.Blocked, "offer_over_before_hours"
			}
		case rules.Block:
			m.State, m.Reason = data.Blocked, v.Reasons[0].Code
		default:
			if notAfter != 0 && m.Due > notAfter { // by the clock on their wall
				m.State, m.Reason = data.Blocked, "offer_over_before_hours"
			}
		}
	} else {
		m.State, m.Reason = d.Drop, d.Reason
	}
	m.Token = ""
	if codes && m.State != data.Blocked {
		if c.Offer != nil {
			if f.Code, err = data.NewCode(rand.Reader); err != nil {
				return f, d, err
			}
		}
		if wantsToken {
			if m.Token, err = relay.NewToken(rand.Reader); err != nil {
				return f, d, err
			}
		}
	}
	return f, d, nil
}

// latestWall returns the moment at which the wall time has come in every zone in which a person may be.
func latestWall(wall string, zones []string, fallback string) (data.Instant, error) {
	if len(zones) == 0 {
		zones = []string{fallback}
	}
	var latest data.Instant
	for _, z := range zones {
		at, err := data.WallAt(wall, z)
		if err != nil {
			return 0, err
		}
		latest = max(latest, at)
	}
	return latest, nil
}

// variantOf deals people out to the variants by a hash of campaign and contact: the same person always gets the same.
func variantOf(c *data.Campaign, who data.ContactID) string {
	if len(c.Variants) < 2 {
		return c.Variants[0].Name
	}
	h := fnv.New64a()
	for _, n := range []int64{int64(c.ID), int64(who)} {
		for range 8 {
			h.Write([]byte{byte(n)})
			n >>= 8
		}
	}
	return c.Variants[(h.Sum64()>>32)%uint64(len(c.Variants))].Name
}

func (r *Review) add(who *Person, m *data.Message, d *outbox.Draft, held map[HeldGroup]int, culprits map[string]bool, rule text.Rule) {
	switch m.State {
	case data.Blocked:
		r.Blocked++
		r.Reasons[m.Reason]++
		r.Left[m.Reason] = append(r.Left[m.Reason], who.Contact.ID)
		return
	case data.Held:
		r.Held++
		r.Waits = append(r.Waits, who.Contact.ID)
		held[HeldGroup{Until: m.Due, Reason: m.Reason}]++
	default:
		r.Now++
	}
	length := text.Count(d.Text.Body, rule)
	r.Segments += length.Segments
	r.Lengths[length.Segments]++
	r.Encodings[string(length.Encoding)]++
	if length.Encoding == text.UCS2 && len(culprits) < 20 {
		for _, c := range text.Culprits(d.Text.Body) {
			culprits[c.Char] = true
		}
	}
	first := r.Now+r.Held == 1
	switch {
	case first:
		r.Cost = d.Cost
	case !d.Cost.Known || !r.Cost.Known || d.Cost.Currency != r.Cost.Currency:
		r.Cost = data.Cost{}
	default:
		r.Cost.Micros += d.Cost.Micros
	}
	r.Variants[m.Variant]++
	sample := Sample{who.Contact.ID, who.Contact.Name, m.Variant, d.Text.Body, string(length.Encoding), length.Units, length.Segments}
	if l := &r.LongestOf; l.Contact == 0 || sample.Segments > l.Segments || sample.Segments == l.Segments && sample.Units > l.Units {
		r.LongestOf = sample
	}
	if len(d.Text.Body) > len(r.Longest) {
		r.Longest = d.Text.Body
	}
	if len(r.Samples) < 5 {
		r.Samples = append(r.Samples, sample)
	}
}
