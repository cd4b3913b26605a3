package profile_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	pprof "github.com/google/pprof/profile"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// small is a message with everything that a profile can have.
func small() *googlev1.Profile {
	return &googlev1.Profile{
		SampleType: []*googlev1.ValueType{{Type: 1, Unit: 2}},
		PeriodType: &googlev1.ValueType{Type: 1, Unit: 2}, Period: 10,
		Sample: []*googlev1.Sample{
			{LocationId: []uint64{2, 1}, Value: []int64{5}, Label: []*googlev1.Label{{Key: 5, Str: 6}, {Key: 5, Num: 7}}},
			{LocationId: []uint64{1}, Value: []int64{3}},
		},
		Mapping:     []*googlev1.Mapping{{Id: 1, Filename: 6, HasFunctions: true}},
		Location:    []*googlev1.Location{{Id: 1, MappingId: 1, Line: []*googlev1.Line{{FunctionId: 1, Line: 3}}}, {Id: 2, Line: []*googlev1.Line{{FunctionId: 2}}}},
		Function:    []*googlev1.Function{{Id: 1, Name: 3}, {Id: 2, Name: 4, Filename: 6, StartLine: 9}},
		StringTable: []string{"", "cpu", "nanoseconds", "main", "work", "endpoint", "/orders"},
		TimeNanos:   77, DurationNanos: 88,
	}
}

func encode(t testing.TB, p *googlev1.Profile) []byte {
	t.Helper()
	raw, err := p.MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// stacksOf sums a profile up by stack, frames written as `leaf<…<root`.
func stacksOf(p *profile.Profile) map[string][]int64 {
	sums := map[string][]int64{}
	for i := range p.Samples {
		var frames []string
		for _, l := range p.Stack(i) {
			for _, line := range p.LocationLines(l) {
				frames = append(frames, fmt.Sprint(p.Strings[p.Functions[line.Function].Name], ":", line.Line))
			}
		}
		for t := range p.SampleTypes {
			add(sums, frames, t, len(p.SampleTypes), p.Value(i, t))
		}
	}
	return sums
}

func add(sums map[string][]int64, frames []string, t, types int, value int64) {
	key := strings.Join(frames, "<")
	if sums[key] == nil {
		sums[key] = make([]int64, types)
	}
	sums[key][t] += value
}

// TestReadsWhatPprofReads holds a real profile against google/pprof.
func TestReadsWhatPprofReads(t *testing.T) {
	packed, err := os.ReadFile("../../../testdata/profiles/go-cpu.pb.gz")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := pprof.Parse(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]int64{}
	for _, s := range theirs.Sample {
		var frames []string
		for _, l := range s.Location {
			for _, line := range l.Line {
				frames = append(frames, fmt.Sprint(line.Function.Name, ":", line.Line))
			}
		}
		for i, value := range s.Value {
			add(want, frames, i, len(s.Value), value)
		}
	}
	raw, err := profile.Unpack(packed, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for round := range 2 { // the second reads into the arrays of the first
		ours, err := profile.Decode(raw, profile.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		equal := maps.EqualFunc(want, stacksOf(ours), func(a, b []int64) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
		if !equal || ours.TimeNanos != theirs.TimeNanos || ours.Period != theirs.Period {
			t.Fatalf("round %d: not the same as google/pprof reads", round)
		}
		ours.Free()
	}
}

func TestDecode(t *testing.T) {
	p, err := profile.Decode(encode(t, small()), profile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(stacksOf(p)), "map[main:3:[3] work:0<main:3:[5]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	labels := p.SampleLabels(0)
	if len(labels) != 1 || p.Strings[labels[0].Key] != "endpoint" || p.Strings[labels[0].Value] != "/orders" {
		t.Errorf("labels %v", labels) // number labels are dropped
	}
	if p.TimeNanos != 77 || p.DurationNs != 88 || p.Period != 10 {
		t.Errorf("read %+v", p)
	}
}

func TestMalformedProfiles(t *testing.T) {
	change := func(change func(*googlev1.Profile)) []byte {
		p := small()
		change(p)
		return encode(t, p)
	}
	for _, test := range []struct {
		raw  []byte
		want string
	}{
		{nil, "the profile is empty"},
		{[]byte("<html><body>502 Bad Gateway</body></html>"), "not a pprof message"},
		{[]byte(`{"error":"no profile"}`), "not a pprof message"},
		{change(func(p *googlev1.Profile) { p.Sample[0].LocationId[0] = 9 }), "location 9, which is not there"},
		{change(func(p *googlev1.Profile) { p.Sample[0].LocationId[0] = 1 << 40 }), "which is not there"},
		{change(func(p *googlev1.Profile) { p.Location[0].MappingId = 9 }), "mapping 9, which is not there"},
		{change(func(p *googlev1.Profile) { p.Location[0].Line[0].FunctionId = 9 }), "function 9, which is not there"},
		{change(func(p *googlev1.Profile) { p.Function[0].Name = 99 }), "a function refers to string 99 of 7"},
		{change(func(p *googlev1.Profile) { p.Function[0].Name = -1 }), "a function refers to string"},
		{change(func(p *googlev1.Profile) { p.Sample[0].Label[0].Key = 99 }), "a sample label refers to string 99 of 7"},
		{change(func(p *googlev1.Profile) { p.Mapping[0].BuildId = 99 }), "a mapping refers to string 99 of 7"},
		{change(func(p *googlev1.Profile) { p.SampleType[0].Unit = 99 }), "a sample type refers to string 99 of 7"},
		{change(func(p *googlev1.Profile) { p.Sample[1].Value = []int64{1, 2} }), "sample 1 has 2 values for 1 sample types"},
		{change(func(p *googlev1.Profile) { p.StringTable[0] = "cpu" }), `the first string of the string table must be empty, it is "cpu"`},
	} {
		_, err := profile.Decode(test.raw, profile.Limits{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %v, want a sentence with %q", test.raw, err, test.want)
		}
	}
}

func TestCutOffProfiles(t *testing.T) {
	raw := encode(t, small())
	whole, err := profile.Decode(raw, profile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprint(stacksOf(whole))
	for n := range raw {
		p, err := profile.Decode(raw[:n], profile.Limits{})
		if err == nil && fmt.Sprint(stacksOf(p)) == want && len(p.Strings) == len(whole.Strings) && p.Period == whole.Period {
			t.Errorf("%d of %d bytes gave the whole profile", n, len(raw))
		}
	}
}

func TestLimits(t *testing.T) {
	raw := encode(t, small())
	var many *profile.ErrTooManySamples
	if _, err := profile.Decode(raw, profile.Limits{Samples: 1}); !errors.As(err, &many) || many.Actual != 2 || many.Limit != 1 {
		t.Errorf("got %v", err)
	}
	p, err := profile.Decode(raw, profile.Limits{Depth: 1})
	if err != nil {
		t.Fatal(err)
	}
	// A stack that is too deep keeps what is nearest to the root.
	if got, want := fmt.Sprint(stacksOf(p)), "map[main:3:[8]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(f, small()))
	f.Add([]byte{0x0a, 0x00})
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := profile.Decode(raw, profile.Limits{Samples: 1000, Depth: 100})
		if err != nil {
			return
		}
		stacksOf(p) // every reference leads somewhere
		p.DropGoTypeParameters()
		p.Free()
	})
}
