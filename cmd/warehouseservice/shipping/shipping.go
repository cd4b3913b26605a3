// Package shipping prints the labels of parcels.
package shipping

import (
	"context"
	"time"
)

// Label goes onto a parcel.
type Label struct{ Order int }

// Printer prints one label at a time; nobody can put one down beside it.
type Printer struct {
	labels chan Label
	delay  time.Duration
}

// NewPrinter gives a printer that takes so long for a label.
func NewPrinter(delay time.Duration) *Printer { return &Printer{make(chan Label), delay} }

// Run prints until the context ends.
func (p *Printer) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.labels:
			time.Sleep(p.delay)
		}
	}
}

// Print waits until the printer takes a label, which is what a block profile
// shows of those who pick. It gives false when the context ends first.
func (p *Printer) Print(ctx context.Context, label Label) bool {
	select {
	case p.labels <- label:
		return true
	case <-ctx.Done():
		return false
	}
}
