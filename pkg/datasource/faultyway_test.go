package datasource

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// faultyWay stands before a server and does to each call what its fault says; without one it passes calls on.
type faultyWay struct {
	server http.Handler
	fault  atomic.Pointer[http.HandlerFunc]
}

func (f *faultyWay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := f.fault.Load(); fault != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		(*fault)(w, r)
		return
	}
	f.server.ServeHTTP(w, r)
}

// on takes the connection over and ends it as do leaves it.
func on(do func(conn *net.TCPConn, gone <-chan struct{})) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer func() { _ = conn.Close() }()
		do(conn.(*net.TCPConn), r.Context().Done())
	}
}

// reset ends a connection with RST in place of FIN.
func reset(conn *net.TCPConn) { _ = conn.SetLinger(0) }

// dribble writes a byte now and then until nobody reads any more.
func dribble(conn *net.TCPConn, text string) {
	for i := 0; ; i++ {
		if _, err := conn.Write([]byte{text[i%len(text)]}); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

const (
	beginning = "HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nContent-Length: 100000\r\n\r\n"
	filler    = "X-Slow: yes\r\n"
)

// Whatever happens on the way to the server, each call ends in its time with a sentence, nothing is kept of it, and the
// same data source answers as soon as the way is good again; no goroutine, connection or memory stays behind.
func TestTheWayToTheServer(t *testing.T) {
	before := goleak.IgnoreCurrent()
	way := &faultyWay{server: &pyroscopetest.Server{Version: "1.18.0", Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon.Add(-time.Second),
		Labels: map[string]string{"service_name": "shop"}, Stacks: map[string]int64{"main;work": 7}}}}}
	listening := httptest.NewServer(way)
	made, err := New(t.Context(), backend.DataSourceInstanceSettings{URL: listening.URL, JSONData: jsonData(t, map[string]any{"timeout": 0.4, "responseLimit": 1})})
	require.NoError(t, err)
	d := made.(*Datasource)
	d.now = func() time.Time { return noon.Add(time.Hour) }
	works := func() {
		// Not at once: a busy machine may need longer than the short time-out of this test.
		require.Eventually(t, func() bool {
			answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
			return answer.Error == nil && len(answer.Frames) == 1
		}, 30*time.Second, 10*time.Millisecond)
	}
	works()
	for name, c := range map[string]struct {
		fault http.HandlerFunc
		says  string
	}{
		"reset before the answer": {on(func(conn *net.TCPConn, _ <-chan struct{}) { reset(conn) }), "broke off in the middle"},
		"reset inside the answer": {on(func(conn *net.TCPConn, _ <-chan struct{}) {
			_, _ = io.WriteString(conn, beginning+"\x0a\xc8\x01")
			time.Sleep(20 * time.Millisecond) // so that it arrives before the reset
			reset(conn)
		}), "broke off in the middle"},
		"closed inside the headers": {on(func(conn *net.TCPConn, _ <-chan struct{}) { _, _ = io.WriteString(conn, beginning[:40]) }), "broke off in the middle"},
		"headers that dribble": {on(func(conn *net.TCPConn, _ <-chan struct{}) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
			dribble(conn, filler)
		}), "did not answer within 400ms"},
		"a body that dribbles": {on(func(conn *net.TCPConn, _ <-chan struct{}) {
			_, _ = io.WriteString(conn, beginning)
			dribble(conn, "\x0a\x00")
		}), "did not answer within 400ms"},
		"endless headers": {on(func(conn *net.TCPConn, _ <-chan struct{}) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
			for lines := []byte(filler); ; {
				if _, err := conn.Write(lines); err != nil {
					return
				}
			}
		}), "."},
		"no HTTP":                {on(func(conn *net.TCPConn, _ <-chan struct{}) { _, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.9\r\n") }), "."},
		"accepted and forgotten": {hanging, "did not answer within 400ms"},
		"cut off":                {cutting, "broke off in the middle"},
		"of another type":        {answering(200, "image/png", "\x89PNG"), "image/png instead of profiles"},
		"500":                    {answering(500, "text/plain", "out of memory"), "failed while answering (HTTP 500): out of memory."},
		"502 page":               {answering(502, "text/html", "<h1>Bad gateway</h1>"), "not available at the moment (HTTP 502)"},
		"200 MB":                 {flooding, "larger than the limit of 1 MiB"},
		"switching protocols":    {answering(101, "", ""), "."},
		"a redirect to itself": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
		}, "."},
	} {
		way.fault.Store(&c.fault)
		answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "both"})
		require.Error(t, answer.Error, name)
		require.Contains(t, answer.Error.Error(), c.says, name)
		require.Empty(t, answer.Frames, name)
		status, body := resource(t, d, "services", nil)
		require.GreaterOrEqual(t, status, 400, "%s: %s", name, body)
		require.Contains(t, body, c.says, name)
		way.fault.Store(nil)
		works()
	}
	d.Dispose()
	listening.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

// Profiles of machines whose clocks are wrong lie outside of what was asked for, or nowhere; none is counted twice, and
// no time in an answer lies outside of its range.
func TestClocksThatAreWrong(t *testing.T) {
	server := &pyroscopetest.Server{}
	for _, off := range []time.Duration{-365 * 24 * time.Hour, -2 * time.Hour, -30 * time.Second, 5 * time.Minute, 365 * 24 * time.Hour} {
		server.Profiles = append(server.Profiles, pyroscopetest.Profile{Type: cpu, At: noon.Add(off), Labels: map[string]string{"service_name": "shop"}, Stacks: map[string]int64{"main": 1000}})
	}
	for name, now := range map[string]time.Time{"our clock is a year behind": noon.AddDate(-1, 0, 0), "right": noon, "ahead": noon.AddDate(1, 0, 0)} {
		d := open(t, server, nil)
		d.now = func() time.Time { return now }
		answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
		require.NoError(t, answer.Error, name)
		require.Equal(t, map[string]int64{"main": 1000}, rows(t, answer.Frames[0]), name)
		answer = ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "metrics"})
		require.NoError(t, answer.Error, name)
		for _, frame := range answer.Frames {
			for at := range points(t, frame) {
				require.WithinRange(t, at, noon.Add(-2*time.Minute), noon.Add(time.Minute), name)
			}
		}
	}
}

// A burst of failures does not grow the process: 300 failed queries leave about as much memory as ten did.
func TestFailuresLeaveNoMemory(t *testing.T) {
	body := make([]byte, 60_000) // each is read for its message
	d := open(t, answering(500, "text/plain", string(body)), nil)
	heap := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	fail := func(times int) {
		for range times {
			require.Error(t, ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"}).Error)
		}
	}
	fail(10)
	early := heap()
	fail(300)
	require.Less(t, int64(heap())-int64(early), int64(4<<20), "300 answers of 60 kB are 18 MB")
}
