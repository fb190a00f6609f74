package relay

import "sync"

// pageCache keeps pages that are being asked for, and those just published, which soon will be. It is emptied when full.
// An entry read before a change can't outlive it: every change moves the epoch.
type pageCache struct {
	mu    sync.RWMutex
	pages map[string]*storedPage
	epoch uint64
}

const maxCachedPages = 50_000 // 20 MB

func (c *pageCache) get(token string) (*storedPage, uint64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.pages[token], c.epoch
}

func (c *pageCache) put(p *storedPage, epoch uint64) *storedPage {
	c.mu.Lock()
	defer c.mu.Unlock()
	if there := c.pages[p.Token]; there != nil {
		return there
	}
	if c.epoch != epoch {
		return p
	}
	if c.pages == nil || len(c.pages) >= maxCachedPages {
		c.pages = map[string]*storedPage{}
	}
	c.pages[p.Token] = p
	return p
}

// replace puts pages as they now stand.
func (c *pageCache) replace(pages []*storedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	if c.pages == nil || len(c.pages)+len(pages) > maxCachedPages {
		c.pages = map[string]*storedPage{}
	}
	for _, p := range pages {
		c.pages[p.Token] = p
	}
}

func (c *pageCache) drop(tokens []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	for _, t := range tokens {
		delete(c.pages, t)
	}
}

func (c *pageCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.pages = nil
}
