package prometheus

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// recorded is what is known of the metrics that programs have: their labels, and what is in some of these.
type recorded struct {
	labels map[string][]string
	values map[string][]string // by metric.label
}

// added are the labels that do not come from the programs: Prometheus and whoever configures it add them, and le is of
// every histogram.
var added = []string{"cluster", "namespace", "pod", "job", "instance", "le"}

// lines visits a file without its comments and empty lines.
func lines(t *testing.T, path string, visit func(string)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" && !strings.HasPrefix(line, "#") {
			visit(line)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
}

// recordedMetrics reads metrics/*.txt.
func recordedMetrics(t *testing.T) recorded {
	t.Helper()
	known := recorded{map[string][]string{}, map[string][]string{}}
	paths, err := filepath.Glob("metrics/*.txt")
	if err != nil || len(paths) < 5 {
		t.Fatalf("found %v: %v", paths, err)
	}
	for _, path := range paths {
		lines(t, path, func(line string) {
			if path == "metrics/values.txt" {
				key, values, _ := strings.Cut(line, ": ")
				known.values[key] = strings.Fields(values)
				return
			}
			name, inBraces, _ := strings.Cut(strings.TrimSuffix(line, "}"), "{")
			known.labels[name] = append(known.labels[name], strings.FieldsFunc(inBraces, func(r rune) bool { return r == ',' || r == ' ' })...)
		})
	}
	if len(known.labels) < 400 || len(known.values) < 10 {
		t.Fatalf("only %d metrics and %d values are recorded", len(known.labels), len(known.values))
	}
	return known
}

// check tells what is wrong with an expression: metrics that nobody has, labels that they do not have, and values that
// these never have, as all of them would make it silent for ever.
func (r recorded) check(t *testing.T, expr string) (wrong []string) {
	t.Helper()
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	if err != nil {
		return []string{err.Error()}
	}
	there, grouped := slices.Clone(added), []string{}
	selectors := 0
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		switch n := node.(type) {
		case *parser.VectorSelector:
			selectors++
			has, ok := r.labels[n.Name]
			if !ok {
				wrong = append(wrong, "no recorded page has "+n.Name)
				return nil
			}
			there = append(there, has...)
			for _, matcher := range n.LabelMatchers {
				wrong = append(wrong, r.checkMatcher(n.Name, matcher)...)
			}
		case *parser.AggregateExpr:
			grouped = append(grouped, n.Grouping...)
		case *parser.BinaryExpr:
			if n.VectorMatching != nil {
				grouped = append(grouped, n.VectorMatching.MatchingLabels...)
			}
		case *parser.Call:
			if n.Func.Name == "label_replace" {
				there = append(there, n.Args[1].(*parser.StringLiteral).Val)
			}
		}
		return nil
	})
	if selectors == 0 {
		wrong = append(wrong, "it asks for no metric by name")
	}
	for _, label := range grouped {
		if !slices.Contains(there, label) {
			wrong = append(wrong, "none of its metrics has the label "+label)
		}
	}
	return wrong
}

var histogramSuffix = regexp.MustCompile(`_(bucket|count|sum)$`)

func (r recorded) checkMatcher(metric string, matcher *labels.Matcher) (wrong []string) {
	if matcher.Name == model.MetricNameLabel || slices.Contains(added, matcher.Name) {
		return nil
	}
	if !slices.Contains(r.labels[metric], matcher.Name) {
		return []string{metric + " has no label " + matcher.Name}
	}
	values, ok := r.values[histogramSuffix.ReplaceAllString(metric, "")+"."+matcher.Name]
	if !ok {
		return []string{"metrics/values.txt does not say what can be in " + metric + "." + matcher.Name}
	}
	choices := []string{regexp.QuoteMeta(matcher.Value)}
	if matcher.Type == labels.MatchRegexp || matcher.Type == labels.MatchNotRegexp {
		choices = strings.Split(matcher.Value, "|")
	}
	for _, choice := range choices {
		whole := regexp.MustCompile("^(?:" + choice + ")$")
		if !slices.ContainsFunc(values, whole.MatchString) {
			wrong = append(wrong, metric+"."+matcher.Name+" is never "+choice)
		}
	}
	return wrong
}

// TestWhatIsWrongIsFound tries the checks on slips of the pen.
func TestWhatIsWrongIsFound(t *testing.T) {
	known := recordedMetrics(t)
	for expr, want := range map[string]string{
		`sum by (cluster, tenant) (rate(pyroscope_discarded_samples_total{reason="rate_limited"}[5m])) > 0`: "",
		`pyroscope_ring_member{name="ingester"}`:                                                            "no recorded page has pyroscope_ring_member",
		`pyroscope_ring_members{ring="ingester"}`:                                                           "pyroscope_ring_members has no label ring",
		`pyroscope_ring_members{name="ingesters"}`:                                                          "pyroscope_ring_members.name is never ingesters",
		`pyroscope_request_duration_seconds_count{route=~"push_v1_.+|.*otlp.*"}`:                            "pyroscope_request_duration_seconds_count.route is never .*otlp.*",
		`sum by (operation) (pyroscope_build_info)`:                                                         "none of its metrics has the label operation",
		`up{job="x"} and on (host) pyroscope_build_info`:                                                    "no recorded page has up; none of its metrics has the label host",
		`vector(1) > 0`: "it asks for no metric by name",
	} {
		if got := strings.Join(known.check(t, expr), "; "); got != want {
			t.Errorf("%s: %q, want %q", expr, got, want)
		}
	}
}
