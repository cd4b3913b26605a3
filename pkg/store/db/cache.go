package db

import (
	"sync"
	"sync/atomic"
)

// cache bounds the memory of loaded tables. Tables in use are never given up,
// so the limit can be passed while many partitions are in use at once.
type cache struct {
	limit int64

	mu     sync.Mutex
	used   int64
	clock  int64
	loaded map[*partition]struct{}

	evictions atomic.Uint64
}

// use keeps the tables of a partition in memory until done.
func (c *cache) use(p *partition) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clock++
	p.users++
	p.lastUse = c.clock
}

// done ends a use. It measures the partition anew and gives up the tables that
// were not used for longest while there are too many.
func (c *cache) done(p *partition) {
	p.mu.RLock()
	cost := p.memory()
	if p.dropped {
		cost = 0
	}
	p.mu.RUnlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	p.users--
	if c.loaded == nil {
		c.loaded = make(map[*partition]struct{})
	}
	c.used += cost - p.cost
	p.cost = cost
	if cost > 0 {
		c.loaded[p] = struct{}{}
	} else {
		delete(c.loaded, p)
	}
	for c.used > c.limit {
		oldest := c.oldestIdle()
		if oldest == nil {
			return
		}
		c.unload(oldest)
		c.evictions.Add(1)
	}
}

func (c *cache) oldestIdle() (oldest *partition) {
	for p := range c.loaded {
		if p.users == 0 && (oldest == nil || p.lastUse < oldest.lastUse) {
			oldest = p
		}
	}
	return oldest
}

// unload gives up the tables of a partition that nobody uses; mu is held.
func (c *cache) unload(p *partition) {
	p.mu.Lock()
	p.series, p.syms = nil, nil
	p.mu.Unlock()
	c.used -= p.cost
	p.cost = 0
	delete(c.loaded, p)
}

// forget drops a partition that is no more.
func (c *cache) forget(p *partition) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used -= p.cost
	p.cost = 0
	delete(c.loaded, p)
}

// state gives the bytes in use and the number of loaded partitions.
func (c *cache) state() (bytes int64, partitions int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used, len(c.loaded)
}
