package regression

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

var midnight = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// service is stacks and their samples a bucket, "main;handle;parse" to 100.
type service map[string]float64

// window draws so many buckets of five minutes; change tells the factor of a stack in a bucket, nil for 1.
func (s service) window(random *rand.Rand, start time.Time, buckets int, change func(stack string, bucket int) float64) Window {
	var window Window
	for bucket := range buckets {
		var trees []*calltree.Tree
		for _, stack := range slices.Sorted(maps.Keys(s)) {
			factor := 1.0
			if change != nil {
				factor = change(stack, bucket)
			}
			trees = append(trees, stackTree(strings.Split(stack, ";"), int64(poisson(random, s[stack]*factor))))
		}
		begin := start.Add(time.Duration(bucket) * 5 * time.Minute)
		window.Buckets = append(window.Buckets, Bucket{
			Start: begin, End: begin.Add(5 * time.Minute), Tree: calltree.Merge(trees...), Instances: 1,
		})
	}
	return window
}

func stackTree(stack []string, samples int64) *calltree.Tree {
	tree := calltree.MakeTree(append([]string{calltree.RootName}, stack...), len(stack)+1)
	for level := range len(stack) + 1 {
		self := int64(0)
		if level == len(stack) {
			self = samples
		}
		tree.Append(int64(level), samples, self, uint32(level))
	}
	return tree
}

// shop is a service with twenty functions below its two handlers.
func shop() service {
	s := service{}
	for i, name := range strings.Fields("auth price stock tax ship mail log trace gzip route cache read write sort hash") {
		s["main;serve;cart;"+name] = 60 + 10*float64(i)
		s["main;serve;order;"+name] = 80
	}
	s["main;serve;order;store;encode"] = 150
	s["main;serve;order;store;copy"] = 120
	s["main;serve;order;store"] = 40
	return s
}

func compareShop(t *testing.T, baseline, comparison func(string, int) float64, edit func(*Input)) Report {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	input := Input{
		SampleValue: 1,
		Baseline:    shop().window(random, midnight, 12, baseline),
		Comparison:  shop().window(random, midnight.Add(time.Hour), 12, comparison),
	}
	if edit != nil {
		edit(&input)
	}
	report, err := Analyse(context.Background(), input)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func below(function string, factor float64, from, to int) func(string, int) float64 {
	return func(stack string, bucket int) float64 {
		if slices.Contains(strings.Split(stack, ";"), function) && bucket >= from && bucket < to {
			return factor
		}
		return 1
	}
}

func only(t *testing.T, report Report) Finding {
	t.Helper()
	if len(report.Findings) != 1 {
		t.Fatalf("findings: %+v", report.Findings)
	}
	return report.Findings[0]
}
