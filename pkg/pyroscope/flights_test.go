package pyroscope

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// slowServer answers LabelNames when released, and counts calls and calls that were broken off.
type slowServer struct {
	calls, broken atomic.Int64
	release       chan struct{}
}

func (s *slowServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Only after its body was read does a server notice that a request is broken off.
	_, _ = io.Copy(io.Discard, r.Body)
	s.calls.Add(1)
	select {
	case <-s.release:
		w.Header().Set("Content-Type", "application/proto")
	case <-r.Context().Done():
		s.broken.Add(1)
	}
}

func startSlow(t *testing.T) (*slowServer, *Client) {
	t.Helper()
	slow := &slowServer{release: make(chan struct{})}
	server := httptest.NewServer(slow)
	t.Cleanup(server.Close)
	return slow, New(server.Client(), server.URL, Options{ResponseLimit: 1 << 20, Concurrency: 4})
}

func names(ctx context.Context, c *Client, end int64) error {
	_, err := c.LabelNames(ctx, Range{Start: 1, End: end}, Selector{})
	return err
}

func TestEqualCallsShareOneAnswer(t *testing.T) {
	slow, client := startSlow(t)
	ctx := WithIdentity(t.Context(), "")
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() { require.NoError(t, names(ctx, client, 9)) })
	}
	require.Eventually(t, func() bool { return slow.calls.Load() == 1 && waiting(client) == 50 }, 5*time.Second, time.Millisecond)
	close(slow.release)
	group.Wait()
	require.EqualValues(t, 1, slow.calls.Load())
	require.NoError(t, names(ctx, client, 9))
	require.EqualValues(t, 2, slow.calls.Load(), "nothing is kept after the answer")
}

// waiting is how many callers wait for all calls under way.
func waiting(c *Client) int {
	c.transport.flights.guard.Lock()
	defer c.transport.flights.guard.Unlock()
	n := 0
	for _, one := range c.transport.flights.under {
		n += one.waiters
	}
	return n
}

func TestOnlyEqualCallsOfOneIdentityShare(t *testing.T) {
	for name, contexts := range map[string][2]context.Context{
		"identities": {WithIdentity(t.Context(), "ann"), WithIdentity(t.Context(), "bob")},
		"unknown":    {t.Context(), t.Context()},
	} {
		t.Run(name, func(t *testing.T) {
			slow, client := startSlow(t)
			var group sync.WaitGroup
			for _, ctx := range contexts {
				group.Go(func() { require.NoError(t, names(ctx, client, 9)) })
			}
			require.Eventually(t, func() bool { return slow.calls.Load() == 2 }, 5*time.Second, time.Millisecond)
			close(slow.release)
			group.Wait()
		})
	}
	slow, client := startSlow(t)
	var group sync.WaitGroup
	for end := range int64(2) {
		group.Go(func() { require.NoError(t, names(WithIdentity(t.Context(), ""), client, 5+end)) })
	}
	require.Eventually(t, func() bool { return slow.calls.Load() == 2 }, 5*time.Second, time.Millisecond, "other requests")
	close(slow.release)
	group.Wait()
}

func TestWhoLeavesDoesNotDisturbTheOthers(t *testing.T) {
	slow, client := startSlow(t)
	first, leave := context.WithCancel(WithIdentity(t.Context(), ""))
	left, stayed := make(chan error, 1), make(chan error, 1)
	go func() { left <- names(first, client, 9) }()
	require.Eventually(t, func() bool { return waiting(client) == 1 }, 5*time.Second, time.Millisecond)
	go func() { stayed <- names(WithIdentity(t.Context(), ""), client, 9) }()
	require.Eventually(t, func() bool { return waiting(client) == 2 }, 5*time.Second, time.Millisecond)
	leave()
	require.True(t, Is(<-left, Canceled))
	close(slow.release)
	require.NoError(t, <-stayed)
	require.EqualValues(t, 1, slow.calls.Load())
	require.Zero(t, slow.broken.Load())
}

func TestACallEndsWhenNobodyWaits(t *testing.T) {
	slow, client := startSlow(t)
	ctx, leave := context.WithCancel(WithIdentity(t.Context(), ""))
	left := make(chan error, 1)
	go func() { left <- names(ctx, client, 9) }()
	require.Eventually(t, func() bool { return slow.calls.Load() == 1 }, 5*time.Second, time.Millisecond)
	leave()
	require.True(t, Is(<-left, Canceled))
	require.Eventually(t, func() bool { return slow.broken.Load() == 1 && waiting(client) == 0 }, 5*time.Second, time.Millisecond)
}
