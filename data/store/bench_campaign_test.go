package store

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"counterbell/data"
)

// benchAudience is how many people the benchmark's campaign has.
func benchAudience(b *testing.B) int {
	n := 20_000
	if s := os.Getenv("COUNTERBELL_BENCH_AUDIENCE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1000 {
			b.Fatalf("COUNTERBELL_BENCH_AUDIENCE=%q", s)
		}
	}
	return n
}

// BenchmarkCampaign freezes an audience while a till asks for its turn again and again, and reads what the pages of a
// campaign show: how far it is, and what became of everybody.
func BenchmarkCampaign(b *testing.B) {
	s, err := Open(b.Context(), Options{Dir: b.TempDir(), Clock: func() time.Time { return tuesday }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	n := benchAudience(b)
	for b.Loop() {
		c := &data.Campaign{Name: "Sunglasses week", Kind: data.Marketing, Offer: &data.Offer{Title: "x", Kind: data.Gift, Uses: 1}, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
		if err := s.CreateCampaign(b.Context(), c); err != nil {
			b.Fatal(err)
		}
		audience := make([]FrozenMessage, n)
		for i := range audience {
			audience[i] = FrozenMessage{Code: "22222222", Message: data.Message{
				Contact: data.ContactID(i + 1), To: data.Phone(fmt.Sprintf("+1%010d", i)), Kind: data.Marketing, State: data.Queued, Variant: "A", Token: fmt.Sprintf("%d-%d", c.ID, i),
			}}
		}
		stop, longest := make(chan struct{}), make(chan time.Duration)
		go func() { // the till
			var most time.Duration
			for {
				select {
				case <-stop:
					longest <- most
					return
				default:
				}
				began := time.Now()
				if err := s.SetSetting(b.Context(), "till", began.UnixNano()); err != nil {
					b.Error(err)
				}
				most = max(most, time.Since(began))
			}
		}()
		began := time.Now()
		c.State = data.Running
		if err := s.Freeze(b.Context(), c, audience); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "freeze-ms")
		close(stop)
		b.ReportMetric(float64((<-longest).Microseconds())/1000, "till-waits-ms")
		for name, read := range map[string]func() error{
			"run-ms":   func() error { _, err := s.CampaignRun(b.Context(), c.ID); return err },
			"fates-ms": func() error { _, err := s.CampaignFates(b.Context(), c.ID, ""); return err },
			"found-ms": func() error { _, err := s.CampaignFates(b.Context(), c.ID, "555"); return err },
		} {
			began := time.Now()
			if err := read(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(began).Microseconds())/1000, name)
		}
		if _, err := s.StopCampaign(b.Context(), c.ID); err != nil {
			b.Fatal(err)
		}
	}
}
