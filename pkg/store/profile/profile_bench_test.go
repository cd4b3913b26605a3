package profile_test

import (
	"os"
	"testing"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

func realProfile(b *testing.B) []byte {
	b.Helper()
	packed, err := os.ReadFile("../../../testdata/profiles/go-cpu.pb.gz")
	if err != nil {
		b.Fatal(err)
	}
	return packed
}

func BenchmarkUnpack(b *testing.B) {
	packed := realProfile(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := profile.Unpack(packed, 1<<20, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	raw, err := profile.Unpack(realProfile(b), 1<<20, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := profile.Decode(raw, profile.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIntern enters a profile whose stacks are all known already.
func BenchmarkIntern(b *testing.B) {
	raw, err := profile.Unpack(realProfile(b), 1<<20, nil)
	if err != nil {
		b.Fatal(err)
	}
	p, err := profile.Decode(raw, profile.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	s := symbols.New()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Intern(p, 1<<20, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(p.Stacks)), "locations")
	b.ReportMetric(float64(len(p.Samples)), "samples")
}
