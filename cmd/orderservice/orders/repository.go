package orders

import (
	"fmt"
	"sync"
)

// Repository keeps the newest orders, and a journal of them as they were serialised; older ones make room.
type Repository struct {
	mu         sync.RWMutex
	orders     map[string]*Order
	byCustomer map[string][]string
	age        []string // ids in the order of placing, oldest first
	journal    [][]byte // as many entries as age
	capacity   int
}

// NewRepository keeps up to capacity orders.
func NewRepository(capacity int) *Repository {
	return &Repository{orders: map[string]*Order{}, byCustomer: map[string][]string{}, capacity: capacity}
}

// Save stores an order; it must not be changed afterwards.
func (r *Repository) Save(order *Order) error {
	entry, err := serializeOrder(order)
	if err != nil {
		return err
	}
	key := customerKey(order.Tenant, order.Customer)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.orders[order.ID] = order
	r.byCustomer[key] = append(r.byCustomer[key], order.ID)
	r.age, r.journal = append(r.age, order.ID), append(r.journal, entry)
	if len(r.age) > r.capacity {
		delete(r.orders, r.age[0])
		r.age, r.journal = r.age[1:], r.journal[1:]
	}
	return nil
}

// Load finds an order.
func (r *Repository) Load(id string) (*Order, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	order, found := r.orders[id]
	if !found {
		return nil, fmt.Errorf("order %s: %w", id, ErrNotFound)
	}
	return order, nil
}

// ListByCustomer finds a customer's newest orders, the newest first.
func (r *Repository) ListByCustomer(tenant, customer string, limit int) []*Order {
	key := customerKey(tenant, customer)
	r.mu.Lock()
	defer r.mu.Unlock()
	var kept []string
	for _, id := range r.byCustomer[key] {
		if _, found := r.orders[id]; found {
			kept = append(kept, id)
		}
	}
	r.byCustomer[key] = kept
	newest := make([]*Order, 0, limit)
	for i := len(kept) - 1; i >= 0 && len(newest) < limit; i-- {
		newest = append(newest, r.orders[kept[i]])
	}
	return newest
}

// Recent finds the newest orders of all customers.
func (r *Repository) Recent(limit int) []*Order {
	r.mu.RLock()
	defer r.mu.RUnlock()
	ids := r.age[max(0, len(r.age)-limit):]
	recent := make([]*Order, len(ids))
	for i, id := range ids {
		recent[i] = r.orders[id]
	}
	return recent
}

func customerKey(tenant, customer string) string { return tenant + "/" + customer }
