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
		{"linux-perf/go-orderservice.perf-script.txt.gz", "samples", "samples", 128},
		{"linux-perf/go-orderservice.with-header-period.perf-script.txt.gz", "samples", "samples", 128},
		{"node/orderservice.cpuprofile.gz", "samples", "samples", 2157},
		{"node/orderservice.heapprofile", "", "inuse_space", 9439600},
		{"otlp-converted/go-cpu.before.otlp.json.gz", "cpu", "cpu", 30530000000},
		{"otlp-converted/go-cpu.before.otlp.pb.gz", "cpu", "cpu", 30530000000},
		{"otlp-converted/go-cpu.before.otlp.pb.gz", "samples", "samples", 3053},
		{"async-profiler/cpu.otlp", "", "itimer", 325},
		{"py-spy/cpu.chrometrace.json.gz", "", "duration", 14957628000},
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
		"nothing":             {nil, "at least one file"},
		"another format":      {[]string{"--to", "jfr", "x"}, "is not known"},
		"a missing file":      {[]string{"no-such-file"}, "no-such-file"},
		"an empty file":       {[]string{write("")}, "empty"},
		"prose":               {[]string{write("a;b 1\nhello\n")}, "line 2"},
		"other JSON":          {[]string{write(`{"nodes":[]}`)}, "JSON of no format that is read here"},
		"a missing frame":     {[]string{write(`{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","samples":[[7]],"weights":[1]}]}`)}, "profile 1, sample 1"},
		"a node of nobody":    {[]string{write(`{"nodes":[{"id":1}],"samples":[2],"timeDeltas":[1]}`)}, "refers to node 2"},
		"a circle":            {[]string{write(`{"nodes":[{"id":1,"parent":2},{"id":2,"parent":1}],"samples":[1],"timeDeltas":[1]}`)}, "callers"},
		"a trace of nothing":  {[]string{write(`[{"ph":"M","name":"x"}]`)}, "no events that last"},
		"OTLP of before":      {[]string{write(`{"resourceProfiles":[{"scopeProfiles":[{"profiles":[{"sample":[{}]}]}]}]}`)}, "opentelemetry-proto before 1.9"},
		"OTLP without stacks": {[]string{write(`{"resourceProfiles":[{"scopeProfiles":[{"profiles":[{"samples":[{"stackIndex":5,"values":["1"]}]}]}]}]}`)}, "damaged"},
		"another type":        {[]string{"--sample-type", "wall", originals + "go-runtime-pprof/heap.pb.gz"}, "alloc_objects"},
		"kinds of events":     {[]string{originals + "jfr/orderservice-jdk17.jfr.gz"}, "--sample-type"},
	} {
		var out, faults bytes.Buffer
		if code := run(t.Context(), append([]string{"convert"}, it.args...), &out, &faults); code != couldNotSay || !strings.Contains(faults.String(), it.want) {
			t.Errorf("%s: %d %s", name, code, faults.String())
		}
	}
}

// FuzzReadProfiles: whatever is in a file, it is read or refused, and what was read can be written.
func FuzzReadProfiles(f *testing.F) {
	for _, file := range []string{"go-runtime-pprof/goroutine.pb.gz", "from-google-pprof/java.cpu", "from-speedscope/speedscope/simple.speedscope.json", "from-speedscope/stackcollapse/recursion.txt", "go-runtime-pprof/goroutine.debug1.txt",
		"async-profiler/cpu.otlp", "node/orderservice.heapprofile", "from-speedscope/trace-event/simple.json", "from-speedscope/Chrome/simple.cpuprofile"} {
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

// The functions on top are those that other tools counted.
func TestConvertFindsTheTopFunction(t *testing.T) {
	for file, it := range map[string]struct {
		sampleType, top string
		want            int64
	}{
		"linux-perf/go-orderservice.perf-script.txt.gz": {"samples", "example.com/orderservice/pricing.walkDiscounts", 49},
		"node/orderservice.cpuprofile.gz":               {"samples", "(garbage collector)", 478},
		"node/orderservice.heapprofile":                 {"", "placeOrder", 7866592},
		"otlp-converted/go-cpu.before.otlp.pb.gz":       {"cpu", "example.com/orderservice/pricing.walkDiscounts", 11230000000},
		"async-profiler/cpu.otlp":                       {"", "com/example/orders/Checkout.walkDiscounts", 160},
		"py-spy/cpu.chrometrace.json.gz":                {"", "reserve_stock", 7271075000},
	} {
		p, err := profile.ParseData(converted(t, "--sample-type", it.sampleType, originals+file))
		if err != nil {
			t.Fatal(file, err)
		}
		self := map[string]int64{}
		for _, sample := range p.Sample {
			self[sample.Location[0].Line[0].Function.Name] += sample.Value[0]
		}
		if self[it.top] != it.want {
			t.Errorf("%s: %s has %d, want %d", file, it.top, self[it.top], it.want)
		}
	}
}

// Chrome writes the CPU profiles of a trace in pieces.
func TestConvertReadsCPUProfilesOfATrace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.json")
	trace := `{"traceEvents":[
		{"ph":"P","name":"Profile","pid":1,"tid":2,"id":"0x1","args":{"data":{"startTime":100}}},
		{"ph":"P","name":"ProfileChunk","pid":1,"tid":3,"id":"0x1","args":{"data":{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"}},{"id":2,"parent":1,"callFrame":{"functionName":"work"}}],"samples":[2,2]},"timeDeltas":[10,10]}}},
		{"ph":"P","name":"ProfileChunk","pid":1,"tid":3,"id":"0x1","args":{"data":{"cpuProfile":{"samples":[1]},"timeDeltas":[10]}}}]}`
	if err := os.WriteFile(file, []byte(trace), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := total(t, converted(t, "--sample-type", "samples", file), "samples"); got != 3 {
		t.Error(got)
	}
	if got := string(converted(t, "--to", "collapsed", "--sample-type", "time", file)); got != "(root);work 20000\n" {
		t.Errorf("%q", got)
	}
}
