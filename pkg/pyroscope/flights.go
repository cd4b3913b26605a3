package pyroscope

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

// flights lets equal calls that are under way at the same time share one answer: when two hundred people open one
// dashboard, the server is asked once. Nothing is kept after the answer came.
type flights struct {
	guard sync.Mutex
	under map[string]*flight
}

// flight is a call under way and how many wait for it.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiters int
	answer  *wholeAnswer
	err     error
}

// wholeAnswer is an answer of the server that was read to its end; it is not changed any more.
type wholeAnswer struct {
	header http.Header
	body   []byte
}

// join waits for the answer of an equal call, or makes it. The call ends when nobody waits for it any more; one
// caller's cancellation does not disturb the others.
func (f *flights) join(ctx context.Context, key string, ask func(context.Context) (*wholeAnswer, error)) (*wholeAnswer, error) {
	f.guard.Lock()
	one, known := f.under[key]
	if !known {
		asking, cancel := context.WithCancel(context.WithoutCancel(ctx))
		one = &flight{done: make(chan struct{}), cancel: cancel}
		if f.under == nil {
			f.under = map[string]*flight{}
		}
		f.under[key] = one
		go f.fly(asking, key, one, ask)
	}
	one.waiters++
	f.guard.Unlock()
	select {
	case <-one.done:
		return one.answer, one.err
	case <-ctx.Done():
		f.leave(key, one)
		return nil, ctx.Err()
	}
}

func (f *flights) fly(ctx context.Context, key string, one *flight, ask func(context.Context) (*wholeAnswer, error)) {
	defer func() {
		if broken := recover(); broken != nil {
			one.answer, one.err = nil, Faulty(Ours, "The call to the profile server broke off inside the plugin.", fmt.Errorf("panic: %v", broken))
		}
		f.forget(key, one)
		one.cancel()
		close(one.done)
	}()
	one.answer, one.err = ask(ctx)
}

func (f *flights) leave(key string, one *flight) {
	f.guard.Lock()
	one.waiters--
	last := one.waiters == 0
	f.guard.Unlock()
	if last {
		// Who comes from now on must not join a call that is being cancelled.
		f.forget(key, one)
		one.cancel()
	}
}

func (f *flights) forget(key string, one *flight) {
	f.guard.Lock()
	defer f.guard.Unlock()
	if f.under[key] == one {
		delete(f.under, key)
	}
}

type identityKey struct{}

// WithIdentity says as whom the calls under a context are made: a fingerprint of the credentials that are forwarded
// with them, "" where there are none. Only calls with the same identity share answers, and none without this.
func WithIdentity(ctx context.Context, identity string) context.Context {
	return context.WithValue(ctx, identityKey{}, identity)
}

func identityIn(ctx context.Context) (string, bool) {
	identity, known := ctx.Value(identityKey{}).(string)
	return identity, known
}
