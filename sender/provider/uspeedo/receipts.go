package uspeedo

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

// NoReceipt is the code of a status that says: twelve hours on, uSpeedo still has no receipt. The message stays
// accepted; what became of it can be asked at SearchURL.
const NoReceipt = "no_receipt"

const (
	maxSessions = 100
	horizon     = 72 * time.Hour // ours: for a computer that was off over a weekend
)

type receiptRequest struct {
	Action       string   `json:"Action"`
	AccountID    int64    `json:"AccountId,omitempty"`
	SessionNoSet []string `json:"SessionNoSet"`
}

type receiptAnswer struct {
	Data []struct {
		SessionNo  string    `json:"SessionNo"`
		ReceiptSet []receipt `json:"ReceiptSet"`
	} `json:"Data"`
}

type receipt struct {
	Phone   string      `json:"Phone"`
	UserID  string      `json:"UserId"`
	Cost    json.Number `json:"CostCount"`
	Result  string      `json:"ReceiptResult"`
	Code    string      `json:"ReceiptCode"`
	Desc    string      `json:"ReceiptDesc"`
	Time    json.Number `json:"ReceiptTime"`
	Country string      `json:"CountryCode"`
}

// results turns ReceiptResult into a state, in lower case. The Chinese words are those of UCloud's own service.
var results = map[string]data.MessageState{
	"success": data.Delivered, "发送成功": data.Delivered,
	"fail": data.Undelivered, "submitfail": data.Undelivered, "发送失败": data.Undelivered,
	"unknow": data.Unknown, "unknown": data.Unknown, "状态未知": data.Unknown,
}

// Statuses asks for the receipts that are due by the schedule of receiptTimes; it may be called as often as one likes.
// A message without a receipt after twelve hours comes back Accepted with code NoReceipt. When the line fails it
// returns what it has, and the error.
func (a *Account) Statuses(ctx context.Context, sent []provider.Sent) ([]provider.Status, error) {
	const op = "ask uSpeedo for receipts"
	now := a.clock()
	waiting := map[string][]provider.Sent{} // by SessionNo
	byRef := map[[2]string]provider.Sent{}  // by SessionNo and our reference
	var due []string
	for _, s := range sent {
		for _, no := range strings.Split(s.ProviderID, ",") {
			if no == "" || len(no) > 128 {
				continue
			}
			if _, ok := waiting[no]; !ok {
				if a.due(no, s.At.Time(), now) {
					due = append(due, no)
				}
			}
			waiting[no] = append(waiting[no], s)
			byRef[[2]string{no, s.Ref}] = s
		}
	}
	var news []provider.Status
	for len(due) > 0 {
		n := min(len(due), maxSessions)
		var r receiptAnswer
		_, err := a.call(ctx, op, receiptRequest{Action: "GetUSMSSendReceipt", AccountID: a.account, SessionNoSet: due[:n]}, &r)
		if err != nil {
			return news, err
		}
		told := map[string]bool{}
		for _, d := range r.Data {
			for _, rc := range d.ReceiptSet {
				s, ok := byRef[[2]string{d.SessionNo, rc.UserID}]
				if rc.UserID == "" {
					s, ok = rc.whose(waiting[d.SessionNo])
				}
				if ok {
					told[s.Ref+"\x00"+string(s.To)] = true
					news = append(news, rc.news(s, data.At(now)))
				}
			}
		}
		a.mu.Lock()
		for _, no := range due[:n] {
			a.asked[no] = now
		}
		for no, at := range a.asked { // nobody asks about those any more
			if now.Sub(at) > horizon {
				delete(a.asked, no)
			}
		}
		a.mu.Unlock()
		for _, no := range due[:n] {
			for _, s := range waiting[no] {
				if !told[s.Ref+"\x00"+string(s.To)] && now.Sub(s.At.Time()) >= receiptTimes[len(receiptTimes)-1] && !strings.Contains(s.ProviderID, ",") {
					news = append(news, provider.Status{ProviderID: s.ProviderID, Ref: s.Ref, To: s.To, State: data.Accepted, Code: NoReceipt, At: data.At(now)})
				}
			}
		}
		due = due[n:]
	}
	return news, nil
}

// due tells whether a time of the schedule has come since the session was asked about last. What this process has
// never asked about is due from the first minute on, however old.
func (a *Account) due(session string, accepted, now time.Time) bool {
	a.mu.Lock()
	last, ok := a.asked[session]
	a.mu.Unlock()
	ticks := func(t time.Time) int {
		n := 0
		for _, d := range receiptTimes {
			if !t.Before(accepted.Add(d)) {
				n++
			}
		}
		return n
	}
	if !ok {
		return ticks(now) > 0
	}
	return ticks(now) > ticks(last)
}

// whose finds the message that a receipt without our reference is of, by number.
func (rc *receipt) whose(sent []provider.Sent) (provider.Sent, bool) {
	var found provider.Sent
	n := 0
	for _, s := range sent {
		if digits(rc.Phone) == digits(string(s.To)) {
			return s, true
		}
		if sameNumber(rc.Phone, s.To) || sameNumber(rc.Country+rc.Phone, s.To) {
			found = s
			n++
		}
	}
	return found, n == 1
}

func (rc *receipt) news(s provider.Sent, now data.Instant) provider.Status {
	st := provider.Status{ProviderID: s.ProviderID, Ref: s.Ref, To: s.To, State: results[strings.ToLower(strings.TrimSpace(rc.Result))], Code: wire.Mask(rc.Code), At: now}
	st.Raw = wire.Mask(strings.TrimSpace(rc.Result + " " + rc.Desc))
	if st.State == "" {
		st.State = data.Accepted // a word that we don't know is no news
	}
	if st.State == data.Undelivered {
		if st.Class = wordClass(rc.Code + " " + rc.Desc); st.Class == data.ClassAuth || st.Class == data.ClassSender {
			st.Class = data.ClassUnknown
		}
	}
	if n, err := rc.Cost.Int64(); err == nil && n > 0 && n <= 100 {
		st.Segments = int(n)
	}
	if n, err := rc.Time.Int64(); err == nil && n > 0 {
		if n < 1e11 { // seconds, as they seem to be; else milliseconds
			n *= 1000
		}
		if at := data.Instant(n); at <= now.Add(24*time.Hour) {
			st.At = at
		}
	}
	return st
}

// receiptTimes are when receipts are asked for after a text was taken: 1, 5, 10, 20 and 40 minutes, then hourly to 12
// hours. Nothing after that: "no receipt".
var receiptTimes = func() []time.Duration {
	ts := []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute}
	for h := 1; h <= 12; h++ {
		ts = append(ts, time.Duration(h)*time.Hour)
	}
	return ts
}()
