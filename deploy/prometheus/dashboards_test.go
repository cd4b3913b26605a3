package prometheus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDashboardsAskForMetricsThatExist holds the PromQL of src/dashboards to the recorded metrics as well.
func TestDashboardsAskForMetricsThatExist(t *testing.T) {
	known := recordedMetrics(t)
	paths, err := filepath.Glob("../../src/dashboards/*.json")
	if err != nil || len(paths) < 3 {
		t.Fatalf("found %v: %v", paths, err)
	}
	queries := 0
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var dashboard struct {
			Templating struct {
				List []struct {
					Name, Type string
					Datasource struct{ Type string }
					Query      any
				}
			}
			Panels []struct {
				Title, Description, Type string
				Targets                  []struct{ Expr string }
			}
		}
		if err := json.Unmarshal(content, &dashboard); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, variable := range dashboard.Templating.List {
			if variable.Type != "query" || variable.Datasource.Type != "prometheus" {
				continue
			}
			query, _ := variable.Query.(map[string]any)["query"].(string)
			asked := regexp.MustCompile(`^label_values\((\w+), (\w+)\)$`).FindStringSubmatch(query)
			if asked == nil || len(known.check(t, "sum by ("+asked[2]+") ("+asked[1]+")")) > 0 {
				t.Errorf("%s: the variable %s asks for %q, of which nothing is recorded", path, variable.Name, query)
			}
		}
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				if target.Expr == "" {
					continue
				}
				queries++
				if panel.Description == "" {
					t.Errorf("%s: %s does not say what it shows", path, panel.Title)
				}
				// As Grafana fills in its variables.
				expr := strings.NewReplacer("$__rate_interval", "5m", "$namespace", ".*").Replace(target.Expr)
				for _, wrong := range known.check(t, expr) {
					t.Errorf("%s: %s: %s", path, panel.Title, wrong)
				}
			}
		}
	}
	if queries < 20 {
		t.Errorf("only %d queries", queries)
	}
}
