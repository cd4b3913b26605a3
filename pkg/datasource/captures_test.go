package datasource

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/pprof/profile"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
	"github.com/stretchr/testify/require"
)

func user(role string) *backend.User { return &backend.User{Login: "ada", Role: role} }

// callAs calls a resource and gives the parts of its answer.
func callAs(t *testing.T, d *Datasource, who *backend.User, method, address string, body []byte) (int, []byte) {
	t.Helper()
	status, whole := 0, []byte{}
	path, _, _ := bytes.Cut([]byte(address), []byte("?"))
	err := d.CallResource(t.Context(), &backend.CallResourceRequest{
		PluginContext: backend.PluginContext{User: who}, Path: string(path), Method: method, URL: address, Body: body,
	}, backend.CallResourceResponseSenderFunc(func(part *backend.CallResourceResponse) error {
		if status == 0 {
			status = part.Status
		}
		whole = append(whole, part.Body...)
		return nil
	}))
	require.NoError(t, err)
	return status, whole
}

// shop is a real Go program's endpoints, and how often they were asked.
func shop(t *testing.T) (address string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func shopTarget(address string) map[string]any {
	return map[string]any{"captureTargets": []any{map[string]any{
		"id": "shop", "name": "Shop", "url": address, "labels": map[string]string{"service_name": "checkout", "namespace": "shop"},
	}}}
}

// partsOf reads an answer to captures/take.
func partsOf(t *testing.T, answer []byte) (progress int, last capturePart, profiles [][]byte) {
	t.Helper()
	reader := bufio.NewReader(bytes.NewReader(answer))
	for {
		line, err := reader.ReadBytes('\n')
		require.NoError(t, err)
		last = capturePart{}
		require.NoError(t, json.Unmarshal(line, &last))
		if last.Progress == nil {
			break
		}
		progress++
	}
	for _, one := range last.Profiles {
		content := make([]byte, one.Bytes)
		_, err := io.ReadFull(reader, content)
		require.NoError(t, err)
		profiles = append(profiles, content)
	}
	rest, err := io.ReadAll(reader)
	require.NoError(t, err)
	require.Empty(t, rest)
	return progress, last, profiles
}

func TestCapturesNeedTheRoleEditor(t *testing.T) {
	address, asked := shop(t)
	d := open(t, cartAndPay(), shopTarget(address))
	for _, who := range []*backend.User{nil, user("Viewer"), user(""), user("None"), user("editor")} {
		for path, method := range map[string]string{"captures/targets": "GET", "captures/take": "POST", "captures/keep": "POST", "captures/kept": "GET"} {
			status, body := callAs(t, d, who, method, path, []byte(`{"target":"shop","profile":"heap"}`))
			require.Equal(t, http.StatusForbidden, status)
			require.Contains(t, string(body), "need the role Editor")
			require.NotContains(t, string(body), address)
		}
	}
	require.Zero(t, asked.Load())
	for _, role := range []string{"Editor", "Admin"} {
		status, _ := callAs(t, d, user(role), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
		require.Equal(t, http.StatusOK, status)
	}
	require.EqualValues(t, 2, asked.Load())
}

func TestTargetsAreTold(t *testing.T) {
	d := open(t, cartAndPay(), shopTarget("http://shop.internal:6060/behind"))
	status, body := callAs(t, d, user("Editor"), "GET", "captures/targets", nil)
	require.Equal(t, http.StatusOK, status)
	require.JSONEq(t, `{"targets":[{"id":"shop","name":"Shop","kind":"go","instances":["shop.internal:6060"],
		"labels":{"service_name":"checkout","namespace":"shop"},"mostSeconds":120}]}`, string(body))
	_, body = callAs(t, open(t, cartAndPay(), nil), user("Editor"), "GET", "captures/targets", nil)
	require.JSONEq(t, `{"targets":[]}`, string(body))
}

func TestTargetsWithAMistake(t *testing.T) {
	d := open(t, cartAndPay(), shopTarget("ftp://shop"))
	status, body := callAs(t, d, user("Editor"), "GET", "captures/targets", nil)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, string(body), `{"targets":[],"leftOut":["The setting captureTargets`)
	require.Contains(t, string(body), "capture target 1 (Shop)")
	status, _ = callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	require.Equal(t, http.StatusNotFound, status)
	health, err := d.CheckHealth(t.Context(), &backend.CheckHealthRequest{})
	require.NoError(t, err)
	require.Equal(t, backend.HealthStatusOk, health.Status, "queries work")
	require.Contains(t, health.Message, "capture target 1 (Shop)")
	status, _ = resource(t, d, "labelNames", nil)
	require.Equal(t, http.StatusOK, status, "queries work")
}

func TestCaptureInParts(t *testing.T) {
	address, _ := shop(t)
	d := open(t, cartAndPay(), shopTarget(address))
	status, body := callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap","mode":"pair","seconds":1}`))
	require.Equal(t, http.StatusOK, status)
	progress, last, profiles := partsOf(t, body)
	require.Greater(t, progress, 1)
	require.Nil(t, last.Problem)
	require.Len(t, profiles, 2)
	for _, one := range profiles {
		_, err := profile.ParseData(one)
		require.NoError(t, err)
	}
	require.GreaterOrEqual(t, last.Profiles[1].At-last.Profiles[0].At, int64(1000))
}

func TestCaptureThatFails(t *testing.T) {
	address, asked := shop(t)
	d := open(t, cartAndPay(), shopTarget(address))
	for body, status := range map[string]int{
		`{`: 400, `[]`: 400, `{"target":"shop","profile":"heap","url":"http://x"}`: 400,
		`{"target":"shop","profile":"cmdline"}`: 400, `{"target":"http://x","profile":"heap"}`: 404,
	} {
		got, answer := callAs(t, d, user("Editor"), "POST", "captures/take", []byte(body))
		require.Equal(t, status, got, body)
		require.Contains(t, string(answer), `"message"`)
	}
	require.Zero(t, asked.Load())
	for path, method := range map[string]string{"captures/take": "GET", "captures/targets": "POST", "captures/keep": "GET"} {
		got, _ := callAs(t, d, user("Editor"), method, path, nil)
		require.Equal(t, http.StatusMethodNotAllowed, got)
	}

	closed := httptest.NewServer(nil)
	closed.Close()
	d = open(t, cartAndPay(), shopTarget(closed.URL))
	got, answer := callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	if got == http.StatusOK { // progress came first
		_, last, _ := partsOf(t, answer)
		require.Contains(t, last.Problem.Message, "connection refused")
	} else {
		require.Contains(t, string(answer), "connection refused")
	}
}

// The browser's connection is gone: the sender refuses the next part.
func TestCaptureNobodyWaitsFor(t *testing.T) {
	left := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		close(left)
	}))
	t.Cleanup(server.Close)
	d := open(t, cartAndPay(), shopTarget(server.URL))
	ctx, cancel := context.WithCancel(t.Context())
	err := d.CallResource(ctx, &backend.CallResourceRequest{
		PluginContext: backend.PluginContext{User: user("Editor")}, Path: "captures/take", Method: "POST", URL: "captures/take",
		Body: []byte(`{"target":"shop","profile":"cpu","seconds":60}`),
	}, backend.CallResourceResponseSenderFunc(func(*backend.CallResourceResponse) error {
		time.AfterFunc(50*time.Millisecond, cancel)
		return nil
	}))
	require.NoError(t, err)
	<-left
}

// logged keeps what is logged at Info and above.
type logged struct {
	log.Logger
	fields []any
	lines  *[][]any
}

func (l logged) With(fields ...any) log.Logger {
	return logged{l.Logger, append(slices.Clone(l.fields), fields...), l.lines}
}
func (l logged) FromContext(context.Context) log.Logger { return l }
func (l logged) Info(message string, fields ...any) {
	*l.lines = append(*l.lines, append(append([]any{message}, l.fields...), fields...))
}
func (l logged) Warn(message string, fields ...any) { l.Info(message, fields...) }

func TestEveryCaptureIsLogged(t *testing.T) {
	before, lines := backend.Logger, [][]any{}
	backend.Logger = logged{Logger: before, lines: &lines}
	t.Cleanup(func() { backend.Logger = before })
	address, _ := shop(t)
	d := open(t, cartAndPay(), shopTarget(address))
	callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"other","profile":"heap"}`))
	require.Len(t, lines, 2)
	require.Equal(t, "Captured a profile", lines[0][0])
	require.Equal(t, "Capture failed", lines[1][0])
	for _, expected := range [][]any{{"user", "ada"}, {"target", "shop"}, {"profile", "heap"}} {
		at := slices.Index(lines[0], expected[0])
		require.Equal(t, expected[1], lines[0][at+1])
	}
	at := slices.Index(lines[0], any("duration"))
	took, err := time.ParseDuration(lines[0][at+1].(string))
	require.NoError(t, err)
	require.Positive(t, took)
}
