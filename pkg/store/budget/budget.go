// Package budget bounds the memory of all requests together.
package budget

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
)

// ErrSpent says that the requests at this moment hold as much as they may.
var ErrSpent = errors.New("too much is being pushed at this moment: try again in a few seconds")

// Budget is a number of bytes that requests share.
type Budget struct {
	limit int64
	used  atomic.Int64
}

// New gives a budget of limit bytes.
func New(limit int64) *Budget { return &Budget{limit: limit} }

// Used is what is taken at this moment.
func (b *Budget) Used() int64 { return b.used.Load() }

// Share is what one request took. Use it from one goroutine at a time.
type Share struct {
	budget *Budget
	taken  int64
}

// Share begins a request; Release ends it.
func (b *Budget) Share() *Share { return &Share{budget: b} }

type key struct{}

// With puts a share into a context.
func With(ctx context.Context, s *Share) context.Context { return context.WithValue(ctx, key{}, s) }

// Take takes n bytes from the share of a context; without one it takes nothing.
func Take(ctx context.Context, n int64) error {
	if s, ok := ctx.Value(key{}).(*Share); ok {
		return s.Take(n)
	}
	return nil
}

// Take takes n bytes, or none and gives ErrSpent. A request that holds nothing
// yet may take more than there is when nobody else holds anything.
func (s *Share) Take(n int64) error {
	if after := s.budget.used.Add(n); after > s.budget.limit && after != n {
		s.budget.used.Add(-n)
		return ErrSpent
	}
	s.taken += n
	return nil
}

// Release gives everything back.
func (s *Share) Release() {
	s.budget.used.Add(-s.taken)
	s.taken = 0
}

// step is how much a Reader takes at a time.
const step = 64 << 10

// Reader takes what it reads from a share, so that bodies which grow in memory
// are counted while they arrive.
type Reader struct {
	io.ReadCloser
	Share *Share
	// Spent makes the error of a read that found the budget spent.
	Spent func(error) error

	left int64 // taken and not read yet
}

func (r *Reader) Read(p []byte) (int, error) {
	if r.left == 0 {
		if err := r.Share.Take(step); err != nil {
			return 0, r.Spent(err)
		}
		r.left = step
	}
	if int64(len(p)) > r.left {
		p = p[:r.left]
	}
	n, err := r.ReadCloser.Read(p)
	r.left -= int64(n)
	return n, err
}
