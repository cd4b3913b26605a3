package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

// start runs the service and gives its address.
func start(t *testing.T) string {
	t.Helper()
	logs, write := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"--listen", "127.0.0.1:0"}, write)
		_ = write.Close()
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	lines := bufio.NewScanner(logs)
	for lines.Scan() {
		if url := regexp.MustCompile(`url=(\S+)`).FindStringSubmatch(lines.Text()); url != nil {
			go func() { _, _ = io.Copy(io.Discard, logs) }()
			return url[1]
		}
	}
	t.Fatal("it did not say where it listens")
	return ""
}

// functions lists the functions of a profile that have a value, leaf first within a stack.
func functions(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	p, err := profile.Parse(resp.Body)
	if err != nil {
		t.Fatalf("%s: %d %v", url, resp.StatusCode, err)
	}
	var text strings.Builder
	for _, s := range p.Sample {
		if s.Value[len(s.Value)-1] == 0 {
			continue
		}
		for _, l := range s.Location {
			for _, line := range l.Line {
				fmt.Fprintln(&text, line.Function.Name)
			}
		}
	}
	return text.String()
}

// TestProfilesShowWhereTheWarehouseWaits asks until the profiles know all that a reader of the demo is to find in them.
func TestProfilesShowWhereTheWarehouseWaits(t *testing.T) {
	url := start(t)
	for path, wanted := range map[string][]string{
		"mutex": {"ledger.(*Ledger).Book", "picking.(*Line).pickNext", "sync.(*Mutex).Unlock"},
		"block": {"shipping.(*Printer).Print", "picking.(*Line).Bring", "runtime.selectgo", "ledger.(*Ledger).Book"},
	} {
		for text := ""; ; {
			missing := ""
			text = functions(t, url+"/debug/pprof/"+path)
			for _, name := range wanted {
				if !strings.Contains(text, name) {
					missing = name
				}
			}
			if missing == "" {
				break
			}
			if t.Context().Err() != nil {
				t.Fatalf("%s lacks %s:\n%s", path, missing, text)
			}
		}
	}
	if text := functions(t, url+"/debug/pprof/goroutine"); !strings.Contains(text, "picking.(*Line).Deliver") {
		t.Errorf("goroutines:\n%s", text)
	}
}

func TestBadAddressIsRefused(t *testing.T) {
	if err := run(t.Context(), []string{"--listen", "nowhere"}, io.Discard); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}
