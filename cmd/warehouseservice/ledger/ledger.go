// Package ledger keeps the book of what lies on which shelf.
package ledger

import (
	"slices"
	"sync"
	"time"
)

// Move takes a quantity off a shelf, or puts it there.
type Move struct {
	Shelf    string
	Quantity int
}

// Ledger is a book with one lock. It is held while the journal is written, so
// those who book wait for each other: that is what a mutex profile shows.
type Ledger struct {
	mu      sync.Mutex
	onShelf map[string]int
	journal *Journal
}

// New opens a ledger that writes to a journal.
func New(journal *Journal) *Ledger {
	return &Ledger{onShelf: map[string]int{}, journal: journal}
}

// Book enters the moves of one order.
func (l *Ledger) Book(moves []Move) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range moves {
		l.onShelf[m.Shelf] += m.Quantity
	}
	l.journal.Append(moves)
}

// Emptiest gives the shelves with the least on them, at most n.
func (l *Ledger) Emptiest(n int) []Move {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]Move, 0, len(l.onShelf))
	for shelf, quantity := range l.onShelf {
		all = append(all, Move{shelf, quantity})
	}
	slices.SortFunc(all, func(a, b Move) int { return a.Quantity - b.Quantity })
	return all[:min(n, len(all))]
}

// Journal stands for a log on a disk that takes a while for every write.
type Journal struct {
	delay time.Duration
}

// NewJournal gives a journal whose writes take so long.
func NewJournal(delay time.Duration) *Journal { return &Journal{delay} }

// Append returns when the moves are written.
func (j *Journal) Append(moves []Move) {
	if len(moves) > 0 {
		time.Sleep(j.delay)
	}
}
