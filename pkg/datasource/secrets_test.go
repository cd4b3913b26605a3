package datasource

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
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

// Every secret field holds the marker, everything fails in every way, and all that comes out of it is read: answers,
// frames, errors with their causes, and the log at every level.
func TestSecretsStayInside(t *testing.T) {
	before, heard := backend.Logger, &strings.Builder{}
	backend.Logger = overheard{Logger: before, said: heard, guard: new(sync.Mutex)}
	t.Cleanup(func() { backend.Logger = before })
	secrets := map[string]string{
		"basicAuthPassword": marker + "-basic", "httpHeaderValue1": "Bearer " + marker + "-header",
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
		if err == nil {
			said.WriteString(everythingOf(t, made.(*Datasource), nil))
			made.(*Datasource).Dispose()
		}
		check(name)
	}
}
