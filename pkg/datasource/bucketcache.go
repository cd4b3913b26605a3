package datasource

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

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

// bucketCache keeps the costs of finished buckets, the least used of which make
// room for new ones. Its size is counted in functions.
type bucketCache struct {
	guard sync.Mutex
	room  int
	order *list.List // of *cachedBucket, the last used first
	known map[string]*list.Element
}

type cachedBucket struct {
	key   string
	costs bucketCosts
}

func newBucketCache(functions int) *bucketCache {
	return &bucketCache{room: functions, order: list.New(), known: map[string]*list.Element{}}
}

func (c *bucketCache) get(key string) (bucketCosts, bool) {
	c.guard.Lock()
	defer c.guard.Unlock()
	found, known := c.known[key]
	if !known {
		return bucketCosts{}, false
	}
	c.order.MoveToFront(found)
	return found.Value.(*cachedBucket).costs, true
}

func (c *bucketCache) put(key string, costs bucketCosts) {
	c.guard.Lock()
	defer c.guard.Unlock()
	if _, known := c.known[key]; known {
		return
	}
	c.known[key] = c.order.PushFront(&cachedBucket{key, costs})
	for c.room -= weightOf(costs); c.room < 0 && c.order.Len() > 0; {
		oldest := c.order.Remove(c.order.Back()).(*cachedBucket)
		delete(c.known, oldest.key)
		c.room += weightOf(oldest.costs)
	}
}

// weightOf counts an empty bucket too: it takes memory as well.
func weightOf(b bucketCosts) int { return len(b.costs) + 1 }

// identityHeaders are what Grafana forwards of a user when the data source is set
// to do so.
var identityHeaders = []string{"Authorization", "X-Id-Token", "X-Grafana-Id", "Cookie"}

// identityOf is a fingerprint of the forwarded credentials of a request, empty if
// there are none.
func identityOf(req *backend.QueryDataRequest) string {
	var forwarded []string
	for _, name := range identityHeaders {
		if value := req.GetHTTPHeader(name); value != "" {
			forwarded = append(forwarded, name+"="+value)
		}
	}
	if len(forwarded) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(forwarded, "\n")))
	return hex.EncodeToString(sum[:])
}
