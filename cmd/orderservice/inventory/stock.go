// Package inventory keeps the stock that orders take from.
package inventory

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Item is a quantity of a product.
type Item struct {
	SKU      string
	Quantity int
}

// Stock counts what is there. One lock guards it: orders and the recount wait for each other.
type Stock struct {
	mu     sync.Mutex
	onHand map[string]int
	low    []Item // scarce products, by how few are left
}

const (
	restockAt  = 5
	restockTo  = 500
	lowEntries = 200
)

// NewStock starts with an empty shelf; it is filled on demand.
func NewStock() *Stock { return &Stock{onHand: map[string]int{}} }

// Reserve takes the items of an order from the shelf and orders what runs out.
func (s *Stock) Reserve(items []Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, item := range items {
		if item.Quantity <= 0 {
			return fmt.Errorf("%s: the quantity %d is not positive", item.SKU, item.Quantity)
		}
		left := s.onHand[item.SKU] - item.Quantity
		if left < restockAt {
			left = restockTo
		}
		s.onHand[item.SKU] = left
	}
	return nil
}

// Scarce returns the products of which the fewest are left.
func (s *Stock) Scarce() []Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.low)
}

// Recount brings the list of scarce products up to date every interval, until the context ends. It holds the lock while
// it sorts, which is what a mutex profile of this service shows.
func (s *Stock) Recount(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.recountOnce()
		}
	}
}

func (s *Stock) recountOnce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Item, 0, len(s.onHand))
	for sku, quantity := range s.onHand {
		all = append(all, Item{sku, quantity})
	}
	slices.SortFunc(all, func(a, b Item) int { return a.Quantity - b.Quantity })
	s.low = slices.Clone(all[:min(lowEntries, len(all))])
}
