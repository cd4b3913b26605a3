package prometheus

import (
	"log/slog"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"gopkg.in/yaml.v3"
)

// ruleFiles are all rules of this folder, as Prometheus reads them.
func ruleFiles(t *testing.T) map[string]*rulefmt.RuleGroups {
	t.Helper()
	paths, err := filepath.Glob("*.yaml")
	if err != nil || len(paths) < 2 {
		t.Fatalf("found %v: %v", paths, err)
	}
	all := map[string]*rulefmt.RuleGroups{}
	for _, path := range paths {
		groups, errs := rulefmt.ParseFile(path, false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
		if len(errs) > 0 {
			t.Fatalf("%s: %v", path, errs)
		}
		all[path] = groups
	}
	return all
}

func TestAlertsFireAndResolve(t *testing.T) {
	for path, tests := range readUnitTests(t) {
		for _, test := range tests.Tests {
			t.Run(filepath.Base(path)+"/"+test.Name, func(t *testing.T) {
				t.Parallel()
				every := time.Duration(tests.EvaluationInterval)
				for _, alert := range test.Alerts {
					if time.Duration(alert.EvalTime)%every != 0 {
						t.Errorf("%s at %s is never asked: the rules are evaluated every %s", alert.Alertname, alert.EvalTime, every)
					}
				}
				suite := test.run(t, tests.RuleFiles, every, func(now time.Duration, groups []*rules.Group) {
					for _, alert := range test.Alerts {
						if time.Duration(alert.EvalTime) == now {
							alert.check(t, firingNow(groups, alert.Alertname))
						}
					}
				})
				for _, expr := range test.Exprs {
					at := time.Unix(0, 0).Add(time.Duration(expr.EvalTime))
					query, err := suite.QueryEngine().NewInstantQuery(suite.Context(), suite.Queryable(), nil, expr.Expr, at)
					if err != nil {
						t.Fatal(err)
					}
					got, err := query.Exec(suite.Context()).Vector()
					if err != nil {
						t.Fatal(err)
					}
					expr.check(t, got)
				}
			})
		}
	}
}

func (a alertTest) check(t *testing.T, got []firing) {
	t.Helper()
	if len(got) != len(a.Expected) {
		t.Errorf("%s at %s: %d fire, %d are expected", a.Alertname, a.EvalTime, len(got), len(a.Expected))
	}
	for _, want := range a.Expected {
		if !slices.ContainsFunc(got, func(f firing) bool { return reflect.DeepEqual(f, want) }) {
			shown, err := yaml.Marshal(got)
			t.Errorf("%s at %s is not as expected, but: %v\n%s", a.Alertname, a.EvalTime, err, shown)
		}
	}
}

func (e exprTest) check(t *testing.T, got promql.Vector) {
	t.Helper()
	if len(got) != len(e.Expected) {
		t.Errorf("%s at %s: %v", e.Expr, e.EvalTime, got)
	}
	for _, want := range e.Expected {
		if !slices.ContainsFunc(got, func(s promql.Sample) bool {
			return s.Metric.String() == want.Labels && math.Abs(s.F-want.Value) < 1e-9
		}) {
			t.Errorf("%s at %s: %v, and not %s %v", e.Expr, e.EvalTime, got, want.Labels, want.Value)
		}
	}
}

// TestEveryAlertIsTested asks of the unit tests that each alert fires once, and that in the same test it did not fire
// before and does not fire any more afterwards.
func TestEveryAlertIsTested(t *testing.T) {
	resolved, tested := map[string]bool{}, map[string]bool{}
	for _, tests := range readUnitTests(t) {
		for _, test := range tests.Tests {
			quiet, fired := map[string]bool{}, map[string]bool{}
			slices.SortStableFunc(test.Alerts, func(a, b alertTest) int { return int(a.EvalTime) - int(b.EvalTime) })
			for _, alert := range test.Alerts {
				tested[alert.Alertname] = true
				switch name := alert.Alertname; {
				case len(alert.Expected) > 0:
					fired[name] = quiet[name]
				case fired[name]:
					resolved[name] = true
				default:
					quiet[name] = true
				}
			}
		}
	}
	alerts := 0
	for _, groups := range ruleFiles(t) {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				if rule.Alert == "" {
					continue
				}
				alerts++
				delete(tested, rule.Alert)
				if !resolved[rule.Alert] {
					t.Errorf("no unit test in which %s is quiet, fires and is quiet again", rule.Alert)
				}
			}
		}
	}
	if alerts < 15 {
		t.Errorf("only %d alerts", alerts)
	}
	for name := range tested {
		t.Errorf("a unit test asks for %s, which no rule is", name)
	}
}

// TestAlertsSayWhatToDo wants a severity, a summary, a description and the page of a runbook that the app ships.
func TestAlertsSayWhatToDo(t *testing.T) {
	shipped := shippedRunbooks(t)
	const page = "{{ $externalLabels.grafana_url }}/a/flamewatch-profiles-app/runbooks/"
	for path, groups := range ruleFiles(t) {
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				if rule.Alert == "" {
					continue
				}
				if s := rule.Labels["severity"]; s != "critical" && s != "warning" {
					t.Errorf("%s: %s has the severity %q", path, rule.Alert, s)
				}
				if rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" || rule.For == 0 {
					t.Errorf("%s: %s needs a summary, a description and a time to wait", path, rule.Alert)
				}
				link, ok := strings.CutPrefix(rule.Annotations["runbook_url"], page)
				slug, _, _ := strings.Cut(link, "?")
				if !ok || !slices.Contains(shipped, slug) {
					t.Errorf("%s: %s has the runbook %q, which the app does not ship", path, rule.Alert, rule.Annotations["runbook_url"])
				}
			}
		}
	}
}
