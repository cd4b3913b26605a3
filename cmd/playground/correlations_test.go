package main

import (
	"regexp"
	"testing"

	"gopkg.in/yaml.v3"
)

type correlations struct {
	Correlations []struct {
		TargetUID          string `yaml:"targetUID"`
		Label, Description string
		Config             struct {
			Field  string
			Target map[string]any
		}
	}
}

// Grafana 12.2 ends at its start when a provisioned correlation has no label or no description; those of the
// documentation are there to be copied.
func TestCorrelationsAreWhole(t *testing.T) {
	var file struct{ Datasources []correlations }
	if err := yaml.Unmarshal(read(t, "provisioning/datasources/flamewatch.yaml"), &file); err != nil {
		t.Fatal(err)
	}
	all := file.Datasources
	for _, block := range regexp.MustCompile("(?s)```yaml\n(correlations:.*?)```").FindAllSubmatch(read(t, "docs/traces.md"), -1) {
		var documented correlations
		if err := yaml.Unmarshal(block[1], &documented); err != nil {
			t.Fatal(err)
		}
		all = append(all, documented)
	}
	found := 0
	for _, source := range all {
		for _, one := range source.Correlations {
			found++
			if one.TargetUID == "" || one.Label == "" || one.Description == "" || one.Config.Field == "" || len(one.Config.Target) == 0 {
				t.Errorf("correlation %+v lacks something", one)
			}
		}
	}
	if found < 3 {
		t.Errorf("%d correlations were found", found)
	}
}
