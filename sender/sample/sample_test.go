package sample

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
)

func TestTheSampleProfileIsAShopInTheMiddleOfItsWork(t *testing.T) {
	dir := Dir(filepath.Join(t.TempDir(), "Counterbell"))
	if filepath.Base(dir) != FolderName || Ready(dir) {
		t.Fatalf("before: %s, ready %v", dir, Ready(dir))
	}
	var last float64
	if err := Fill(t.Context(), dir, func(share float64) {
		if share < last {
			t.Errorf("progress went back from %v to %v", last, share)
		}
		last = share
	}); err != nil {
		t.Fatal(err)
	}
	if last != 1 || !Ready(dir) {
		t.Errorf("progress %v, ready %v", last, Ready(dir))
	}
	ctx := t.Context()
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Business(ctx)
	if err != nil || !b.Demo || b.Name != Business().Name {
		t.Errorf("business %+v: %v", b, err)
	}
	if now := s.Now().Time(); now.Before(Moment) || now.Sub(Moment).Hours() > 1 {
		t.Errorf("its clock shows %v, not %v", now, Moment)
	}
	f, err := s.Funnel(ctx, 1)
	if err != nil || f.Delivered < 150 || f.Opened == 0 || f.Redeemed == 0 {
		t.Errorf("the campaign came to %+v: %v", f, err)
	}
	day := Moment.Format("2006-01-02")
	if visits, err := s.Appointments(ctx, day, day+"T99"); err != nil || len(visits) == 0 {
		t.Errorf("%d people are expected on %s: %v", len(visits), day, err)
	}
	if err := s.SetProvider(ctx, "twilio", nil); data.CodeOf(err) != "demo_provider" {
		t.Errorf("a real provider in the sample profile: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSamplePeopleNeverTakeTheFolderOfRealOnes(t *testing.T) {
	dir := t.TempDir()
	ctx := t.Context()
	s, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.SetBusiness(ctx, data.Business{Name: "Real Optical", Country: "US", Zone: "America/New_York", Currency: "USD"}), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Fill(ctx, dir, nil); data.CodeOf(err) != "demo_profile" {
		t.Errorf("filling it says %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil || Ready(dir) {
		t.Errorf("the profile: %v, ready %v", err, Ready(dir))
	}
}
