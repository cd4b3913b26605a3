package pyroscope

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// failsFirst answers LabelNames after it failed n times.
func failsFirst(t *testing.T, n int64, fail http.HandlerFunc) (*Client, *atomic.Int64) {
	t.Helper()
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) <= n {
			fail(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/proto")
	}))
	t.Cleanup(server.Close)
	return New(server.Client(), server.URL, Options{ResponseLimit: 1 << 20, Concurrency: 4}), &calls
}

func status(code int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(`{"code":"unavailable","message":"busy"}`))
	}
}

func reset(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = connection.(interface{ SetLinger(int) error }).SetLinger(0) // closes with a reset
		_ = connection.Close()
	}
}

func TestWhatIsWorthARepetition(t *testing.T) {
	for name, c := range map[string]struct {
		fail  http.HandlerFunc
		calls int64
		ok    bool
	}{
		"429 with a time":           {status(429, "1"), 2, true},
		"429 without":               {status(429, ""), 1, false},
		"429 with a time too long":  {status(429, "60"), 1, false},
		"503":                       {status(503, ""), 2, true},
		"502":                       {status(502, ""), 2, true},
		"429 with a date far away":  {status(429, "Fri, 31 Dec 9999 23:59:59 GMT"), 1, false},
		"503 with a number too big": {status(503, "99999999999999999999999999"), 1, false},
		"a reset":                   {reset, 2, true},
		"500":                       {status(500, ""), 1, false},
		"401":                       {status(401, ""), 1, false},
		"404":                       {status(404, ""), 1, false},
		"503 with a date long past": {status(503, "Mon, 02 Jan 2006 15:04:05 GMT"), 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, calls := failsFirst(t, 1, c.fail)
			err := names(t.Context(), client, 9)
			require.Equal(t, c.ok, err == nil, err)
			require.Equal(t, c.calls, calls.Load())
		})
	}
}

func TestRepetitionsAreFew(t *testing.T) {
	client, calls := failsFirst(t, 1<<30, status(503, ""))
	require.Error(t, names(t.Context(), client, 9))
	require.EqualValues(t, maxAttempts, calls.Load())
}

func TestTheBudgetOfRepetitionsIsSpent(t *testing.T) {
	b := newRetryBudget()
	granted := 0
	for range 100 {
		b.earn()
		if b.spend() {
			granted++
		}
	}
	require.InDelta(t, retryBurst+100*retryShare, granted, 2)
}

// All calls to a server in trouble share what repetitions there may be.
func TestManyCallsRepeatLittle(t *testing.T) {
	client, calls := failsFirst(t, 1<<30, status(503, ""))
	client.transport.retries.random = func() float64 { return 0 }
	const asked = 40
	var group sync.WaitGroup
	for end := range int64(asked) {
		group.Go(func() { require.Error(t, names(t.Context(), client, 9+end)) })
	}
	group.Wait()
	require.GreaterOrEqual(t, calls.Load(), int64(asked+retryBurst)) // what is earned before anything was spent is lost
	require.LessOrEqual(t, calls.Load(), int64(asked+retryBurst+asked*retryShare))
}

func TestThoseWhoWereRefusedTogetherComeBackApart(t *testing.T) {
	client, calls := failsFirst(t, 1, status(503, ""))
	client.transport.retries.random = func() float64 { return 0.99 }
	begun := time.Now()
	require.NoError(t, names(t.Context(), client, 9))
	require.EqualValues(t, 2, calls.Load())
	require.GreaterOrEqual(t, time.Since(begun), retryPause*149/100)
}

func TestNobodyWaitsWhenNobodyAsksAnyMore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	begun := time.Now()
	require.False(t, newRetryBudget().again(ctx, 1, &Fault{Status: 503, retryAfter: 4 * time.Second}))
	require.Less(t, time.Since(begun), 2*time.Second)
}

// Who gives up while a repetition is waited for gets an answer at once, and the server no further call.
func TestCancelledWhileWaiting(t *testing.T) {
	client, calls := failsFirst(t, 1<<30, status(429, "4"))
	for _, ctx := range []context.Context{t.Context(), WithIdentity(t.Context(), "")} {
		calls.Store(0)
		waiting, cancel := context.WithCancel(ctx)
		begun := time.Now()
		go func() {
			for calls.Load() == 0 {
				time.Sleep(time.Millisecond)
			}
			cancel()
		}()
		require.Error(t, names(waiting, client, 9))
		require.Less(t, time.Since(begun), 3*time.Second)
		require.EqualValues(t, 1, calls.Load())
	}
	// A repetition that would come too late for who waits is not waited for.
	calls.Store(0)
	soon, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	begun := time.Now()
	require.True(t, Is(names(soon, client, 9), Refused))
	require.Less(t, time.Since(begun), 2*time.Second)
	require.EqualValues(t, 1, calls.Load())
}

func TestAPushIsNotRepeated(t *testing.T) {
	client, calls := failsFirst(t, 1, status(503, ""))
	require.Error(t, client.Push(t.Context(), map[string]string{"service_name": "a"}, []byte{1}))
	require.EqualValues(t, 1, calls.Load())
}

func TestHowLongAServerAsksToBeLeftAlone(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "3": 3 * time.Second, "-1": 0, "soon": 0, "0": 0, " 3 ": 3 * time.Second, "1.5": 0,
		"999999999": time.Hour, "99999999999999999999999999": time.Hour, "-99999999999999999999999999": 0,
		"Fri, 31 Dec 9999 23:59:59 GMT": time.Hour, "Thursday, 01-Jan-26 12:00:05 GMT": 5 * time.Second, "Thu, 99 Jan 2026 12:00:05 GMT": 0,
		"Thu, 01 Jan 2026 12:00:05 GMT": 5 * time.Second, "Thu, 01 Jan 2026 11:00:00 GMT": 0,
	} {
		require.Equal(t, want, retryAfterOf(http.Header{"Retry-After": {text}}, now), text)
	}
}
