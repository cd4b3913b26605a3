package capture

import (
	"bytes"
	"testing"

	"github.com/google/pprof/profile"
)

// Whatever the settings hold, targets have addresses of their own and limits that hold.
func FuzzParseTargets(f *testing.F) {
	f.Add([]byte(`[{"id":"shop","url":"http://shop:6060","labels":{"service_name":"shop"}}]`))
	f.Add([]byte(`[{"id":"etcd","kind":"etcd","path":"/debug/pprof","instances":[{"name":"a","url":"https://a:2379"}],"mostSeconds":600,"atOnce":3}]`))
	f.Fuzz(func(t *testing.T, list []byte) {
		targets, _, err := ParseTargets(list, nil)
		if err != nil {
			return
		}
		for _, target := range targets {
			if target.MostSeconds < 1 || target.MostSeconds > maxSeconds || target.AtOnce < 1 || target.AtOnce > maxAtOnce || len(target.Instances) == 0 {
				t.Fatalf("%s gives %+v", list, target)
			}
			for _, instance := range target.Instances {
				if instance.base.Hostname() == "" || instance.base.User != nil {
					t.Fatalf("%s gives the address %s", list, instance.base)
				}
			}
		}
	})
}

// Whatever two programs answer, their difference is a profile or a sentence.
func FuzzDifference(f *testing.F) {
	p := &profile.Profile{SampleType: []*profile.ValueType{{Type: "alloc_space", Unit: "bytes"}}, TimeNanos: 1,
		Function: []*profile.Function{{ID: 1, Name: "main"}}}
	p.Location = []*profile.Location{{ID: 1, Line: []profile.Line{{Function: p.Function[0], Line: 3}}}}
	p.Sample = []*profile.Sample{{Location: p.Location, Value: []int64{5}, Label: map[string][]string{"a": {"b"}}}}
	var whole bytes.Buffer
	if err := p.WriteUncompressed(&whole); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes(), whole.Bytes())
	f.Add([]byte{}, []byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, first, second []byte) {
		added, err := Difference(first, second)
		if err != nil {
			if AsProblem(err).Status == 500 {
				t.Fatalf("%v", err)
			}
			return
		}
		if _, err := parse(added); err != nil {
			t.Fatalf("the difference is no profile: %v", err)
		}
	})
}
