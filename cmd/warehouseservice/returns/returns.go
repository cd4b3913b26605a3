// Package returns is the warehouse's mistake: parcels that come back are entered, and nobody ever takes them out again.
// Each keeps memory and a goroutine. It is off until somebody switches it on, to see what finds leaks; and it is bounded.
package returns

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	parcelBytes = 32 << 10
	// Parcels are taken in for some two hours; then the shelf is full, and nothing grows any more.
	mostParcels = 8_000
)

// Shelf has the parcels that came back.
type Shelf struct {
	every time.Duration

	guard sync.Mutex
	stop  context.CancelFunc // nil while off
	kept  []*parcel
}

type parcel struct{ content []byte }

// NewShelf is one that takes a parcel in each time, once it is switched on.
func NewShelf(every time.Duration) *Shelf { return &Shelf{every: every} }

// Switch starts or ends the leak. Switched off, all parcels go, with their goroutines.
func (s *Shelf) Switch(ctx context.Context, on bool) {
	s.guard.Lock()
	defer s.guard.Unlock()
	if !on && s.stop != nil {
		s.stop()
		s.stop, s.kept = nil, nil
	}
	if on && s.stop == nil {
		ctx, stop := context.WithCancel(ctx)
		s.stop = stop
		go s.takeIn(ctx)
	}
}

// Parcels is how many are kept.
func (s *Shelf) Parcels() int {
	s.guard.Lock()
	defer s.guard.Unlock()
	return len(s.kept)
}

func (s *Shelf) takeIn(ctx context.Context) {
	ticker := time.NewTicker(s.every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.keepParcel(ctx)
		}
	}
}

func (s *Shelf) keepParcel(ctx context.Context) {
	s.guard.Lock()
	defer s.guard.Unlock()
	if ctx.Err() != nil || len(s.kept) >= mostParcels {
		return
	}
	s.kept = append(s.kept, newParcel())
	go awaitRefund(ctx)
}

func newParcel() *parcel { return &parcel{content: make([]byte, parcelBytes)} }

// awaitRefund waits for a refund that nobody makes.
func awaitRefund(ctx context.Context) { <-ctx.Done() }

// Handler switches the leak by POST, on=true or on=false, until the context ends.
func (s *Shelf) Handler(ctx context.Context) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("on") {
		case "true":
			s.Switch(ctx, true)
		case "false":
			s.Switch(ctx, false)
		default:
			http.Error(w, "write ?on=true or ?on=false", http.StatusBadRequest)
			return
		}
		_, _ = fmt.Fprintf(w, "%d parcels are kept\n", s.Parcels())
	}
}
