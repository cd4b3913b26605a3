package orders

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/flamewatch/profiles/cmd/orderservice/inventory"
	"github.com/flamewatch/profiles/cmd/orderservice/payments"
	"github.com/flamewatch/profiles/cmd/orderservice/pricing"
	"github.com/flamewatch/profiles/cmd/orderservice/tracing"
)

// Errors of an order that cannot be placed or found.
var (
	ErrNotFound = errors.New("there is no such order")
	ErrInvalid  = errors.New("the order cannot be placed")
)

// historyLength is how many orders a customer is shown.
const historyLength = 10

// Request is what a customer asks for.
type Request struct {
	Customer string `json:"customer"`
	Lines    []Line `json:"lines"`
}

// Service places orders.
type Service struct {
	catalog    *pricing.Catalog
	stock      *inventory.Stock
	payments   *payments.Client
	repository *Repository
	placed     atomic.Int64
}

// NewService joins the parts.
func NewService(
	catalog *pricing.Catalog, stock *inventory.Stock, payments *payments.Client, repository *Repository,
) *Service {
	return &Service{catalog: catalog, stock: stock, payments: payments, repository: repository}
}

// Place prices, reserves, charges and stores an order.
func (s *Service) Place(ctx context.Context, tenant string, request Request) (*Order, error) {
	order := &Order{
		ID:     fmt.Sprintf("%s-%08d", tenant, s.placed.Add(1)),
		Tenant: tenant, Customer: request.Customer, Placed: time.Now(),
	}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"price", func(context.Context) error { return s.price(order, request.Lines) }},
		{"reserve stock", func(context.Context) error { return s.reserve(order) }},
		{"charge", func(ctx context.Context) (err error) {
			order.Receipt, order.Payment, err = s.payments.Charge(ctx, order.ID, order.Cents)
			return err
		}},
		{"save", func(context.Context) error { return s.repository.Save(order) }},
	} {
		if err := inSpan(ctx, step.name, step.do); err != nil {
			return nil, err
		}
	}
	return order, nil
}

func inSpan(ctx context.Context, name string, do func(context.Context) error) error {
	ctx, span := tracing.Span(ctx, name)
	defer span.End()
	return do(ctx)
}

func (s *Service) reserve(order *Order) error {
	if err := s.stock.Reserve(itemsOf(order.Lines)); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil
}

func (s *Service) price(order *Order, lines []Line) error {
	if len(lines) == 0 {
		return fmt.Errorf("%w: it has no lines", ErrInvalid)
	}
	for _, line := range lines {
		product, found := s.catalog.Find(line.SKU)
		if !found {
			return fmt.Errorf("%w: there is no product %q", ErrInvalid, line.SKU)
		}
		line.Cents = s.catalog.PriceLine(product, line.Quantity)
		order.Cents += line.Cents
		order.Lines = append(order.Lines, line)
	}
	return nil
}

func itemsOf(lines []Line) []inventory.Item {
	items := make([]inventory.Item, len(lines))
	for i, line := range lines {
		items[i] = inventory.Item{SKU: line.SKU, Quantity: line.Quantity}
	}
	return items
}

// Get reads an order.
func (s *Service) Get(id string) (*Order, error) { return s.repository.Load(id) }

// History reads a customer's newest orders.
func (s *Service) History(tenant, customer string) []*Order {
	return s.repository.ListByCustomer(tenant, customer, historyLength)
}

// Export reads all orders of a tenant that are kept, the newest first.
func (s *Service) Export(ctx context.Context, tenant string) (all []*Order) {
	_, span := tracing.Span(ctx, "collect orders")
	defer span.End()
	for _, order := range s.repository.Recent(math.MaxInt) {
		if order.Tenant == tenant {
			all = append(all, order)
		}
	}
	return all
}
