package main

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
)

const guides = "../../src/app/setup/guides"

// snippets are the blocks of code in a language of a set-up guide, filled in as the app does.
func snippets(t *testing.T, guide, language, service, address string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(guides, guide+".md"))
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("{{service}}", service, "{{address}}", address).Replace(string(text))
	var found []string
	for _, block := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```").FindAllStringSubmatch(filled, -1) {
		found = append(found, block[1])
	}
	if len(found) == 0 {
		t.Fatalf("%s has no code in %s", guide, language)
	}
	return found
}

// TestGuidesInGo compiles the programs of the guides with this module's SDK.
func TestGuidesInGo(t *testing.T) {
	for _, guide := range []string{"go-sdk", "go-pull"} {
		for _, program := range snippets(t, guide, "go", "orders", "http://127.0.0.1:4040") {
			file := filepath.Join(t.TempDir(), "main.go")
			if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.Command("go", "build", "-o", os.DevNull, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", guide, err, said)
			}
		}
	}
}

// TestGuideInNode runs the program of the guide until the store has its profile.
func TestGuideInNode(t *testing.T) {
	store := startProcess(t, t.TempDir())
	program := strings.Join(snippets(t, "node-sdk", "javascript", "guide-node", store.url), "\n") + `
setInterval(() => { for (let i = 0, s = 0; i < 3e6; i++) s += Math.sqrt(i); }, 20);`
	modules, err := filepath.Abs("../../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	arrives(t, store.url, "guide-node", exec.Command("node", "-e", program), "NODE_PATH="+modules,
		"PYROSCOPE_FLUSH_INTERVAL_MS=500", "PYROSCOPE_WALL_SAMPLING_DURATION_MS=500")
}

// TestGuideInPython does the same where there is a Python into which the SDK can be installed.
func TestGuideInPython(t *testing.T) {
	python := pythonWithSDK(t)
	store := startProcess(t, t.TempDir())
	program := strings.Join(snippets(t, "python-sdk", "python", "guide-python", store.url), "\n") + `
while True:
    sum(i * i for i in range(10000))
`
	arrives(t, store.url, "guide-python", exec.Command(python, "-c", program))
}

// pythonWithSDK is a Python with pyroscope-io, in an environment that is kept for the next run.
func pythonWithSDK(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip("there is no folder for the packages of Python:", err)
	}
	folder := filepath.Join(cache, "flamewatch-tests", "python")
	python := filepath.Join(folder, "bin", "python")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if exec.CommandContext(ctx, python, "-c", "import pyroscope").Run() == nil {
		return python
	}
	for _, command := range [][]string{
		{"python3", "-m", "venv", "--clear", folder},
		{python, "-m", "pip", "install", "--quiet", "-r", "../../playground/services/recommender/requirements.txt"},
	} {
		if said, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Skipf("the guide in Python is not tried: %s: %v %s", strings.Join(command, " "), err, said)
		}
	}
	return python
}

// arrives runs a program until the store has a profile of the service.
func arrives(t *testing.T, store, service string, program *exec.Cmd, env ...string) {
	t.Helper()
	var said strings.Builder
	program.Stdout, program.Stderr, program.Env = &said, &said, append(os.Environ(), env...)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	t.Cleanup(func() { _ = program.Process.Kill() })
	client := querierv1connect.NewQuerierServiceClient(http.DefaultClient, store)
	for {
		sets, err := client.Series(t.Context(), connect.NewRequest(&querierv1.SeriesRequest{
			Matchers: []string{`{service_name="` + service + `"}`}, LabelNames: []string{"version", "pod", "namespace"},
			Start: time.Now().Add(-time.Hour).UnixMilli(), End: time.Now().Add(time.Minute).UnixMilli(),
		}))
		if err != nil {
			t.Fatal(err)
		}
		if len(sets.Msg.LabelsSet) > 0 {
			if labels := len(sets.Msg.LabelsSet[0].Labels); labels != 3 {
				t.Errorf("the profile has %d of the labels version, pod and namespace", labels)
			}
			return
		}
		select {
		case err := <-ended:
			t.Fatalf("the program ended: %v\n%s", err, said.String())
		case <-time.After(100 * time.Millisecond):
		}
	}
}
