package grafana

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf packs files by name.
func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for name, content := range files {
		file, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}

// install runs the script, and tells what it said and whether it was content.
func install(t *testing.T, folder, url, checksum string) (string, bool) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "install-plugin.sh")
	command.Env = append(os.Environ(), "PLUGIN_ZIP_URL="+url, "PLUGIN_ZIP_SHA256="+checksum, "PLUGINS_FOLDER="+folder)
	said, err := command.CombinedOutput()
	return string(said), err == nil
}

func TestInstallPlugin(t *testing.T) {
	for _, tool := range []string{"sh", "wget", "unzip", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here; Grafana's image has it", tool)
		}
	}
	const app = "flamewatch-profiles-app"
	first, second := zipOf(t, map[string]string{app + "/plugin.json": "1", app + "/old.js": ""}), zipOf(t, map[string]string{app + "/plugin.json": "2"})
	other := zipOf(t, map[string]string{"other-app/plugin.json": ""})
	served := map[string][]byte{"/first.zip": first, "/second.zip": second, "/other.zip": other}
	fetched := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fetched++
		if content, ok := served[r.URL.Path]; ok {
			_, _ = w.Write(content)
			return
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	folder := filepath.Join(t.TempDir(), "plugins")
	version := func() string {
		content, err := os.ReadFile(filepath.Join(folder, app, "plugin.json"))
		if err != nil {
			return ""
		}
		return string(content)
	}

	steps := []struct {
		what, path, checksum string
		content              bool
		says, version        string
	}{
		{"a wrong checksum", "/first.zip", sum(second), false, "not installed", ""},
		{"a file that is not there", "/nowhere.zip", sum(first), false, "cannot be fetched", ""},
		{"the right one", "/first.zip", sum(first), true, "is installed", "1"},
		{"again", "/first.zip", sum(first), true, "already", "1"},
		{"an update that was tampered with", "/other.zip", sum(second), false, "not installed", "1"},
		{"a zip of something else", "/other.zip", sum(other), false, "no flamewatch-profiles-app/plugin.json", "1"},
		{"an update", "/second.zip", sum(second), true, "is installed", "2"},
	}
	for _, step := range steps {
		before := fetched
		said, content := install(t, folder, server.URL+step.path, step.checksum)
		if content != step.content || !strings.Contains(said, step.says) || version() != step.version {
			t.Errorf("%s: content %v, version %q, says %q", step.what, content, version(), said)
		}
		if step.what == "again" && fetched != before {
			t.Error("what is installed is fetched again")
		}
	}
	if _, err := os.Stat(filepath.Join(folder, app, "old.js")); err == nil {
		t.Error("a file of the version before is left")
	}
	if left, err := filepath.Glob(filepath.Join(folder, ".install.*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if said, content := install(t, folder, "", sum(first)); content || !strings.Contains(said, "PLUGIN_ZIP_URL") {
		t.Errorf("without an address it says %q", said)
	}
}
