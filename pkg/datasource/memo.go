package datasource

import (
	"sync"
	"time"
)

// memo keeps answers for a while, so that a dashboard that refreshes does not ask
// the same again. It holds a bounded number and drops all of them when full.
type memo[V any] struct {
	keep time.Duration
	now  func() time.Time

	guard sync.Mutex
	kept  map[string]memoEntry[V]
}

type memoEntry[V any] struct {
	value   V
	expires time.Time
}

const maxMemo = 1000

func newMemo[V any](keep time.Duration, now func() time.Time) *memo[V] {
	return &memo[V]{keep: keep, now: now, kept: map[string]memoEntry[V]{}}
}

// get returns the kept value or asks for it. Errors are not kept. The lock is not
// held while asking: two callers may ask at the same time.
func (m *memo[V]) get(key string, ask func() (V, error)) (V, error) {
	m.guard.Lock()
	entry, known := m.kept[key]
	m.guard.Unlock()
	if known && m.now().Before(entry.expires) {
		return entry.value, nil
	}
	value, err := ask()
	if err != nil {
		return value, err
	}
	m.put(key, value)
	return value, nil
}

func (m *memo[V]) put(key string, value V) {
	m.guard.Lock()
	defer m.guard.Unlock()
	if len(m.kept) >= maxMemo {
		clear(m.kept)
	}
	m.kept[key] = memoEntry[V]{value: value, expires: m.now().Add(m.keep)}
}

// knows says that a value is kept.
func (m *memo[V]) knows(key string) bool {
	m.guard.Lock()
	defer m.guard.Unlock()
	entry, known := m.kept[key]
	return known && m.now().Before(entry.expires)
}
