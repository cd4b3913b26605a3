package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"testing"
)

const folder = "../../../testdata/pyroscope-contract"

// recording is one recorded exchange.
type recording struct {
	Name    string            `json:"name"`
	Phase   string            `json:"phase"` // push: stores profiles, so it runs before the others
	Compare string            `json:"compare"`
	Mask    []string          `json:"mask"` // expressions that are not compared
	Capture map[string]string `json:"capture"`
	Request request           `json:"request"`
	// Response is what Pyroscope answered; Compared, where present, is what of
	// it is to be compared.
	Response answer         `json:"response"`
	Compared map[string]any `json:"compared"`
}

type request struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Query   map[string]any    `json:"query"`
	JSON    any               `json:"json"`
	Text    *string           `json:"text"`
	Base64  *string           `json:"base64"`
	Input   map[string]any    `json:"input"`
	Proto   *struct {
		Message string `json:"message"`
		Value   any    `json:"value"`
	} `json:"proto"`
	Multipart []part `json:"multipart"`
	Gzip      bool   `json:"gzip"`
}

type part struct {
	Name        string         `json:"name"`
	Filename    string         `json:"filename"`
	ContentType string         `json:"contentType"`
	Text        string         `json:"text"`
	Input       map[string]any `json:"input"`
}

// answer is a response: its body is one of JSON, Text and Base64.
type answer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	JSON    any               `json:"json"`
	Text    *string           `json:"text"`
	Base64  *string           `json:"base64"`
}

func readJSON(t *testing.T, into any, path ...string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{folder}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", path[len(path)-1], err)
	}
}

// recordings gives all recordings, those of the push phase first.
func recordings(t *testing.T) []recording {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "recordings", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	sort.Strings(files)
	var all []recording
	for _, file := range files {
		var r recording
		readJSON(t, &r, "recordings", filepath.Base(file))
		all = append(all, r)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Phase == "push" && all[j].Phase != "push" })
	return all
}
