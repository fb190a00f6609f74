package ui

import (
	"log/slog"
	"slices"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
)

func TestWhoLooksElsewhereIsToldOnceOfRepliesAndFinishedCampaigns(t *testing.T) {
	shop := pagetest.NewShop(t)
	ctx := t.Context()
	var said []string
	n, err := NewNotices(ctx, shop.Store, slog.New(slog.DiscardHandler), func() *i18n.Texts { return i18n.New(i18n.English) },
		func(title, _ string) { said = append(said, title) })
	if err != nil {
		t.Fatal(err)
	}
	reply := func(id string, review bool) {
		if _, err := shop.StoreReplies(ctx, "practice", []store.Reply{{Inbound: data.Inbound{ProviderID: id, From: "+15035550101", Text: "maybe after 4?", At: shop.Now(), Reply: data.ReplyUnclear, Review: review}}}, ""); err != nil {
			t.Fatal(err)
		}
	}
	reply("1", true)
	reply("2", false)
	n.Look(ctx, true)
	n.Look(ctx, true)
	if want := []string{"A reply needs an answer"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	reply("3", true)
	n.Look(ctx, false) // seen in the window
	n.Look(ctx, true)
	if len(said) != 1 {
		t.Errorf("what was seen in the window is said again: %q", said)
	}
}
