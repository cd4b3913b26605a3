package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

const originals = "../../testdata/profiles/originals/"

func converted(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, faults bytes.Buffer
	if code := run(t.Context(), append([]string{"convert"}, args...), &out, &faults); code != clean {
		t.Fatalf("%v: %d %s", args, code, faults.String())
	}
	return out.Bytes()
}

func total(t *testing.T, raw []byte, sampleType string) int64 {
	t.Helper()
	p, err := profile.ParseData(raw)
	if err != nil {
		t.Fatal(err)
	}
	index, err := p.SampleIndexByName(sampleType)
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, sample := range p.Sample {
		sum += sample.Value[index]
	}
	return sum
}

// What goes through any format keeps the total that other tools counted in the file.
func TestConvertKeepsTotals(t *testing.T) {
	for _, it := range []struct {
		file, sampleType, then string
		want                   int64
	}{
		{"go-runtime-pprof/cpu.before.pb.gz", "cpu", "cpu", 30530000000},
		{"from-google-pprof/cppbench.heap", "space", "space", 80935293},
		{"py-spy/cpu.collapsed.txt", "", "samples", 230},
		{"py-spy/cpu.speedscope.json", "", "weight", 2560000000},
		{"from-speedscope/speedscope/simple.speedscope.json", "", "weight", 14},
		{"jfr/orderservice-jdk17.jfr.gz", "cpu", "cpu", 135},
	} {
		flags := []string{}
		if it.sampleType != "" {
			flags = append(flags, "--sample-type", it.sampleType)
		}
		if got := total(t, converted(t, append(flags, originals+it.file)...), it.then); got != it.want {
			t.Errorf("%s to pprof: %d, want %d", it.file, got, it.want)
		}
		for _, format := range []string{"collapsed", "speedscope"} {
			middle := filepath.Join(t.TempDir(), "middle")
			converted(t, append(flags, "--to", format, "-o", middle, originals+it.file)...)
			then := map[string]string{"collapsed": "samples", "speedscope": "weight"}[format]
			if got := total(t, converted(t, middle), then); got != it.want {
				t.Errorf("%s by way of %s: %d, want %d", it.file, format, got, it.want)
			}
		}
	}
}

func TestConvertMerges(t *testing.T) {
	file := originals + "go-runtime-pprof/cpu.before.pb.gz"
	if got := total(t, converted(t, file, file), "cpu"); got != 2*30530000000 {
		t.Error(got)
	}
}

func TestConvertWritesEverySampleTypeToSpeedscope(t *testing.T) {
	var file struct {
		Profiles []struct{ Name, Unit string }
	}
	if err := json.Unmarshal(converted(t, "--to", "speedscope", originals+"go-runtime-pprof/heap.pb.gz"), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Profiles) != 4 || file.Profiles[3].Name != "inuse_space" || file.Profiles[3].Unit != "bytes" {
		t.Error(file.Profiles)
	}
}

func TestConvertRefuses(t *testing.T) {
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for name, it := range map[string]struct {
		args []string
		want string
	}{
		"nothing":         {nil, "at least one file"},
		"another format":  {[]string{"--to", "jfr", "x"}, "is not known"},
		"a missing file":  {[]string{"no-such-file"}, "no-such-file"},
		"an empty file":   {[]string{write("")}, "empty"},
		"prose":           {[]string{write("a;b 1\nhello\n")}, "line 2"},
		"other JSON":      {[]string{write(`{"nodes":[]}`)}, "not of speedscope"},
		"a missing frame": {[]string{write(`{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","samples":[[7]],"weights":[1]}]}`)}, "profile 1, sample 1"},
		"another type":    {[]string{"--sample-type", "wall", originals + "go-runtime-pprof/heap.pb.gz"}, "alloc_objects"},
		"kinds of events": {[]string{originals + "jfr/orderservice-jdk17.jfr.gz"}, "--sample-type"},
	} {
		var out, faults bytes.Buffer
		if code := run(t.Context(), append([]string{"convert"}, it.args...), &out, &faults); code != couldNotSay || !strings.Contains(faults.String(), it.want) {
			t.Errorf("%s: %d %s", name, code, faults.String())
		}
	}
}

// FuzzReadProfiles: whatever is in a file, it is read or refused, and what was read can be written.
func FuzzReadProfiles(f *testing.F) {
	for _, file := range []string{"go-runtime-pprof/goroutine.pb.gz", "from-google-pprof/java.cpu", "from-speedscope/speedscope/simple.speedscope.json", "from-speedscope/stackcollapse/recursion.txt", "go-runtime-pprof/goroutine.debug1.txt"} {
		raw, err := os.ReadFile(originals + file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if bytes.HasPrefix(raw, []byte("FLR\x00")) {
			return // the parser's own
		}
		all, err := readProfiles(t.Context(), raw)
		if err != nil {
			return
		}
		merged, err := mergeSources(all, "")
		if err != nil {
			return
		}
		for name, write := range profileWriters {
			if err := write(&bytes.Buffer{}, merged, convertOptions{}); err != nil && !strings.Contains(err.Error(), "no sample type") && len(merged.SampleType) > 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
