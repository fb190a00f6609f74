package reporttest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
)

// A mold is a shop that was made once, so that every test of a package gets its own in a moment.
type mold struct {
	database []byte
	campaign data.CampaignID
	event    int64
}

var (
	moldsMu sync.Mutex
	molds   = map[string]mold{}
)

// cast makes the shop of that name the first time, and copies it afterwards.
func cast(t testing.TB, name string, make func(testing.TB) *Shop) *Shop {
	t.Helper()
	moldsMu.Lock()
	defer moldsMu.Unlock()
	m, ok := molds[name]
	if !ok {
		shop := make(t)
		path := filepath.Join(t.TempDir(), store.FileName)
		shop.must(shop.Store.Backup(t.Context(), path))
		database, err := os.ReadFile(path)
		shop.must(err)
		m = mold{database, shop.Campaign, shop.event}
		molds[name] = m
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), m.database, 0o600); err != nil {
		t.Fatal(err)
	}
	shop := open(t, dir)
	shop.Campaign, shop.event = m.campaign, m.event
	return shop
}
