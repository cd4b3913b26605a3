package datasource

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// guarded runs a task and turns a panic into a fault of ours: a panic on a
// goroutine of its own would end the whole plugin.
func guarded(ctx context.Context, task func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			backend.Logger.FromContext(ctx).Error("A query panicked", "panic", broken, "stack", string(debug.Stack()))
			err = pyroscope.Faulty(pyroscope.Ours, "The Flamewatch datasource failed on this query. Grafana's server log has the details.",
				fmt.Errorf("panic: %v", broken))
		}
	}()
	return task()
}
