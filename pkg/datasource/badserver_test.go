package datasource

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

// answering is a server that answers every call alike.
func answering(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header()["Content-Type"] = []string{contentType}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// cutting promises more than it sends and hangs up.
func cutting(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/proto")
	w.Header().Set("Content-Length", "100000")
	_, _ = w.Write([]byte{10, 200, 1})
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// flooding answers with 200 MB, or as much of it as anybody wants to have.
func flooding(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/proto")
	zeros := make([]byte, 1<<20)
	for range 200 {
		if _, err := w.Write(zeros); err != nil {
			return
		}
	}
}

func hanging(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// Whatever a server does, everything that asks it says why and what to do, in the
// same words: flame graph, series, the editors' lists, and Save & test.
func TestServersThatDoNotAnswer(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	for _, c := range []struct {
		name   string
		server http.HandlerFunc // nil for a port where nobody listens
		status int              // towards Grafana
		says   []string
		health string // where Save & test knows better
	}{
		{"server down", nil, 502, []string{"No server answers at 127.0.0.1", "Check the URL of the data source and that Pyroscope is running."}, ""},
		{"401", answering(401, "application/json", `{"code":"unauthenticated","message":"no org id"}`), 401,
			[]string{"refused the credentials (HTTP 401): no org id.", "Check authentication and tenant in the settings"}, ""},
		{"403", answering(403, "text/plain", "nope"), 403, []string{"does not allow this query (HTTP 403)", "Check the rights of the user or token"}, ""},
		{"404 of something else", answering(404, "text/html", "<html><h1>404 Not Found</h1><hr>nginx"), 501,
			[]string{"(HTTP 404, with a web page)", "Check the URL of the data source"}, "does not know Pyroscope's calls (HTTP 404). Check the URL"},
		{"404 of another API", answering(404, "text/plain", "404 page not found\n"), 501,
			[]string{"does not know the call", "(HTTP 404)"}, "does not know Pyroscope's calls (HTTP 404). Check the URL"},
		{"a user interface", answering(200, "text/html", "<!doctype html><title>Log in</title>"), 502,
			[]string{"a web page instead of profiles", "Check the URL of the data source"}, ""},
		{"JSON", answering(200, "application/json", `{"status":"ok"}`), 502, []string{"application/json instead of profiles", "Check that the URL"}, ""},
		{"no protobuf", answering(200, "application/proto", "hello, this is no message"), 502, []string{"cannot be read as a Pyroscope answer", "Check the URL"}, ""},
		{"time-out", hanging, 502, []string{"did not answer within 300ms", "Narrow the range or the selector, or raise the timeout"}, ""},
		{"cut off", cutting, 502, []string{"broke off in the middle", "Try again", "a proxy between Grafana and Pyroscope"}, ""},
		{"200 MB", flooding, 413, []string{"larger than the limit of 1 MiB", "Ask for fewer nodes", "raise the response limit"}, ""},
		{"too many requests", answering(429, "application/json", `{"code":"resource_exhausted","message":"rate limit of tenant a"}`), 429,
			[]string{"because of a limit: rate limit of tenant a.", "try again later"}, ""},
		{"starting", answering(503, "text/plain", "Ingester not ready"), 502, []string{"not available at the moment (HTTP 503): Ingester not ready.", "Try again"}, ""},
		{"broken", answering(500, "application/json", `{"code":"internal","message":"block not found"}`), 502,
			[]string{"failed while answering (HTTP 500): block not found.", "The server's log says more"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := closed.URL
			if c.server != nil {
				listening := httptest.NewServer(c.server)
				defer listening.Close()
				url = listening.URL
			}
			timeout := 60.0 // a busy machine is slow
			if c.name == "time-out" {
				timeout = 0.3
			}
			d := openAt(t, url, map[string]any{"timeout": timeout, "responseLimit": 1})
			check := func(sentence string, wanted []string) {
				for _, text := range wanted {
					require.Contains(t, sentence, text)
				}
				require.True(t, strings.HasSuffix(sentence, "."), sentence)
				require.NotContains(t, sentence, "<")
			}
			for _, queryType := range []string{"profile", "metrics", "both"} {
				answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": queryType})
				require.Error(t, answer.Error, queryType)
				check(answer.Error.Error(), c.says)
				require.EqualValues(t, c.status, answer.Status)
				require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource)
				require.Empty(t, answer.Frames, "nothing is shown that could be taken for an answer")
			}
			for _, path := range []string{"profileTypes", "services", "labelNames", "labelValues"} {
				status, body := resource(t, d, path, map[string]string{"label": "pod"})
				require.Equal(t, c.status, status, path)
				var said struct{ Message string }
				require.NoError(t, json.Unmarshal([]byte(body), &said))
				check(said.Message, c.says)
			}
			result, err := d.CheckHealth(context.Background(), nil)
			require.NoError(t, err)
			require.Equal(t, backend.HealthStatusError, result.Status)
			if c.health != "" {
				check(result.Message, []string{c.health})
			} else {
				check(result.Message, c.says)
			}
		})
	}
}
