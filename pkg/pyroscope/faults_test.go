package pyroscope

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/calltree/calltreetest"
	"github.com/flamewatch/profiles/pkg/network/networktest"
)

const cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"

func clientOf(url string, httpClient *http.Client, limit int64) *Client {
	return New(httpClient, url, Options{ResponseLimit: limit, Timeout: httpClient.Timeout, Concurrency: 4})
}

func anyTree(c *Client) error {
	_, err := c.Tree(context.Background(), TreeQuery{Type: cpu, Range: Range{1000, 2000}, MaxNodes: 10})
	return err
}

// answers of something that is not, or not only, a Pyroscope server.
func TestAnswersThatAreNoProfiles(t *testing.T) {
	for _, c := range []struct {
		name        string
		status      int
		contentType string
		body        string
		class       Class
		says        string // must be in the sentence
	}{
		{"login page", 200, "text/html; charset=utf-8", "<!doctype html><title>Log in</title>", NotPyroscope, "a web page instead of profiles"},
		{"web page with a wrong type", 200, "text/plain", "<html><body>hi</body></html>", NotPyroscope, "a web page"},
		{"JSON", 200, "application/json", `{"flamegraph":{}}`, NotPyroscope, "with application/json instead of profiles"},
		{"nothing", 200, "", "", NotPyroscope, "instead of profiles"},
		{"not protobuf", 200, "application/proto", "hello, this is no message", NotPyroscope, "cannot be read as a Pyroscope answer"},
		{"no credentials", 401, "text/plain", "no", Refused, "refused the credentials (HTTP 401): no."},
		{"no credentials, with a reason", 401, "application/json", `{"code":"unauthenticated","message":"no org id"}`, Refused, "no org id"},
		{"forbidden", 403, "text/html", "<html>", Refused, "does not allow this query (HTTP 403)"},
		{"404 of something else", 404, "text/html", "<html>nginx</html>", Unsupported, "does not know the call SelectMergeStacktraces (HTTP 404, with a web page): another program"},
		{"unknown call", 404, "text/plain", "404 page not found", Unsupported, "does not know the call SelectMergeStacktraces"},
		{"unimplemented", 501, "application/json", `{"code":"unimplemented","message":"x"}`, Unsupported, "SelectMergeStacktraces"},
		{"GET only", 405, "", "", Unsupported, "HTTP 405"},
		{"wrong type", 415, "", "", Unsupported, "HTTP 415"},
		{"too many", 429, "application/json", `{"code":"resource_exhausted","message":"per-tenant rate limit"}`, Refused, "per-tenant rate limit. Narrow"},
		{"bad gateway", 502, "text/html", "<html>", Down, "not available at the moment (HTTP 502)"},
		{"unavailable", 503, "text/plain; charset=utf-8", "Metastore not ready:\n1 of 3\n", Down, "(HTTP 503): Metastore not ready: 1 of 3. Try again"},
		{"gateway timeout", 504, "", "", Down, "HTTP 504"},
		{"user's fault", 400, "application/json", `{"code":"invalid_argument","message":"missing time range in the query"}`, BadQuery, "cannot answer this query: missing time range in the query."},
		{"user's fault found late", 500, "application/json", `{"code":"unknown","message":"rpc error: code = Unknown desc = invalid span id length: \"b01\""}`, BadQuery, `cannot answer this query: invalid span id length: "b01".`},
		{"server's fault", 500, "application/json", `{"code":"internal","message":"block not found"}`, Refused, "failed while answering (HTTP 500): block not found. The server's log"},
		{"other JSON error", 500, "application/json", `{"error":"boom"}`, Refused, "boom"},
		{"error that is a list", 500, "application/json", `{"error":[1]}`, Refused, "HTTP 500"},
		{"endless message", 400, "application/json", `{"code":"invalid_argument","message":"` + strings.Repeat("x", 5000) + `"}`, BadQuery, "xxx…"},
		{"redirect without a place", 304, "", "", NotPyroscope, "redirects elsewhere"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = []string{c.contentType}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			defer server.Close()
			err := anyTree(clientOf(server.URL, server.Client(), 1<<20))
			fault := AsFault(err)
			require.Equal(t, c.class, fault.Class, fault.Sentence)
			require.Contains(t, fault.Sentence, c.says)
			require.Less(t, len(fault.Sentence), 700)
			require.True(t, strings.HasSuffix(fault.Sentence, "."), fault.Sentence)
			require.NotContains(t, fault.Sentence, "<", "what a server says is text, and no markup of ours")
		})
	}
}

// ending is a server that answers with these bytes on the wire and closes.
func ending(t *testing.T, answer string) string {
	t.Helper()
	return "http://" + networktest.Connections(t, func(conn net.Conn) {
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, answer)
	})
}

func TestConnectionsThatBreak(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write(bytes.Repeat([]byte("0123456789"), 1000))
	require.NoError(t, zip.Close())
	half := packed.String()[:packed.Len()/2]
	for name, answer := range map[string]string{
		"before the answer":  "",
		"inside the headers": "HTTP/1.1 200 OK\r\nContent-Type: app",
		"inside the body":    "HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nContent-Length: 1000\r\n\r\nabc",
		"inside a chunk":     "HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nabc",
		"inside gzip": fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s",
			len(half), half),
		"not gzip": "HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n01234567890123456789",
	} {
		fault := AsFault(anyTree(clientOf(ending(t, answer), &http.Client{Timeout: 5 * time.Second}, 1<<20)))
		require.Equal(t, Down, fault.Class, "%s: %v", name, fault.Cause)
		require.Contains(t, fault.Sentence, "broke off in the middle", name)
	}
}

func TestAnswerLargerThanTheLimit(t *testing.T) {
	chunk := bytes.Repeat([]byte{0}, 1<<20)
	for _, packed := range []bool{false, true} {
		sent := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/proto")
			body := io.Writer(w)
			if packed { // 200 MB of zeros are 200 kB on the wire
				w.Header().Set("Content-Encoding", "gzip")
				zip := gzip.NewWriter(w)
				defer func() { _ = zip.Close() }()
				body = zip
			}
			for sent = 0; sent < 200; sent++ {
				if _, err := body.Write(chunk); err != nil {
					return
				}
			}
		}))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		fault := AsFault(anyTree(clientOf(server.URL, server.Client(), 2<<20)))
		runtime.ReadMemStats(&after)
		server.Close()
		require.Equal(t, TooLarge, fault.Class, "%v", fault.Cause)
		require.Contains(t, fault.Sentence, "larger than the limit of 2 MiB")
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20), "what is beyond the limit is not read")
	}
}

// Of an answer that is not read to its end nothing stays open, though no time-out ends it.
func TestUnfinishedAnswersAreLeft(t *testing.T) {
	for name, start := range map[string]func(http.ResponseWriter) io.Writer{
		"too large": func(w http.ResponseWriter) io.Writer {
			w.Header().Set("Content-Type", "application/proto")
			return w
		},
		"too large, packed": func(w http.ResponseWriter) io.Writer {
			w.Header().Set("Content-Type", "application/proto")
			w.Header().Set("Content-Encoding", "gzip")
			return gzip.NewWriter(w)
		},
		"not packed as it says": func(w http.ResponseWriter) io.Writer {
			w.Header().Set("Content-Encoding", "gzip")
			return w
		},
		"an endless error": func(w http.ResponseWriter) io.Writer {
			w.WriteHeader(http.StatusInternalServerError)
			return w
		},
		"an endless page": func(w http.ResponseWriter) io.Writer { return w },
	} {
		left := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(left)
			_, _ = io.Copy(io.Discard, r.Body)
			body := start(w)
			for part := make([]byte, 1<<16); r.Context().Err() == nil; {
				if _, err := body.Write(part); err != nil {
					return
				}
			}
		}))
		require.Error(t, anyTree(clientOf(server.URL, server.Client(), 1<<20)), name)
		select {
		case <-left:
		case <-time.After(5 * time.Second):
			server.CloseClientConnections()
			t.Errorf("%s: the connection is kept", name)
		}
		server.Close()
	}
}

func TestAnAnswerOfExactlyTheLimitIsRead(t *testing.T) {
	answer := wire(t, encode(calltreetest.Random(1, calltreetest.Shape{Nodes: 500, Symbols: 50, Depth: 20, MaxSelf: 1000})))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/proto")
		_, _ = w.Write(answer)
	}))
	defer server.Close()
	require.NoError(t, anyTree(clientOf(server.URL, server.Client(), int64(len(answer)))))
	require.True(t, Is(anyTree(clientOf(server.URL, server.Client(), int64(len(answer))-1)), TooLarge))
}
