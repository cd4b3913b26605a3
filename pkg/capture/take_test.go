package capture

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"runtime"
	runtimepprof "runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/pprof/profile"
	"github.com/stretchr/testify/require"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// kept keeps what the difference of two takes is to find.
var kept [][]byte

//go:noinline
func allocateForTheDifference() {
	for range 64 {
		kept = append(kept, make([]byte, 1<<20))
	}
}

func TestEveryProfileOfARealProgram(t *testing.T) {
	server := serve(t, program().ServeHTTP)
	targets := targetAt(t, server.URL, nil, nil)
	for _, name := range []string{"heap", "allocs", "goroutine", "mutex", "block", "threadcreate"} {
		taken, err := take(t, targets, Ask{Profile: name})
		require.NoError(t, err, name)
		require.Len(t, taken, 1)
		parsed, err := profile.ParseData(taken[0].Bytes)
		require.NoError(t, err, name)
		require.NotEmpty(t, parsed.SampleType)
	}
	taken, err := take(t, targets, Ask{Profile: "cpu", Seconds: 1})
	require.NoError(t, err)
	parsed, err := profile.ParseData(taken[0].Bytes)
	require.NoError(t, err)
	require.Equal(t, "cpu", parsed.SampleType[1].Type)

	for name, begins := range map[string]string{"goroutine-counts": "goroutine profile: total ", "goroutine-dump": "goroutine "} {
		taken, err := take(t, targets, Ask{Profile: name})
		require.NoError(t, err)
		require.True(t, bytes.HasPrefix(taken[0].Bytes, []byte(begins)))
	}
	taken, err = take(t, targets, Ask{Profile: "trace", Seconds: 1})
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(taken[0].Bytes, []byte("go 1.")))
}

func TestDifferenceOfTwoTakesOfARealProgram(t *testing.T) {
	rate := runtime.MemProfileRate
	runtime.MemProfileRate = 64 << 10
	t.Cleanup(func() { runtime.MemProfileRate, kept = rate, nil })
	var asked atomic.Int32
	handler := program()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 2 {
			allocateForTheDifference()
		}
		runtime.GC() // profiles of memory are those of the last collection
		runtime.GC()
		handler.ServeHTTP(w, r)
	})
	taken, err := take(t, targetAt(t, server.URL, nil, nil), Ask{Profile: "heap", Mode: Delta, Seconds: 1})
	require.NoError(t, err)
	require.Len(t, taken, 1)
	parsed, err := profile.ParseData(taken[0].Bytes)
	require.NoError(t, err)
	require.Len(t, parsed.SampleType, 2, "memory in use has no place in a difference")
	require.Equal(t, "alloc_space", parsed.SampleType[1].Type)
	require.Greater(t, parsed.DurationNanos, int64(time.Second/2))
	var ours int64
	for _, sample := range parsed.Sample {
		require.GreaterOrEqual(t, sample.Value[1], int64(0))
		if strings.Contains(sample.Location[0].Line[0].Function.Name, "allocateForTheDifference") {
			ours += sample.Value[1]
		}
	}
	require.InDelta(t, 64<<20, ours, 8<<20)
}

func TestAPairIsTwoTakes(t *testing.T) {
	server := serve(t, program().ServeHTTP)
	plan, err := Ask{Target: "shop", Profile: "heap", Mode: Pair, Seconds: 1}.Plan(targetAt(t, server.URL, nil, nil))
	require.NoError(t, err)
	var phases []string
	taken, err := new(Slots).Take(t.Context(), plan, func(p Progress) error {
		phase := p.Phase + string(rune('0'+p.Take))
		if len(phases) == 0 || phases[len(phases)-1] != phase {
			phases = append(phases, phase)
		}
		require.Equal(t, 2, p.Takes)
		return nil
	})
	require.NoError(t, err)
	require.Len(t, taken, 2)
	require.GreaterOrEqual(t, taken[1].At.Sub(taken[0].At), time.Second)
	require.Contains(t, phases, "waiting1")
}

func TestOneCPUProfileAtATime(t *testing.T) {
	require.NoError(t, runtimepprof.StartCPUProfile(io.Discard))
	defer runtimepprof.StopCPUProfile()
	usual := turnTime
	turnTime = time.Second
	defer func() { turnTime = usual }()
	server := serve(t, program().ServeHTTP)
	_, err := take(t, targetAt(t, server.URL, nil, nil), Ask{Profile: "cpu", Seconds: 1})
	require.ErrorContains(t, err, "Shop records a CPU profile already, and Go programs record one at a time")
	require.Equal(t, http.StatusTooManyRequests, AsProblem(err).Status)
}

// A continuous profiler that pulls leaves gaps: a capture waits for one, says so meanwhile, and can be cancelled.
func TestACaptureWaitsForItsTurn(t *testing.T) {
	require.NoError(t, runtimepprof.StartCPUProfile(io.Discard))
	server := serve(t, program().ServeHTTP)
	plan, err := Ask{Target: "shop", Profile: "cpu", Seconds: 1}.Plan(targetAt(t, server.URL, nil, nil))
	require.NoError(t, err)
	var phases []string
	release := sync.OnceFunc(runtimepprof.StopCPUProfile)
	defer release()
	taken, err := new(Slots).Take(t.Context(), plan, func(p Progress) error {
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		}
		if p.Phase == "queueing" && p.Elapsed > 0.5 {
			release()
		}
		return nil
	})
	require.NoError(t, err)
	require.Len(t, taken, 1)
	require.Equal(t, "recording", phases[len(phases)-1])
	require.Contains(t, phases, "queueing")

	require.NoError(t, runtimepprof.StartCPUProfile(io.Discard))
	defer runtimepprof.StopCPUProfile()
	ctx, cancel := context.WithCancel(t.Context())
	_, err = new(Slots).Take(ctx, plan, func(p Progress) error {
		if p.Phase == "queueing" {
			cancel()
		}
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
}

// What Go programs of before Go 1.24 say; newer ones extend the time themselves.
func TestSecondsThatTheServerDoesNotAllow(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte("profile duration exceeds server's WriteTimeout\n"))
	})
	_, err := take(t, targetAt(t, server.URL, nil, nil), Ask{Profile: "cpu", Seconds: 5})
	require.ErrorContains(t, err, "before 5 seconds are over (its server's WriteTimeout)")
}

// held answers when the test lets it.
func held(t *testing.T) (targets []Target, arrived, left chan struct{}, let func()) {
	t.Helper()
	arrived, left = make(chan struct{}, 8), make(chan struct{}, 8)
	gate := make(chan struct{})
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-gate:
		case <-r.Context().Done():
			left <- struct{}{}
		}
	})
	return targetAt(t, server.URL, nil, nil), arrived, left, func() { close(gate) }
}

func TestCancelledAtOnce(t *testing.T) {
	targets, arrived, left, _ := held(t)
	ctx, cancel := context.WithCancel(t.Context())
	plan, err := Ask{Target: "shop", Profile: "heap"}.Plan(targets)
	require.NoError(t, err)
	go func() {
		<-arrived
		cancel()
	}()
	slots := new(Slots)
	_, err = slots.Take(ctx, plan, untold)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, cancelled, AsProblem(err).Status)
	<-left // the program is not kept busy
	require.Empty(t, slots.taken)
}

// The browser is gone: progress cannot be told any more.
func TestEndsWhenNobodyListens(t *testing.T) {
	targets, arrived, left, _ := held(t)
	plan, err := Ask{Target: "shop", Profile: "heap"}.Plan(targets)
	require.NoError(t, err)
	_, err = new(Slots).Take(t.Context(), plan, func(Progress) error {
		<-arrived
		return io.ErrClosedPipe
	})
	require.ErrorIs(t, err, context.Canceled)
	<-left
}

func TestSoManyAtATime(t *testing.T) {
	targets, arrived, _, let := held(t)
	plan, err := Ask{Target: "shop", Profile: "heap"}.Plan(targets)
	require.NoError(t, err)
	slots := new(Slots)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = slots.Take(t.Context(), plan, untold)
	}()
	<-arrived
	_, err = slots.Take(t.Context(), plan, untold)
	require.ErrorContains(t, err, "1 of at most 1 captures of Shop")
	require.Equal(t, http.StatusTooManyRequests, AsProblem(err).Status)
	let()
	<-ended
	require.Zero(t, slots.all)

	slots.all = most
	_, err = slots.Take(t.Context(), plan, untold)
	require.ErrorContains(t, err, "8 captures are under way")
}

func TestDifferenceAcrossARestart(t *testing.T) {
	pprofOf := func(delay int64) []byte {
		function := &profile.Function{ID: 1, Name: "main"}
		location := &profile.Location{ID: 1, Line: []profile.Line{{Function: function}}}
		p := &profile.Profile{
			SampleType: []*profile.ValueType{{Type: "contentions", Unit: "count"}, {Type: "delay", Unit: "nanoseconds"}},
			Sample:     []*profile.Sample{{Location: []*profile.Location{location}, Value: []int64{1, delay}}},
			Location:   []*profile.Location{location}, Function: []*profile.Function{function},
		}
		var packed bytes.Buffer
		require.NoError(t, p.Write(&packed))
		return packed.Bytes()
	}
	_, err := Difference(pprofOf(1000), pprofOf(10))
	require.ErrorContains(t, err, "the program was restarted")
	added, err := Difference(pprofOf(1000), pprofOf(1500))
	require.NoError(t, err)
	parsed, err := profile.ParseData(added)
	require.NoError(t, err)
	require.Equal(t, []int64{0, 500}, parsed.Sample[0].Value)
}
