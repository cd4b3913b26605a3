package pyroscope

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

type sizing struct {
	Assumptions struct {
		KindsPerPod  float64 `yaml:"kinds_per_pod"`
		EverySeconds float64 `yaml:"every_seconds"`
		Profile      struct{ Wire, Decompressed, Stored float64 }
		CPU          map[string]float64 `yaml:"cpu_milliseconds"`
		Headroom     float64
		Days         float64 `yaml:"retention_days"`
		Price        struct {
			GigabyteMonth float64 `yaml:"gigabyte_month"`
			MillionPuts   float64 `yaml:"million_puts"`
			MillionGets   float64 `yaml:"million_gets"`
		}
	}
	ShardsPerWriter float64 `yaml:"shards_per_writer"`
	Loads           map[string]load
}

type load struct {
	Pods           float64
	SegmentSeconds float64 `yaml:"segment_seconds"`
	Writers        float64
	Expect         sums
}

// sums of a load: megabytes are 10^6 bytes, dollars are for object storage alone, a month has 30 days.
type sums struct {
	ProfilesPerSecond float64 `yaml:"profiles_per_second"`
	WireMBPerSecond   float64 `yaml:"wire_mb_per_second"`
	StoredGB          float64 `yaml:"stored_gb"`
	MillionPuts       float64 `yaml:"million_puts"`
	DollarsMonth      float64 `yaml:"dollars_month"`
}

func (s sizing) of(l load) sums {
	const secondsPerDay, secondsPerMonth = 86400, 30 * 86400
	a := s.Assumptions
	profiles := l.Pods * a.KindsPerPod / a.EverySeconds
	stored := profiles * secondsPerDay * a.Days * a.Profile.Stored / 1e9
	// Each object that is put is read once more, to be compacted.
	puts := l.Writers * s.ShardsPerWriter / l.SegmentSeconds * secondsPerMonth / 1e6
	return sums{
		ProfilesPerSecond: profiles,
		WireMBPerSecond:   profiles * a.Profile.Wire / 1e6,
		StoredGB:          stored,
		MillionPuts:       puts,
		DollarsMonth:      stored*a.Price.GigabyteMonth + puts*(a.Price.MillionPuts+a.Price.MillionGets),
	}
}

func TestSumsAreRight(t *testing.T) {
	var s sizing
	readYAML(t, "sizing.yaml", &s)
	docs, err := os.ReadFile("../../docs/deployment.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Loads) != 3 {
		t.Fatalf("%d loads", len(s.Loads))
	}
	for size, load := range s.Loads {
		got, want := s.of(load), load.Expect
		for name, pair := range map[string][2]float64{
			"profiles a second": {got.ProfilesPerSecond, want.ProfilesPerSecond},
			"wire":              {got.WireMBPerSecond, want.WireMBPerSecond},
			"stored":            {got.StoredGB, want.StoredGB},
			"puts":              {got.MillionPuts, want.MillionPuts},
			"dollars":           {got.DollarsMonth, want.DollarsMonth},
		} {
			if math.Abs(pair[0]-pair[1]) > 0.011*pair[0] {
				t.Errorf("%s: %s come to %v, and not %v", size, name, pair[0], pair[1])
			}
		}
		row := fmt.Sprintf(`\| %s +\| +%v +\| +%v +\| +%v +\| +%v +\| +%v +\| +%v +\|`, size, load.Pods,
			want.ProfilesPerSecond, want.WireMBPerSecond, want.StoredGB, want.MillionPuts, want.DollarsMonth)
		if !regexp.MustCompile(row).Match(docs) {
			t.Errorf("docs/deployment.md has no row %s", row)
		}
	}
}

// TestSizesAreEnough holds what a size asks for to what its load takes.
func TestSizesAreEnough(t *testing.T) {
	var s sizing
	readYAML(t, "sizing.yaml", &s)
	for size, load := range s.Loads {
		profiles := s.of(load).ProfilesPerSecond
		for _, storage := range []string{"v1", "v2"} {
			values := merged(t, "values-base.yaml", "values-"+storage+"-"+size+".yaml")
			components := at(t, values, "architecture/microservices/"+storage).(map[string]any)
			checked := 0
			for name, value := range components {
				component := value.(map[string]any)
				needed := s.Assumptions.CPU[name] / 1000 * profiles * s.Assumptions.Headroom
				if name == "ingester" {
					needed *= 3 // each profile goes to three
				}
				given := float64(component["replicaCount"].(int)) * cores(t, at(t, component, "resources/requests/cpu"))
				if needed > 0 {
					checked++
				}
				if given < needed {
					t.Errorf("%s %s: %s has %v cores and needs %v", storage, size, name, given, needed)
				}
				if name == "segment-writer" && (float64(component["replicaCount"].(int)) != load.Writers ||
					at(t, component, "extraArgs").(map[string]any)["segment-writer.segment-duration"] != fmt.Sprintf("%vs", load.SegmentSeconds)) {
					t.Errorf("%s: the sums are not for these segment writers: %v", size, component)
				}
			}
			if checked != 3 {
				t.Errorf("%s %s: only %d components are held to the sums", storage, size, checked)
			}
			// Of a megabyte without gzip, as the limit counts.
			if rate, needed := at(t, values, "pyroscope/structuredConfig/limits/ingestion_rate_mb").(int), profiles*s.Assumptions.Profile.Decompressed/1e6*s.Assumptions.Headroom; float64(rate) < needed {
				t.Errorf("%s %s: the rate limit of %d MB/s is below %v", storage, size, rate, needed)
			}
		}
	}
}

// cores reads a quantity of CPU: 2, or 250m.
func cores(t *testing.T, quantity any) float64 {
	t.Helper()
	text := fmt.Sprint(quantity)
	milli, isMilli := strings.CutSuffix(text, "m")
	value, err := strconv.ParseFloat(milli, 64)
	if err != nil {
		t.Fatal(err)
	}
	if isMilli {
		value /= 1000
	}
	return value
}
