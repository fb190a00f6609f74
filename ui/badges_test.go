package ui

import (
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
)

func TestTheRailSaysHowManyRepliesWaitBeforeTheInboxIsOpened(t *testing.T) {
	shop := pagetest.NewShop(t)
	wait := func(words string) {
		t.Helper()
		if _, err := shop.StoreReplies(t.Context(), "practice", []store.Reply{{Inbound: data.Inbound{
			ProviderID: words, From: pagetest.Phone(1), Text: words, At: shop.Now(), Reply: data.ReplyUnclear, Review: true,
		}}}, words); err != nil {
			t.Fatal(err)
		}
	}
	wait("maybe")
	s, _ := openShell(t, shop, first())
	if got := s.badges[page.Inbox]; got != "1" || s.pages[page.Inbox] != nil {
		t.Errorf("at the start the rail says %q", got)
	}
	wait("hm")
	s.changed()
	if got := s.view.wide.items[page.Inbox].Badge(); got != "2" {
		t.Errorf("after another reply the rail says %q", got)
	}
	all, err := shop.WaitingReplies(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		if _, err := shop.SettleReply(t.Context(), w.ID, store.AnswerOther, "Dana"); err != nil {
			t.Fatal(err)
		}
	}
	s.changed()
	if got := s.view.wide.items[page.Inbox].Badge(); got != "" {
		t.Errorf("when all is dealt with the rail says %q", got)
	}
}
