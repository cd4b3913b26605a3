// Package picking takes what was ordered off the shelves.
package picking

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/flamewatch/profiles/cmd/warehouseservice/ledger"
	"github.com/flamewatch/profiles/cmd/warehouseservice/shipping"
)

// Order is a list of shelves to take something from.
type Order struct {
	Number int
	Moves  []ledger.Move
}

// Line is where orders wait until one of the pickers takes them.
type Line struct {
	orders  chan Order
	ledger  *ledger.Ledger
	printer *shipping.Printer
}

// waiting is how many orders fit on the line; who brings more has to wait.
const waiting = 4

// NewLine joins the parts.
func NewLine(l *ledger.Ledger, p *shipping.Printer) *Line {
	return &Line{orders: make(chan Order, waiting), ledger: l, printer: p}
}

// Run lets a number of pickers work until the context ends.
func (l *Line) Run(ctx context.Context, pickers int) {
	var all sync.WaitGroup
	for range pickers {
		all.Go(func() {
			for l.pickNext(ctx) {
			}
		})
	}
	all.Wait()
}

func (l *Line) pickNext(ctx context.Context) bool {
	select {
	case order := <-l.orders:
		l.ledger.Book(order.Moves)
		return l.printer.Print(ctx, shipping.Label{Order: order.Number})
	case <-ctx.Done():
		return false
	}
}

// Bring puts an order on the line when there is room. It gives false when the
// context ends first.
func (l *Line) Bring(ctx context.Context, order Order) bool {
	select {
	case l.orders <- order:
		return true
	case <-ctx.Done():
		return false
	}
}

const (
	shelves    = 400
	linesMost  = 6
	restockTo  = 50
	restockMin = 20
)

// Deliver brings a batch of orders every interval until the context ends, as
// lorries do, and fills the emptiest shelves again.
func (l *Line) Deliver(ctx context.Context, interval time.Duration, batch int) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for number := 1; ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for range batch {
			if !l.Bring(ctx, newOrder(number)) {
				return
			}
			number++
		}
		l.restock()
	}
}

func (l *Line) restock() {
	var moves []ledger.Move
	for _, shelf := range l.ledger.Emptiest(restockMin) {
		moves = append(moves, ledger.Move{Shelf: shelf.Shelf, Quantity: restockTo})
	}
	l.ledger.Book(moves)
}

func newOrder(number int) Order {
	order := Order{Number: number}
	for range 1 + rand.IntN(linesMost) {
		order.Moves = append(order.Moves, ledger.Move{
			Shelf: fmt.Sprintf("shelf-%03d", rand.IntN(shelves)), Quantity: -1 - rand.IntN(5),
		})
	}
	return order
}
