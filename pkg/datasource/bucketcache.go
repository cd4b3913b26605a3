package datasource

import (
	"container/list"
	"sync"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// maxCachedFunctions bounds the cache of one data source: 400,000 functions are
// about 60 MB.
const maxCachedFunctions = 400_000

// bucketCosts is what the functions of one bucket cost.
type bucketCosts struct {
	costs map[string]calltree.Cost
	// kept is the sum of the stacks that the filter keeps, whole that of all.
	kept, whole int64
	// dropped is what the server cut off.
	dropped int64
}

// finishedBuckets keeps what was made of finished buckets, the least used of which
// make room for new ones. Each weighs what weigh says.
type finishedBuckets[V any] struct {
	guard sync.Mutex
	room  int
	weigh func(V) int
	order *list.List // of *finishedBucket[V], the last used first
	known map[string]*list.Element
}

type finishedBucket[V any] struct {
	key   string
	value V
}

func newFinishedBuckets[V any](room int, weigh func(V) int) *finishedBuckets[V] {
	return &finishedBuckets[V]{room: room, weigh: weigh, order: list.New(), known: map[string]*list.Element{}}
}

func (c *finishedBuckets[V]) get(key string) (value V, found bool) {
	c.guard.Lock()
	defer c.guard.Unlock()
	element, found := c.known[key]
	if !found {
		return value, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*finishedBucket[V]).value, true
}

func (c *finishedBuckets[V]) put(key string, value V) {
	c.guard.Lock()
	defer c.guard.Unlock()
	if _, known := c.known[key]; known {
		return
	}
	c.known[key] = c.order.PushFront(&finishedBucket[V]{key, value})
	for c.room -= c.weigh(value); c.room < 0 && c.order.Len() > 0; {
		oldest := c.order.Remove(c.order.Back()).(*finishedBucket[V])
		delete(c.known, oldest.key)
		c.room += c.weigh(oldest.value)
	}
}

// functionsOf is the weight of a bucket's costs: an empty one takes memory too.
func functionsOf(b bucketCosts) int { return len(b.costs) + 1 }
