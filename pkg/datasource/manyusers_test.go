package datasource

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Users who look at the same dashboard at the same time cost the server about as much as one: equal calls that meet share
// an answer. FLAMEWATCH_USERS has the nightly run ask with more of them.
func TestManyUsersAtOnce(t *testing.T) {
	users := 40
	if wanted := os.Getenv("FLAMEWATCH_USERS"); wanted != "" {
		var err error
		users, err = strconv.Atoi(wanted)
		require.NoError(t, err)
	}
	stored, err := url.Parse(storing(t, every(cpu, "shop", []string{"a", "b"}, 15*time.Second, 20*time.Minute,
		constant(map[string]int64{"main;work": 10, "main;wait": 3}))))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(stored)
	var calls, begun atomic.Int64
	d := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		for begun.Load() < int64(users) { // so that users meet however slow the machine is
			time.Sleep(time.Millisecond)
		}
		proxy.ServeHTTP(w, r)
	}), map[string]any{"timeout": 120})
	panels := []map[string]any{
		{"profileTypeId": cpu, "queryType": "profile", "labelSelector": `{service_name="shop"}`},
		{"profileTypeId": cpu, "queryType": "metrics", "groupBy": []string{"pod"}},
	}
	var guard sync.Mutex
	var took []time.Duration
	var asking sync.WaitGroup
	for range users {
		asking.Go(func() {
			begun.Add(1)
			for _, panel := range panels {
				start := time.Now()
				answer := ask(t, d, 10*time.Minute, panel)
				guard.Lock()
				if answer.Error != nil || len(answer.Frames) == 0 {
					t.Errorf("%v: %v", panel, answer.Error)
				}
				took = append(took, time.Since(start))
				guard.Unlock()
			}
		})
	}
	asking.Wait()
	slices.Sort(took)
	t.Logf("%d users, %d queries, %d calls to the server; p50 %s, p99 %s", users, len(took), calls.Load(), took[len(took)/2], took[len(took)*99/100])
	require.Less(t, calls.Load(), int64(len(took))/2, "equal calls share answers")
}
