package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestUnknownVersionIsRefused(t *testing.T) {
	if _, err := parse([]string{"--version", "v9"}); err == nil || !strings.Contains(err.Error(), "v1.4.2") {
		t.Errorf("an unknown version gives %v", err)
	}
}

func TestPodNameIsTheSameAtEveryStart(t *testing.T) {
	if first, second := podName("v1.4.2"), podName("v1.4.2"); first != second {
		t.Errorf("%s, then %s", first, second)
	}
	if podName("v1.4.2") == podName("v1.4.3") {
		t.Error("two versions share a pod")
	}
}

func TestProfilesArePushedWithTheirLabels(t *testing.T) {
	names := make(chan string, 1)
	store := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case names <- r.URL.Query().Get("name"):
		default: // the first one is enough
		}
	}))
	defer store.Close()

	settings, err := parse([]string{"--profiles-url", store.URL, "--upload", "200ms"})
	if err != nil {
		t.Fatal(err)
	}
	profiler, err := startProfiling(settings, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = profiler.Stop() }()
	select {
	case name := <-names:
		for _, want := range []string{
			"order-service{", "namespace=shop", "version=v1.4.2", "pod=" + settings.pod, "service_git_ref=" + settings.gitSHA,
		} {
			if !strings.Contains(name, want) {
				t.Errorf("pushed as %s, without %s", name, want)
			}
		}
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was pushed")
	}
}
