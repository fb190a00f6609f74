package catalog

import (
	"testing"

	"counterbell/sender/provider"
)

func TestWhatAProviderCanDoIsKnownBeforeThereIsAnAccount(t *testing.T) {
	for _, e := range Entries() {
		caps, err := CapsOf(e.Name, nil)
		if err != nil || caps.MaxBatch < 1 || caps.SegmentRule == "" || caps.Practice != e.Practice {
			t.Errorf("%s: %+v %v", e.Name, caps, err)
		}
	}
	caps, err := CapsOf("twilio", map[string]string{"account_sid": "wrong", "rate_per_sec": "7", "base_url": "::", "auth_token": "never read"})
	if err != nil || caps.RatePerSec != 7 || !caps.FreeText || caps.Inbound == provider.PollNone || !caps.Balance {
		t.Errorf("with what was typed so far: %+v %v", caps, err)
	}
	if _, err := CapsOf("nobody", nil); err == nil {
		t.Error("a provider that there isn't")
	}
}
