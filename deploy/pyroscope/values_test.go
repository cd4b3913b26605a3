package pyroscope

import (
	"go/build"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"gopkg.in/yaml.v3"
)

func valuesFiles(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("values-*.yaml")
	if err != nil || len(paths) < 10 {
		t.Fatalf("found %v: %v", paths, err)
	}
	return paths
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// recordedKeys are the sections of testdata/keys.txt.
func recordedKeys(t *testing.T) map[string][]string {
	t.Helper()
	content, err := os.ReadFile("testdata/keys.txt")
	if err != nil {
		t.Fatal(err)
	}
	sections, section := map[string][]string{}, ""
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
		} else if line != "" && !strings.HasPrefix(line, "#") {
			sections[section] = append(sections[section], line)
		}
	}
	return sections
}

// known is one expression for all paths that the recorded keys allow.
func known(t *testing.T) *regexp.Regexp {
	t.Helper()
	sections := recordedKeys(t)
	oneOf := func(section string) string {
		names := make([]string, len(sections[section]))
		for i, name := range sections[section] {
			names[i] = regexp.QuoteMeta(name)
		}
		if len(names) == 0 {
			t.Fatalf("testdata/keys.txt has no section %s", section)
		}
		return "(?:" + strings.Join(names, "|") + ")"
	}
	limit := oneOf("limits")
	expression := strings.NewReplacer(
		"<component>", "(?:v1/"+oneOf("components v1")+"|v2/"+oneOf("components v2")+")",
		"<flag>", oneOf("flags"),
		"<config>", strings.ReplaceAll(strings.ReplaceAll(oneOf("config"), `\.`, "/"), "<limit>", limit),
		"<limit>", limit,
	)
	var all []string
	for _, key := range sections["chart"] {
		path := strings.ReplaceAll(strings.ReplaceAll(key, ".", "/"), "*", ".+")
		all = append(all, expression.Replace(path))
	}
	return regexp.MustCompile("^(?:" + strings.Join(all, "|") + ")$")
}

// leaves are the paths to all values, with / between the names, as names have dots.
func leaves(value any, path string, visit func(string)) {
	object, ok := value.(map[string]any)
	if !ok {
		visit(path)
		return
	}
	for key, inner := range object {
		leaves(inner, strings.TrimPrefix(path+"/"+key, "/"), visit)
	}
}

// TestKeysAreRead holds each value to what the chart or Pyroscope reads: what neither reads would be ignored in silence.
func TestKeysAreRead(t *testing.T) {
	expression := known(t)
	for _, path := range valuesFiles(t) {
		var values map[string]any
		readYAML(t, path, &values)
		found := 0
		leaves(values, "", func(key string) {
			found++
			if !expression.MatchString(key) {
				t.Errorf("%s: nothing reads %s", path, key)
			}
		})
		if found < 3 {
			t.Errorf("%s has only %d values", path, found)
		}
	}
	for _, wrong := range []string{"architecture/microservices/v2/ingester/replicaCount", "pyroscope/structuredConfig/limits/retention", "pyroscope/extraArgs/log.lvl"} {
		if expression.MatchString(wrong) {
			t.Errorf("%s would be let through", wrong)
		}
	}
}

// merged lays files over each other as Helm does: maps are merged, all else is replaced.
func merged(t *testing.T, paths ...string) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, path := range paths {
		var values map[string]any
		readYAML(t, path, &values)
		lay(values, all)
	}
	return all
}

func lay(over, under map[string]any) {
	for key, value := range over {
		inner, isMap := value.(map[string]any)
		below, wasMap := under[key].(map[string]any)
		if isMap && wasMap {
			lay(inner, below)
		} else if isMap {
			copied := map[string]any{}
			lay(inner, copied)
			under[key] = copied
		} else {
			under[key] = value
		}
	}
}

func at(t *testing.T, values map[string]any, path string) any {
	t.Helper()
	var value any = values
	for _, key := range strings.Split(path, "/") {
		object, ok := value.(map[string]any)
		if !ok {
			t.Fatalf("there is no %s", path)
		}
		value = object[key]
	}
	return value
}

// TestNoKeys holds the storage files to workload identity: no secret may be in them, and none is needed.
func TestNoKeys(t *testing.T) {
	for _, path := range valuesFiles(t) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile(`(?im)^\s*(access_key_id|secret_access_key|service_account|.*password|.*token)\s*:.*`).Find(content); found != nil {
			t.Errorf("%s: %s", path, found)
		}
	}
	if role, _ := at(t, merged(t, "values-s3.yaml"), "pyroscope/serviceAccount/annotations").(map[string]any); role["eks.amazonaws.com/role-arn"] == nil {
		t.Error("values-s3.yaml names no role")
	}
	if account, _ := at(t, merged(t, "values-gcs.yaml"), "pyroscope/serviceAccount/annotations").(map[string]any); account["iam.gke.io/gcp-service-account"] == nil {
		t.Error("values-gcs.yaml names no account")
	}
}

// TestWhatMustNotBeLost wants three copies of what holds profiles or the index of them, on disks.
func TestWhatMustNotBeLost(t *testing.T) {
	for _, size := range []string{"small", "medium", "large"} {
		v1 := merged(t, "values-base.yaml", "values-v1-"+size+".yaml")
		v2 := merged(t, "values-base.yaml", "values-v2-"+size+".yaml")
		flags := at(t, v1, "pyroscope/extraArgs").(map[string]any)
		if flags["distributor.replication-factor"] != "3" || flags["store-gateway.sharding-ring.replication-factor"] != "3" {
			t.Errorf("v1 %s keeps fewer than three copies: %v", size, flags)
		}
		for part, values := range map[string]map[string]any{"v1/ingester": v1, "v2/metastore": v2} {
			component := at(t, values, "architecture/microservices/"+part).(map[string]any)
			if component["replicaCount"].(int) < 3 || component["kind"] != "StatefulSet" || at(t, component, "persistence/enabled") != true {
				t.Errorf("%s %s: %v", part, size, component)
			}
		}
		if at(t, v2, "architecture/microservices/v2/metastore/replicaCount") != 3 {
			t.Errorf("v2 %s: the chart waits for exactly three metastores", size)
		}
		for _, values := range []map[string]any{v1, v2} {
			limits := at(t, values, "pyroscope/structuredConfig/limits").(map[string]any)
			if limits["retention_period"] != "30d" || limits["compactor_blocks_retention_period"] != "30d" || limits["max_query_lookback"] != "30d" {
				t.Errorf("30 days are not kept, or cannot be asked for: %v", limits)
			}
		}
	}
}

// TestRecordingRules holds the rules to what Pyroscope asks of them (pkg/model/recording_rule.go): the name's beginning,
// one profile type, labels that Prometheus knows.
func TestRecordingRules(t *testing.T) {
	var values struct {
		Pyroscope struct {
			StructuredConfig struct {
				Limits struct {
					RecordingRules []struct {
						MetricName       string   `yaml:"metric_name"`
						Matchers         []string `yaml:"matchers"`
						GroupBy          []string `yaml:"group_by"`
						StacktraceFilter map[string]struct {
							FunctionName string `yaml:"function_name"`
						} `yaml:"stacktrace_filter"`
					} `yaml:"recording_rules"`
				}
			} `yaml:"structuredConfig"`
		}
	}
	readYAML(t, "values-recording.yaml", &values)
	rules := values.Pyroscope.StructuredConfig.Limits.RecordingRules
	if len(rules) != 2 {
		t.Fatalf("%+v", rules)
	}
	names := map[string]bool{}
	for _, rule := range rules {
		if !strings.HasPrefix(rule.MetricName, "profiles_recorded_") || names[rule.MetricName] || !slices.Equal(rule.GroupBy, []string{"service_name"}) {
			t.Errorf("%+v", rule)
		}
		names[rule.MetricName] = true
		types := 0
		for _, matcher := range rule.Matchers {
			parsed, err := parser.NewParser(parser.Options{}).ParseMetricSelector(matcher)
			if err != nil {
				t.Error(err)
			}
			for _, m := range parsed {
				if m.Name == "__profile_type__" && m.Type == labels.MatchEqual {
					types++
				}
			}
		}
		if types != 1 {
			t.Errorf("%s is of %d profile types", rule.MetricName, types)
		}
	}
	// The collector's worker is where the second rule looks for it.
	collector, err := os.ReadFile(filepath.Join(build.Default.GOROOT, "src", "runtime", "mgc.go"))
	if err != nil {
		t.Fatal(err)
	}
	worker, ofRuntime := strings.CutPrefix(rules[1].StacktraceFilter["function_name"].FunctionName, "runtime.")
	if !ofRuntime || !strings.Contains(string(collector), "\nfunc "+worker+"(") {
		t.Errorf("Go's runtime has no %q", worker)
	}
	flags := at(t, merged(t, "values-recording.yaml"), "architecture/microservices/v2/compaction-worker/extraArgs").(map[string]any)
	if address, _ := flags["compaction-worker.metrics-exporter.remote-write-address"].(string); flags["compaction-worker.metrics-exporter.enabled"] != "true" || !strings.HasSuffix(address, "/api/v1/write") {
		t.Errorf("what is recorded goes nowhere: %v", flags)
	}
}
