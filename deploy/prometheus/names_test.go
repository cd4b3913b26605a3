package prometheus

import (
	"os"
	"regexp"
	"testing"
)

// shippedRunbooks reads the slugs of src/links/runbookUrl.ts.
func shippedRunbooks(t *testing.T) (slugs []string) {
	t.Helper()
	source, err := os.ReadFile("../../src/links/runbookUrl.ts")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?s)SHIPPED_RUNBOOKS = \[(.*?)\]`).FindSubmatch(source)
	if list == nil {
		t.Fatal("src/links/runbookUrl.ts has no SHIPPED_RUNBOOKS any more")
	}
	for _, slug := range regexp.MustCompile(`'([a-z-]+)'`).FindAllSubmatch(list[1], -1) {
		slugs = append(slugs, string(slug[1]))
	}
	return slugs
}

// TestMetricsExist holds each metric that a rule asks for, with its labels, to a recorded /metrics page, to what Pyroscope
// is told to record itself, or to a rule that records it.
func TestMetricsExist(t *testing.T) {
	known := recordedMetrics(t)
	values, err := os.ReadFile("../pyroscope/values-recording.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`metric_name: (profiles_recorded_\w+)`).FindAllSubmatch(values, -1) {
		known.labels[string(name[1])] = []string{"service_name"}
	}
	files := ruleFiles(t)
	for _, groups := range files {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				if rule.Record != "" {
					known.labels[rule.Record] = []string{"service_name"}
				}
			}
		}
	}
	for path, groups := range files {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				for _, wrong := range known.check(t, rule.Expr) {
					t.Errorf("%s: %s: %s", path, rule.Alert+rule.Record, wrong)
				}
			}
		}
	}
}
