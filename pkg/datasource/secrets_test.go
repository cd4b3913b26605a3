package datasource

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
	"github.com/stretchr/testify/require"
)

// marker is in every secret of these tests, and must be in nothing that comes out.
const marker = "m4rk3d-s3cret"

// overheard is all that is logged, at every level.
type overheard struct {
	log.Logger
	fields string
	said   *strings.Builder
	guard  *sync.Mutex
}

func (o overheard) With(fields ...any) log.Logger {
	o.fields += fmt.Sprintf("%+v", fields)
	return o
}
func (o overheard) FromContext(context.Context) log.Logger { return o }
func (o overheard) note(message string, fields []any) {
	o.guard.Lock()
	defer o.guard.Unlock()
	_, _ = fmt.Fprintf(o.said, "%s %s %+v\n", message, o.fields, fields)
}
func (o overheard) Debug(message string, fields ...any) { o.note(message, fields) }
func (o overheard) Info(message string, fields ...any)  { o.note(message, fields) }
func (o overheard) Warn(message string, fields ...any)  { o.note(message, fields) }
func (o overheard) Error(message string, fields ...any) { o.note(message, fields) }

// echoing repeats the whole request in its answer, as debugging proxies do.
func echoing(status int, contentType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		text := fmt.Sprintf("%s %s %v %s:%s", r.Method, r.URL, r.Header, user, password)
		if strings.HasPrefix(contentType, "application/json") {
			text = fmt.Sprintf(`{"code":"internal","message":%q}`, text)
		}
		answering(status, contentType, text)(w, r)
	}
}

// overhear listens to the log until the test ends.
func overhear(t *testing.T) *strings.Builder {
	before, heard := backend.Logger, &strings.Builder{}
	backend.Logger = overheard{Logger: before, said: heard, guard: new(sync.Mutex)}
	t.Cleanup(func() { backend.Logger = before })
	return heard
}

// Every secret field holds the marker, everything fails in every way, and all that comes out of it is read: answers,
// frames, errors with their causes, and the log at every level.
func TestSecretsStayInside(t *testing.T) {
	heard := overhear(t)
	secrets := map[string]string{
		// With what JSON, pages and addresses write in their own ways.
		"basicAuthPassword": marker + `-"b<a&s/i\c%é`, "httpHeaderValue1": "Bearer " + marker + "-he&ad<er",
		"capture.shop.bearerToken": marker + "-bearer", "capture.shop.basicAuthPassword": marker + "-capture",
	}
	encoded := base64.StdEncoding.EncodeToString([]byte("ana:" + secrets["basicAuthPassword"]))
	said := &strings.Builder{}
	check := func(name string) {
		for _, text := range []string{said.String(), heard.String()} {
			at := max(strings.Index(text, marker), strings.Index(text, encoded))
			require.Negative(t, at, "%s: …%s", name, text[max(0, min(at, len(text))-200):min(len(text), max(at, 0)+60)])
		}
	}
	heardAny := 0
	for name, server := range map[string]http.Handler{
		"works": cartAndPay(), "echo 400": echoing(400, "application/json"), "echo 401": echoing(401, "text/plain"), "echo 403": echoing(403, "text/plain"),
		"echo 404": echoing(404, "text/plain"), "echo 500": echoing(500, "application/json"), "echo 502": echoing(502, "text/plain"),
		"echo as JSON by another hand": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			said, err := json.Marshal(map[string]any{"message": fmt.Sprint(r.Header), "code": "internal"})
			require.NoError(t, err)
			answering(500, "application/json", string(said))(w, r)
		}),
		"echo as a page": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answering(500, "text/html", "<html>"+html.EscapeString(fmt.Sprint(r.Header)))(w, r)
		}),
		"echo of another protocol": on(func(conn *net.TCPConn, _ <-chan struct{}) {
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nX: y\r\nwho asks with %s\r\n\r\n", secrets["httpHeaderValue1"])
		}),
		"echo as a type": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answering(200, r.Header.Get("Authorization"), "")(w, r) }),
		"cut off":        http.HandlerFunc(cutting), "no protobuf": answering(200, "application/proto", "hello, this is no message"),
	} {
		settings := map[string]any{"httpHeaderName1": "X-Token", "captureTargets": []any{map[string]any{
			"id": "shop", "url": "http://127.0.0.1:1", "basicAuthUser": "ana", "labels": map[string]string{"service_name": "shop"}}}}
		listening := httptest.NewServer(server)
		defer listening.Close()
		made, err := New(t.Context(), backend.DataSourceInstanceSettings{URL: listening.URL, JSONData: jsonData(t, settings),
			BasicAuthEnabled: true, BasicAuthUser: "ana", DecryptedSecureJSONData: secrets})
		require.NoError(t, err)
		d := made.(*Datasource)
		defer d.Dispose()
		d.now = func() time.Time { return noon.Add(time.Hour) }
		said.WriteString(everythingOf(t, d, nil))
		for _, queryType := range []string{"profile", "metrics", "silent", "diff"} {
			answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": queryType})
			_, _ = fmt.Fprintf(said, "%+v %+v", answer.Error, answer.Frames)
		}
		result, err := d.CheckHealth(t.Context(), nil)
		require.NoError(t, err)
		_, _ = fmt.Fprintf(said, "%s %s", result.Message, result.JSONDetails)
		_, taken := callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
		said.Write(taken)
		check(name)
		heardAny = heard.Len()
	}
	require.NotZero(t, heardAny, "nothing was logged, so that nothing was tested")

	// Secrets that are no good: keys that cannot be read, addresses with a password.
	for name, settings := range map[string]backend.DataSourceInstanceSettings{
		"no key": {URL: "https://pyroscope", JSONData: jsonData(t, map[string]any{"tlsAuth": true}),
			DecryptedSecureJSONData: map[string]string{"tlsClientCert": marker, "tlsClientKey": "-----BEGIN PRIVATE KEY-----\n" + marker + "\n-----END PRIVATE KEY-----"}},
		"no authority": {URL: "https://pyroscope", JSONData: jsonData(t, map[string]any{"tlsAuthWithCACert": true}), DecryptedSecureJSONData: map[string]string{"tlsCACert": marker}},
		"in the URL":   {URL: "http://ana:" + marker + "@127.0.0.1:1"},
		"in a bad URL": {URL: "http://ana:" + marker + "@127.0.0.1:port"},
		"bad settings": {URL: "http://127.0.0.1:1", JSONData: []byte(`{"timeout":"x"}`), DecryptedSecureJSONData: map[string]string{"basicAuthPassword": marker}},
		"capture's key": {URL: "http://127.0.0.1:1", JSONData: jsonData(t, map[string]any{"captureTargets": []any{map[string]any{"id": "shop", "url": "https://a"}}}),
			DecryptedSecureJSONData: map[string]string{"capture.shop.tlsClientKey": marker, "capture.shop.tlsClientCert": marker}},
	} {
		made, err := New(t.Context(), settings)
		_, _ = fmt.Fprintf(said, "%v %+v", err, err)
		if name == "in the URL" {
			require.ErrorContains(t, err, "has a user name or password in it")
		}
		if err == nil {
			said.WriteString(everythingOf(t, made.(*Datasource), nil))
			made.(*Datasource).Dispose()
		}
		check(name)
	}
}

// What Grafana forwards of a user is as secret as what it stores.
func TestForwardedCredentialsStayInside(t *testing.T) {
	heard := overhear(t)
	for _, status := range []int{400, 401, 500} {
		for _, contentType := range []string{"application/json", "text/plain"} {
			server := httptest.NewServer(echoing(status, contentType))
			defer server.Close()
			settings := backend.DataSourceInstanceSettings{ID: time.Now().UnixNano(), UID: t.Name(), Type: ID, URL: server.URL,
				JSONData: jsonData(t, map[string]any{"oauthPassThru": true, "keepCookies": []string{"session", "theme"}})}
			failures := callsOf(t, settings, map[string]string{"Authorization": "Bearer " + marker, "X-Id-Token": marker + "-id", "Cookie": "theme=dark; session=" + marker})
			require.Len(t, failures, 3)
			for call, said := range failures {
				require.NotContains(t, said, marker, call)
				if status == 401 { // plain text is repeated for some statuses only
					require.Contains(t, said, "(secret)", "%s, %s: the server repeated it", call, contentType)
				}
			}
		}
	}
	require.NotEmpty(t, heard.String())
	require.NotContains(t, heard.String(), marker)
}

// A redirect to another server takes no credentials there, and asks it nothing.
func TestRedirectsToOthers(t *testing.T) {
	var asked atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{other.URL, strings.Replace(other.URL, "http://", "http://user:password@", 1), "ftp://127.0.0.1"} {
			d := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to+r.URL.Path, status) }), map[string]any{"tenant": "red"})
			answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
			require.ErrorContains(t, answer.Error, fmt.Sprintf("redirects elsewhere (HTTP %d)", status), to)
		}
	}
	require.Zero(t, asked.Load())
	// One that stays is followed.
	inside := cartAndPay()
	d := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rest, moved := strings.CutPrefix(r.URL.Path, "/new"); moved {
			r.URL.Path = rest
			inside.ServeHTTP(w, r)
			return
		}
		http.Redirect(w, r, "/new"+r.URL.Path, http.StatusPermanentRedirect)
	}), nil)
	require.NoError(t, ask(t, d, time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"}).Error)
}
