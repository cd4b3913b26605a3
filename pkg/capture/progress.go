package capture

import (
	"context"
	"sync"
	"time"
)

// tick is how often progress is told.
const tick = time.Second

// Progress of a capture.
type Progress struct {
	// Phase is recording (asked, until all has arrived), queueing (the program records for somebody else) or waiting
	// (between two takes).
	Phase string `json:"phase"`
	// Take counts from 1, of Takes.
	Take  int `json:"take"`
	Takes int `json:"takes"`
	// Elapsed and Of are seconds of the phase; Of 0 means that its end is not known.
	Elapsed float64 `json:"elapsed"`
	Of      float64 `json:"of"`
	// Bytes that arrived in this phase.
	Bytes int64 `json:"bytes"`
}

// teller tells progress at every tick until it is stopped.
type teller struct {
	report func(Progress) error
	wake   chan struct{}
	done   chan struct{}
	ended  sync.WaitGroup

	mu    sync.Mutex
	now   Progress
	began time.Time
}

// tell starts a teller. The context that it returns ends when nobody can be told any more.
func tell(ctx context.Context, report func(Progress) error) (context.Context, *teller) {
	ctx, cancel := context.WithCancelCause(ctx)
	t := &teller{report: report, wake: make(chan struct{}, 1), done: make(chan struct{})}
	t.ended.Go(func() {
		defer cancel(nil)
		ticks := time.NewTicker(tick)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
			case <-t.wake:
			case <-t.done:
				return
			}
			if err := t.report(t.current()); err != nil {
				cancel(err)
				<-t.done
				return
			}
		}
	})
	return ctx, t
}

// begin tells of a new phase at once.
func (t *teller) begin(phase Progress) {
	t.mu.Lock()
	t.now, t.began = phase, time.Now()
	t.mu.Unlock()
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Write counts what arrives.
func (t *teller) Write(part []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Bytes += int64(len(part))
	return len(part), nil
}

func (t *teller) current() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now
	now.Elapsed = time.Since(t.began).Seconds()
	return now
}

// stop ends the telling; nothing is told after it.
func (t *teller) stop() {
	close(t.done)
	t.ended.Wait()
}
