package prometheus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDashboardsAskForMetricsThatExist holds the PromQL of src/dashboards to the recorded metric names as well.
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
			Panels []struct {
				Title, Description, Type string
				Targets                  []struct{ Expr string }
			}
		}
		if err := json.Unmarshal(content, &dashboard); err != nil {
			t.Fatalf("%s: %v", path, err)
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
				for _, metric := range metricsOf(t, expr) {
					if !known[metric] {
						t.Errorf("%s: %s asks for %s, which no recorded page has", path, panel.Title, metric)
					}
				}
			}
		}
	}
	if queries < 20 {
		t.Errorf("only %d queries", queries)
	}
}
