package budget_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/flamewatch/profiles/pkg/store/budget"
)

func TestShares(t *testing.T) {
	b := budget.New(100)
	first, second := b.Share(), b.Share()
	if err := first.Take(80); err != nil {
		t.Fatal(err)
	}
	if err := second.Take(30); !errors.Is(err, budget.ErrSpent) {
		t.Fatalf("took more than there is: %v", err)
	}
	if err := second.Take(20); err != nil {
		t.Fatal(err)
	}
	first.Release()
	if err := second.Take(80); err != nil {
		t.Fatal(err)
	}
	second.Release()
	if used := b.Used(); used != 0 {
		t.Errorf("%d bytes are still taken", used)
	}
}

func TestOneLargeRequestAlone(t *testing.T) {
	b := budget.New(100)
	if err := b.Share().Take(1000); err != nil {
		t.Error("a request alone must be able to go on: ", err)
	}
}

func TestReaderStopsWhenSpent(t *testing.T) {
	b := budget.New(100 << 10)
	other := b.Share()
	if err := other.Take(1); err != nil {
		t.Fatal(err)
	}
	wrapped := errors.New("wrapped")
	r := &budget.Reader{
		ReadCloser: io.NopCloser(strings.NewReader(strings.Repeat("x", 1<<20))), Share: b.Share(),
		Spent: func(err error) error { return errors.Join(wrapped, err) },
	}
	n, err := io.Copy(io.Discard, r)
	if !errors.Is(err, wrapped) || !errors.Is(err, budget.ErrSpent) || n != 64<<10 {
		t.Errorf("read %d bytes with %v", n, err)
	}
}
