package prometheus

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestRunbooksAskForMetricsThatExist holds the queries on Pyroscope in the app's runbooks to the recorded metrics. Those of
// other programs are not recorded here.
func TestRunbooksAskForMetricsThatExist(t *testing.T) {
	known := recordedMetrics(t)
	paths, err := filepath.Glob("../../src/app/runbooks/shipped/*.md")
	if err != nil || len(paths) < 20 {
		t.Fatalf("found %v: %v", paths, err)
	}
	block := regexp.MustCompile("(?ms)^```promql\n(.*?)^```")
	// A query goes on in lines that are indented.
	query := regexp.MustCompile(`(?m)^\S.*(?:\n[ \t]+.*)*`)
	queries := 0
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range block.FindAllStringSubmatch(string(content), -1) {
			for _, expr := range query.FindAllString(found[1], -1) {
				if !strings.Contains(expr, "pyroscope_") && !strings.Contains(expr, "objstore_") {
					continue
				}
				queries++
				for _, wrong := range known.check(t, expr) {
					t.Errorf("%s: %s: %s", filepath.Base(path), expr, wrong)
				}
			}
		}
	}
	if queries < 10 {
		t.Errorf("only %d queries", queries)
	}
}
