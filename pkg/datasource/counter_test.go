package datasource

import (
	"net/http"
	"sync/atomic"
	"time"
)

// counter counts how many requests are under way at the same time.
type counter struct{ now, most atomic.Int64 }

func (c *counter) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := c.now.Add(1)
		defer c.now.Add(-1)
		for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		next.ServeHTTP(w, r)
	})
}
