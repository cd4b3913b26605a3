package pyroscope

import "testing"

func FuzzDecodeSeries(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x0a\x1c\x0a\x08\x0a\x03pod\x12\x01a\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf8?\x10\x98u"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		series, err := decodeSeries(answer)
		if err != nil {
			return
		}
		for _, one := range series {
			if len(one.Time) != len(one.Value) {
				t.Fatalf("%d times and %d values", len(one.Time), len(one.Value))
			}
		}
	})
}

// What a selector says is the same after it was written and read once more.
func FuzzParseSelector(f *testing.F) {
	for _, text := range []string{`{}`, `{service_name="shop",pod=~"a|b"}`, `{a!="\"\\\n"}`, `{"k8s.pod"="x"}`, "", `{a=`, `{a!~"("}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		selector, err := ParseSelector(text)
		if err != nil {
			return
		}
		written := selector.String()
		again, err := ParseSelector(written)
		if err != nil || again.String() != written {
			t.Fatalf("%q is written as %q, and that is read as %q: %v", text, written, again.String(), err)
		}
	})
}

func FuzzParseProfileType(f *testing.F) {
	f.Add("process_cpu:cpu:nanoseconds:cpu:nanoseconds")
	f.Add("a:b:c:d:e:delta")
	f.Fuzz(func(t *testing.T, id string) {
		if kind, err := ParseProfileType(id); err == nil && (kind.Name == "" || kind.SampleType == "") {
			t.Fatalf("%q gives %+v", id, kind)
		}
	})
}
