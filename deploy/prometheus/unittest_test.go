package prometheus

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
	"gopkg.in/yaml.v3"
)

// unitTests is a file of `promtool test rules`, as far as ours use it:
// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
type unitTests struct {
	RuleFiles          []string       `yaml:"rule_files"`
	EvaluationInterval model.Duration `yaml:"evaluation_interval"`
	Tests              []unitTest     `yaml:"tests"`
}

type unitTest struct {
	Name           string            `yaml:"name"`
	Interval       model.Duration    `yaml:"interval"`
	ExternalLabels map[string]string `yaml:"external_labels"`
	InputSeries    []struct {
		Series string `yaml:"series"`
		Values string `yaml:"values"`
	} `yaml:"input_series"`
	Alerts []alertTest `yaml:"alert_rule_test"`
	Exprs  []exprTest  `yaml:"promql_expr_test"`
}

type alertTest struct {
	EvalTime  model.Duration `yaml:"eval_time"`
	Alertname string         `yaml:"alertname"`
	Expected  []firing       `yaml:"exp_alerts"`
}

type firing struct {
	Labels      map[string]string `yaml:"exp_labels"`
	Annotations map[string]string `yaml:"exp_annotations"`
}

type exprTest struct {
	Expr     string         `yaml:"expr"`
	EvalTime model.Duration `yaml:"eval_time"`
	Expected []struct {
		Labels string  `yaml:"labels"`
		Value  float64 `yaml:"value"`
	} `yaml:"exp_samples"`
}

func readUnitTests(t *testing.T) map[string]unitTests {
	t.Helper()
	paths, err := filepath.Glob("tests/*.test.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no unit tests: %v", err)
	}
	all := map[string]unitTests{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte("<<:")) {
			t.Errorf("%s: promtool takes no keys that are merged in and then set", path)
		}
		decoder := yaml.NewDecoder(bytes.NewReader(content))
		decoder.KnownFields(true)
		var tests unitTests
		if err := decoder.Decode(&tests); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for i, rules := range tests.RuleFiles {
			tests.RuleFiles[i] = filepath.Join(filepath.Dir(path), rules)
		}
		all[path] = tests
	}
	return all
}

// run evaluates the rules from time zero on as Prometheus would, and calls at after each evaluation.
func (u unitTest) run(t *testing.T, ruleFiles []string, every time.Duration, at func(time.Duration, []*rules.Group)) *promqltest.LazyLoader {
	t.Helper()
	var load strings.Builder
	fmt.Fprintf(&load, "load %s\n", u.Interval)
	for _, series := range u.InputSeries {
		fmt.Fprintf(&load, "  %s %s\n", series.Series, series.Values)
	}
	promql := parser.NewParser(parser.Options{})
	suite, err := promqltest.NewLazyLoader(load.String(), promqltest.LazyLoaderOpts{
		EnableAtModifier: true, EnableNegativeOffset: true, Parser: promql,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := suite.Close(); err != nil {
			t.Error(err)
		}
	})
	suite.SubqueryInterval = every
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:    rules.EngineQueryFunc(suite.QueryEngine(), suite.Storage()),
		AppendableV2: suite.Storage(),
		Context:      context.Background(),
		NotifyFunc:   func(context.Context, string, ...*rules.Alert) {},
		Logger:       promslog.NewNopLogger(),
		Parser:       promql,
	})
	loaded, errs := manager.LoadGroups(time.Duration(u.Interval), labels.FromMap(u.ExternalLabels), "", nil, false, ruleFiles...)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	groups := make([]*rules.Group, 0, len(loaded))
	for _, group := range loaded {
		groups = append(groups, group)
		for _, rule := range group.AlertingRules() {
			rule.SetRestored(true)
		}
	}
	// Recording rules are in the first group of their file, and alerts read what they record.
	slices.SortFunc(groups, func(a, b *rules.Group) int { return strings.Compare(a.Name(), b.Name()) })
	for now := time.Duration(0); now <= u.until(); now += every {
		ts := time.Unix(0, 0).UTC().Add(now)
		suite.WithSamplesTill(ts, func(err error) {
			if err != nil {
				t.Fatal(err)
			}
			for _, group := range groups {
				group.Eval(suite.Context(), ts)
				for _, rule := range group.Rules() {
					if rule.LastError() != nil {
						t.Fatalf("%s at %s: %v", rule.Name(), now, rule.LastError())
					}
				}
			}
		})
		at(now, groups)
	}
	return suite
}

// until is when the last thing is asked.
func (u unitTest) until() (last time.Duration) {
	for _, alert := range u.Alerts {
		last = max(last, time.Duration(alert.EvalTime))
	}
	for _, expr := range u.Exprs {
		last = max(last, time.Duration(expr.EvalTime))
	}
	return last
}

// firingNow lists what fires of an alert.
func firingNow(groups []*rules.Group, alertname string) (all []firing) {
	for _, group := range groups {
		for _, rule := range group.AlertingRules() {
			if rule.Name() != alertname {
				continue
			}
			for _, alert := range rule.ActiveAlerts() {
				if alert.State == rules.StateFiring {
					shown := alert.Labels.Map()
					delete(shown, labels.AlertName)
					all = append(all, firing{Labels: shown, Annotations: alert.Annotations.Map()})
				}
			}
		}
	}
	return all
}
