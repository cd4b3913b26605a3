package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/pprof/profile"

	"github.com/flamewatch/profiles/pkg/store"
)

// guardedProgram serves this process's profiles to whoever has the token.
func guardedProgram(t *testing.T, token string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func runIt(t *testing.T, args ...string) (code int, out, faults string) {
	t.Helper()
	var o, f bytes.Buffer
	code = run(t.Context(), append([]string{"capture"}, args...), &o, &f)
	return code, o.String(), f.String()
}

func TestCaptureFromAShell(t *testing.T) {
	folder := t.TempDir()
	token := filepath.Join(folder, "token")
	if err := os.WriteFile(token, []byte("of the test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address := guardedProgram(t, "of the test")

	code, out, faults := runIt(t, "--url", address, "--token-file", token, "--profile", "goroutine", "--output", "-")
	if code != clean {
		t.Fatal(faults)
	}
	if _, err := profile.ParseData([]byte(out)); err != nil {
		t.Error(err)
	}

	file := filepath.Join(folder, "heap.pb.gz")
	if code, _, faults = runIt(t, "--url", address, "--token-file", token, "--profile", "heap", "--mode", "pair", "--seconds", "1", "--output", file); code != clean {
		t.Fatal(faults)
	}
	for _, part := range []string{"heap-before.pb.gz", "heap-after.pb.gz"} {
		content, err := os.ReadFile(filepath.Join(folder, part))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := profile.ParseData(content); err != nil {
			t.Error(err)
		}
	}

	if code, _, faults = runIt(t, "--url", address, "--profile", "heap"); code != couldNotSay || !strings.Contains(faults, "(401)") {
		t.Errorf("code %d: %s", code, faults)
	}
}

func TestCaptureIsKept(t *testing.T) {
	opened, err := store.Open(store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewServer(opened.Handler())
	t.Cleanup(func() {
		listening.Close()
		_ = opened.Close()
	})
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	open := httptest.NewServer(mux)
	t.Cleanup(open.Close)
	code, _, faults := runIt(t, "--url", open.URL, "--profile", "goroutine", "--output", filepath.Join(t.TempDir(), "x"),
		"--server", listening.URL, "--label", "service_name=captures/shop")
	if code != clean || !strings.Contains(faults, "kept as {capture=") {
		t.Fatalf("code %d: %s", code, faults)
	}
}

func TestCaptureFlags(t *testing.T) {
	for says, args := range map[string][]string{
		"--url is needed":               nil,
		`"heap" is not understood`:      {"--url", "http://x", "heap"},
		"is not like https://host:port": {"--url", "ftp://x"},
		"There is no profile":           {"--url", "http://x", "--profile", "cmdline"},
		"service_name":                  {"--url", "http://x", "--server", "http://y"},
		"a label is written":            {"--url", "http://x", "--label", "x"},
		"no such file":                  {"--url", "http://x", "--ca", "/nowhere"},
		"a pair is two files":           {"--url", "http://x", "--profile", "heap", "--mode", "pair", "--output", "-"},
	} {
		if code, _, faults := runIt(t, args...); code != couldNotSay || !strings.Contains(faults, says) {
			t.Errorf("%v: code %d: %s", args, code, faults)
		}
	}
}
