package pyroscope

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	// maxAttempts is how often a call is made at most.
	maxAttempts = 3
	// retryPause is what is waited before the first repetition where the server names no time; it doubles.
	retryPause = 250 * time.Millisecond
	// longestPause is the longest wait that is still worth it: who looks at a panel goes away, and the query has a time-out.
	longestPause = 5 * time.Second
	// retryBurst is how many repetitions there may be at once, and retryShare how many a call earns: a server in
	// trouble gets at most a tenth more calls.
	retryBurst = 10
	retryShare = 0.1
)

// retryBudget bounds the repetitions of all calls to a server together.
type retryBudget struct {
	guard  sync.Mutex
	spent  float64
	random func() float64 // in [0, 1)
}

func newRetryBudget() *retryBudget { return &retryBudget{random: rand.Float64} }

// earn counts a call.
func (b *retryBudget) earn() {
	b.guard.Lock()
	defer b.guard.Unlock()
	b.spent = max(0, b.spent-retryShare)
}

func (b *retryBudget) spend() bool {
	b.guard.Lock()
	defer b.guard.Unlock()
	if b.spent+1 > retryBurst {
		return false
	}
	b.spent++
	return true
}

// again says whether a call that failed is worth a repetition, after it has waited for that. Queries change nothing,
// so that they may be repeated; what the server refused for good is not.
func (b *retryBudget) again(ctx context.Context, attempt int, err error) bool {
	pause, worth := pauseAfter(err, attempt)
	if !worth || attempt >= maxAttempts || pause > longestPause || !b.spend() {
		return false
	}
	pause = b.spread(pause)
	if deadline, limited := ctx.Deadline(); limited && time.Until(deadline) < pause {
		return false
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// spread makes a pause up to half as long again, so that those who were refused together do not come back together.
func (b *retryBudget) spread(pause time.Duration) time.Duration {
	return pause + time.Duration(b.random()*float64(pause)/2)
}

func pauseAfter(err error, attempt int) (time.Duration, bool) {
	pause := retryPause << (attempt - 1)
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		isBusy := fault.Status == http.StatusTooManyRequests || fault.Status == http.StatusServiceUnavailable ||
			fault.Status == http.StatusBadGateway || fault.Status == http.StatusGatewayTimeout
		return max(pause, fault.retryAfter), isBusy && (fault.Status != http.StatusTooManyRequests || fault.retryAfter > 0)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return pause, true
	default:
		return 0, false
	}
}

// longestAsked is as long as any longer time that a server asks for: too long to wait.
const longestAsked = time.Hour

// retryAfterOf reads how long a server asks to be left alone; 0 where it does not say.
func retryAfterOf(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	seconds, err := strconv.ParseUint(text, 10, 32)
	if err == nil || errors.Is(err, strconv.ErrRange) { // then it is the largest number
		return min(time.Duration(seconds)*time.Second, longestAsked)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(0, at.Sub(now)), longestAsked)
	}
	return 0
}
