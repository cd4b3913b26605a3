package db_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// TestPowerLoss takes the power away while eight clients push, many times over: of what was not synced to the disk
// nothing, or some part, is left. A killed program loses less, because the kernel still writes what it was given.
// Everything that was acknowledged is there afterwards, and the store goes on.
func TestPowerLoss(t *testing.T) {
	for round := range 12 {
		disk := vfs.NewCrashableMem()
		d := open(t, "data", db.Options{FS: disk})
		var acknowledged sync.Map // values of pushes
		var next atomic.Int64
		var clients sync.WaitGroup
		stop := make(chan struct{})
		for range 8 {
			clients.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					n := next.Add(1)
					at := noon.Add(-time.Duration(n%3) * time.Hour)
					if err := d.Append(t.Context(), tenant, []db.Pushed{cpu(fmt.Sprint("service", n%5), at, fmt.Sprintf("main;work%d %d", n, n))}); err != nil {
						t.Error(err)
						return
					}
					acknowledged.Store(n, true)
				}
			})
		}
		for next.Load() < int64(20+40*round) && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
		var before []int64
		acknowledged.Range(func(n, _ any) bool {
			before = append(before, n.(int64))
			return true
		})
		left := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 50 * (round % 2), RNG: rand.New(rand.NewPCG(1, uint64(round)))})
		close(stop)
		clients.Wait()

		after := open(t, "data", db.Options{FS: left})
		there := stacksIn(t, after, tenant)
		for _, n := range before {
			if stack := fmt.Sprintf("%s service%d  main;work%d 0", tenant, n%5, n); there[stack] != n {
				t.Fatalf("round %d: of %d acknowledged pushes, %q is lost: %d", round, len(before), stack, there[stack])
			}
		}
		if len(before) == 0 {
			t.Fatal("nothing was acknowledged, so that nothing was tested")
		}
		push(t, after, cpu("service0", noon, "main;goes;on 1"))
	}
}
