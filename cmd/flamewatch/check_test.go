package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// files writes so many pprof files of a small program; encode costs so many times as much.
func files(t *testing.T, seed uint64, number int, samples, factor float64) string {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	folder := t.TempDir()
	var paths []string
	for i := range number {
		var trees []*calltree.Tree
		for k, name := range strings.Fields("auth price stock tax ship mail log trace gzip route cache read write sort hash copy encode") {
			mean := samples * float64(10+k)
			if name == "encode" {
				mean *= factor
			}
			tree := calltree.MakeTree([]string{"total", "shop.main", "shop.serve", "shop." + name}, 4)
			self := int64(max(0, mean+2*random.NormFloat64())) * 10_000_000
			for level, own := range []int64{0, 0, 0, self} {
				tree.Append(int64(level), self, own, uint32(level))
			}
			trees = append(trees, tree)
		}
		path := filepath.Join(folder, fmt.Sprintf("%d.pb.gz", i))
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := calltree.Merge(trees...).Pprof("cpu", "nanoseconds").Write(file); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return strings.Join(paths, ",")
}

func runCheck(args ...string) (code int, out, faults string) {
	var written, complained bytes.Buffer
	code = run(context.Background(), append([]string{"check"}, args...), &written, &complained)
	return code, written.String(), complained.String()
}

func TestCheckOfFiles(t *testing.T) {
	before, same, slower := files(t, 1, 6, 20, 1), files(t, 2, 6, 20, 1), files(t, 3, 6, 20, 1.7)
	if code, out, faults := runCheck("--baseline", before, "--comparison", same); code != clean {
		t.Errorf("unchanged: code %d\n%s%s", code, out, faults)
	}
	code, out, faults := runCheck("--baseline", before, "--comparison", slower)
	if code != found || !strings.Contains(out, "files: 1 regressed") || !strings.Contains(out, "shop.encode: ") ||
		!strings.Contains(out, "shop.main > shop.serve > shop.encode") {
		t.Errorf("slower: code %d\n%s%s", code, out, faults)
	}
	if code, _, _ := runCheck("--baseline", before, "--comparison", slower, "--ratio", "2.5"); code != clean {
		t.Errorf("below the threshold: code %d", code)
	}
	if code, out, _ := runCheck("--baseline", files(t, 4, 1, 0.3, 1), "--comparison", files(t, 5, 1, 0.3, 1)); code != couldNotSay ||
		!strings.Contains(out, "Too little data") {
		t.Errorf("few samples: code %d\n%s", code, out)
	}
}

func TestFormats(t *testing.T) {
	before, slower := files(t, 1, 6, 20, 1), files(t, 3, 6, 20, 1.7)
	_, out, _ := runCheck("--baseline", before, "--comparison", slower, "--format", "json")
	var answer struct {
		Code     int
		Services []struct{ Regressed []struct{ Function string } }
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || answer.Code != found || answer.Services[0].Regressed[0].Function != "shop.encode" {
		t.Errorf("json: %v\n%s", err, out)
	}
	_, out, _ = runCheck("--baseline", before, "--comparison", slower, "--format", "junit")
	var suites testSuites
	if err := xml.Unmarshal([]byte(out), &suites); err != nil || suites.Suites[0].Failures != 1 || suites.Suites[0].Tests != 1 {
		t.Errorf("junit: %v\n%s", err, out)
	}
	_, out, _ = runCheck("--baseline", before, "--comparison", slower, "--format", "markdown")
	if !strings.Contains(out, "### Functions regressed") || !strings.Contains(out, "| shop.encode | ") {
		t.Errorf("markdown:\n%s", out)
	}
}

func TestMarkdownShowsNamesAsTheyAre(t *testing.T) {
	if got, want := escaped("a|b<script>*_\n`"), "a\\|b&lt;script&gt;\\*\\_ \\`"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFaultsAreSentences(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("no profile"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := files(t, 1, 1, 20, 1)
	for want, args := range map[string][]string{
		"name either files":               {},
		"both --baseline and":             {"--baseline", good},
		"both --server and":               {"--server", "http://localhost"},
		"is no pprof file":                {"--baseline", text, "--comparison", good},
		"no such file":                    {"--baseline", text + "x", "--comparison", good},
		`has no sample type "wall"`:       {"--baseline", good, "--comparison", good, "--sample-type", "wall"},
		`--format "yaml" is not known`:    {"--baseline", good, "--comparison", good, "--format", "yaml"},
		"--ratio is above 1":              {"--baseline", good, "--comparison", good, "--ratio", "1"},
		"cannot be read at line 1":        {"--server", "http://127.0.0.1:1", "--query", "cpu{"},
		"Regressions need a baseline":     {"--server", "http://127.0.0.1:1", "--query", `cpu{a="b"}`},
		`"extra.pb.gz" is not understood`: {"--baseline", good, "--comparison", good, "extra.pb.gz"},
	} {
		if code, _, faults := runCheck(args...); code != couldNotSay || !strings.Contains(faults, want) {
			t.Errorf("%v: code %d, %q lacks %q", args, code, faults, want)
		}
	}
	if code := run(context.Background(), []string{"chekc"}, &bytes.Buffer{}, &bytes.Buffer{}); code != couldNotSay {
		t.Errorf("unknown command: code %d", code)
	}
}
