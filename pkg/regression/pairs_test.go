package regression

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// goSample is what one sample of Go's CPU profile is worth, in ns.
const goSample = 1e7

func compareFiles(t *testing.T, baseline, comparison string) Report {
	t.Helper()
	window := func(name string) Window {
		return Window{Buckets: []Bucket{{Tree: collapsed(t, fmt.Sprintf("../../testdata/profiles/go-runtime-pprof/cpu.%s.collapsed.txt.gz", name))}}}
	}
	report, err := Analyse(context.Background(), Input{
		SampleValue: goSample, Baseline: window(baseline), Comparison: window(comparison),
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func growths(report Report) []string {
	var grown []string
	for _, finding := range report.Findings {
		if finding.Kind == Grew || finding.Kind == New {
			grown = append(grown, finding.Function)
		}
	}
	return grown
}

// The function was made to do 40 percent more work between the two recordings.
func TestChangedPairIsFoundAndNamed(t *testing.T) {
	report := compareFiles(t, "before", "after-slower")
	grown := growths(report)
	if !slices.Equal(grown, []string{"example.com/orderservice/orders.serializeOrder"}) {
		t.Fatalf("grown = %v", grown)
	}
	if report.Insufficient != nil {
		t.Errorf("insufficient: %s", report.Insufficient.Why)
	}
	finding := report.Findings[slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Kind == Grew })]
	if finding.Low <= 0 || finding.High <= finding.Low || finding.Ratio < 1.2 || finding.Ratio > 1.5 {
		t.Errorf("finding = %+v", finding)
	}
	if got := finding.Stack[len(finding.Stack)-1]; got != finding.Function {
		t.Errorf("the stack ends at %s", got)
	}
}

func TestUnchangedPairsHaveNoRegression(t *testing.T) {
	for _, take := range []string{"same-binary-run", "short-take1.same-binary-run", "short-take2.same-binary-run"} {
		for _, order := range [][2]string{{"1", "2"}, {"2", "1"}} {
			if grown := growths(compareFiles(t, take+order[0], take+order[1])); len(grown) > 0 {
				t.Errorf("%s%s to %s: %v", take, order[0], order[1], grown)
			}
		}
	}
}

func TestShortTakesSayThatTheyAreShort(t *testing.T) {
	for _, take := range []string{"short-take1", "short-take2"} {
		report := compareFiles(t, take+".before", take+".after-slower")
		if report.Insufficient == nil {
			t.Fatalf("%s: there is enough data?", take)
		}
		if got := report.Insufficient.SmallestChange; got < 0.08 || got > 0.2 {
			t.Errorf("%s: smallest change %v", take, got)
		}
		if !strings.HasPrefix(report.Insufficient.Why, "Too little data: with ") {
			t.Errorf("%s: %q", take, report.Insufficient.Why)
		}
	}
}
