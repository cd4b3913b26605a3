package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"connectrpc.com/connect"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
)

// childFlag makes the test binary run as the store itself, so that tests can
// kill a real process.
const childFlag = "FLAMEWATCH_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childFlag) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "store:", err)
		os.Exit(1)
	}
}

// process is a store that runs in a process of its own.
type process struct {
	*exec.Cmd
	url string
}

func startProcess(t testing.TB, dir string, flags ...string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"--listen", "127.0.0.1:0", "--data", dir}, flags...)...)
	cmd.Env = append(os.Environ(), childFlag+"=1")
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(logs)
	for lines.Scan() {
		if m := regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, logs) }()
			return &process{cmd, "http://" + m[1]}
		}
	}
	t.Fatalf("the store did not start: %v", lines.Err())
	return nil
}

// profileOf is a CPU profile of one stack with a value of its own.
func profileOf(at time.Time, value int64) []byte {
	raw, err := (&googlev1.Profile{
		SampleType: []*googlev1.ValueType{{Type: 1, Unit: 2}}, PeriodType: &googlev1.ValueType{Type: 1, Unit: 2},
		Sample:      []*googlev1.Sample{{LocationId: []uint64{1}, Value: []int64{value}}},
		Location:    []*googlev1.Location{{Id: 1, Line: []*googlev1.Line{{FunctionId: 1}}}},
		Function:    []*googlev1.Function{{Id: 1, Name: 3}},
		StringTable: []string{"", "cpu", "nanoseconds", fmt.Sprintf("main.work%d", value%97)},
		TimeNanos:   at.UnixNano(),
	}).MarshalVT()
	if err != nil {
		panic(err)
	}
	return raw
}

func pushOf(at time.Time, n int64) *connect.Request[pushv1.PushRequest] {
	return connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
		Labels: []*typesv1.LabelPair{
			{Name: "__name__", Value: "process_cpu"}, {Name: "service_name", Value: "orders"}, {Name: "pod", Value: fmt.Sprint("pod-", n%5)},
		},
		Samples: []*pushv1.RawSample{{RawProfile: profileOf(at.Add(time.Duration(n)*time.Millisecond), n)}},
	}}})
}

// TestKilledStoreKeepsWhatItAcknowledged kills the store with SIGKILL while
// eight clients push, several times over, and then finds every acknowledged
// profile. Pushes whose answer got lost are sent again and count once.
func TestKilledStoreKeepsWhatItAcknowledged(t *testing.T) {
	dir := t.TempDir()
	start := time.Now().Add(-20 * time.Minute)
	var next atomic.Int64
	var unsure sync.Map // pushes without an answer
	kills := 3
	if wanted := os.Getenv("FLAMEWATCH_KILLS"); wanted != "" {
		var err error
		if kills, err = strconv.Atoi(wanted); err != nil {
			t.Fatal(err)
		}
	}
	for round := range kills {
		p := startProcess(t, dir)
		var clients sync.WaitGroup
		for range 8 {
			clients.Go(func() {
				client := pushv1connect.NewPusherServiceClient(&http.Client{Transport: &http.Transport{}}, p.url)
				for {
					n := next.Add(1)
					if _, err := client.Push(t.Context(), pushOf(start, n)); err != nil {
						unsure.Store(n, true)
						return
					}
				}
			})
		}
		time.Sleep(time.Duration(300+200*(round%3)) * time.Millisecond)
		if err := p.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		clients.Wait()
		_ = p.Wait()
	}

	p := startProcess(t, dir)
	push := pushv1connect.NewPusherServiceClient(http.DefaultClient, p.url)
	lost := 0
	unsure.Range(func(n, _ any) bool {
		lost++
		if _, err := push.Push(t.Context(), pushOf(start, n.(int64))); err != nil {
			t.Errorf("push %d again: %v", n, err)
		}
		return true
	})
	last := next.Load()
	if last < 50 {
		t.Fatalf("only %d pushes: nothing was tested", last)
	}
	want := last * (last + 1) / 2 // of the values 1, 2, … last
	resp, err := querierv1connect.NewQuerierServiceClient(http.DefaultClient, p.url).SelectMergeStacktraces(t.Context(),
		connect.NewRequest(&querierv1.SelectMergeStacktracesRequest{
			ProfileTypeID: "process_cpu:cpu:nanoseconds:cpu:nanoseconds", LabelSelector: `{service_name="orders"}`,
			Start: start.UnixMilli(), End: time.Now().UnixMilli(),
		}))
	if err != nil {
		t.Fatal(err)
	}
	if got := resp.Msg.Flamegraph.Total; got != want {
		t.Errorf("total %d, want %d: a difference of %d over %d pushes", got, want, got-want, last)
	}
	t.Logf("%d pushes, %d of them without an answer at first", last, lost)

	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("the store did not end cleanly: %v", err)
	}
}

func TestSecondProcessOnTheSameFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	startProcess(t, dir)
	second := exec.Command(os.Args[0], "--listen", "127.0.0.1:0", "--data", dir)
	second.Env = append(os.Environ(), childFlag+"=1")
	var logs bytes.Buffer
	second.Stderr = &logs
	err := second.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("the second store ended with %v", err)
	}
	if !strings.Contains(logs.String(), "is in use by another process") || !strings.Contains(logs.String(), dir) {
		t.Errorf("it said: %s", logs.String())
	}
}

func TestBadFlags(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"--retention-age yesterday", "90m, 72h or 7d"},
		{"--retention-size lots", "500MB, 10GB or 2GiB"},
		{"--retention-size -5GB", "above zero"},
		{"--log-format xml", "text or json"},
		{"--query-timeout 0s", "above zero"},
		{"extra", "all settings are flags"},
	} {
		if _, err := parseFlags(strings.Fields(test.args), io.Discard); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want a sentence with %q", test.args, err, test.want)
		}
	}
	c, err := parseFlags(strings.Fields("--retention-age 7d --retention-size 1.5GiB --tenants --log-level debug"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if c.store.RetentionAge != 7*24*time.Hour || c.store.RetentionSize != 3<<29 || !c.store.Tenants {
		t.Errorf("read %+v", c.store)
	}
}
