package prometheus

import (
	"bufio"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/promql/parser"
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

// recordedMetrics reads the names in metrics/*.txt; what stands after # is a comment.
func recordedMetrics(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, path := range []string{"metrics/pyroscope-v2.txt", "metrics/pyroscope-v1.txt", "metrics/alloy.txt", "metrics/flamewatch.txt"} {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			name, _, _ := strings.Cut(lines.Text(), "#")
			if name = strings.TrimSpace(name); name != "" {
				names[name] = true
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// TestMetricsExist holds each metric that a rule asks for to a recorded /metrics page, to what Pyroscope is told to
// record itself, or to a rule that records it.
func TestMetricsExist(t *testing.T) {
	known := recordedMetrics(t)
	if len(known) < 200 {
		t.Fatalf("only %d metrics are recorded", len(known))
	}
	values, err := os.ReadFile("../pyroscope/values-recording.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`metric_name: (profiles_recorded_\w+)`).FindAllSubmatch(values, -1) {
		known[string(name[1])] = true
	}
	files := ruleFiles(t)
	for _, groups := range files {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				if rule.Record != "" {
					known[rule.Record] = true
				}
			}
		}
	}
	for path, groups := range files {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				for _, metric := range metricsOf(t, rule.Expr) {
					if !known[metric] {
						t.Errorf("%s: %s asks for %s, which no recorded page has", path, rule.Alert+rule.Record, metric)
					}
				}
			}
		}
	}
}

func metricsOf(t *testing.T, expr string) (names []string) {
	t.Helper()
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	if err != nil {
		t.Fatal(err)
	}
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			names = append(names, selector.Name)
		}
		return nil
	})
	if len(names) == 0 || slices.Contains(names, "") {
		t.Errorf("%s asks for no metric by name", expr)
	}
	return names
}
