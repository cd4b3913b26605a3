package alloy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const guides = "../../src/app/setup/guides"

// alloyOf are the configurations of Alloy in a set-up guide of the app, filled in as the app does: in a block of their
// own, or in the values of Alloy's chart.
func alloyOf(t *testing.T, text string) (found []string) {
	t.Helper()
	text = strings.NewReplacer("{{service}}", "orders", "{{address}}", "http://pyroscope:4040").Replace(text)
	for _, block := range regexp.MustCompile("(?ms)^```(alloy|yaml)\n(.*?)^```").FindAllStringSubmatch(text, -1) {
		if block[1] == "alloy" {
			found = append(found, block[2])
			continue
		}
		var values struct {
			Alloy struct {
				ConfigMap struct{ Content string } `yaml:"configMap"`
			}
		}
		if err := yaml.Unmarshal([]byte(block[2]), &values); err != nil {
			t.Fatal(err)
		}
		if values.Alloy.ConfigMap.Content != "" {
			found = append(found, values.Alloy.ConfigMap.Content)
		}
	}
	return found
}

// TestGuidesOfTheApp evaluates what the app's set-up guides give to Alloy: Alloy's own parser takes it, every component
// has the arguments that the reference knows, and what is collected goes to the profile server.
func TestGuidesOfTheApp(t *testing.T) {
	t.Setenv("HOSTNAME", "node-1")
	files, err := filepath.Glob(filepath.Join(guides, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, configuration := range alloyOf(t, string(text)) {
			count++
			t.Run(filepath.Base(path), func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "config.alloy")
				if err := os.WriteFile(file, []byte(configuration), 0o600); err != nil {
					t.Fatal(err)
				}
				// The guides indent as all of their code is.
				want := strings.ReplaceAll(formatted(t, file), "\t", "  ")
				if strings.TrimSpace(configuration) != strings.TrimSpace(want) {
					t.Errorf("it is not as `alloy fmt` has it:\n%s", want)
				}
				got := evaluate(t, file, discovered(pod{name: "orders-1", containers: []container{{name: "app"}}}))
				if len(got.writes) != 1 || len(got.writes[0].Endpoints) != 1 || got.writes[0].Endpoints[0].URL != "http://pyroscope:4040" {
					t.Errorf("it writes to %+v", got.writes)
				}
				collected := len(got.scrapes) + len(got.ebpf) + len(got.java)
				for _, forward := range got.forwards() {
					if len(forward) != 1 || forward[0] != "profiles" {
						t.Errorf("what is collected goes to %v", forward)
					}
				}
				if collected != 1 {
					t.Errorf("it collects in %d ways", collected)
				}
				for _, scrape := range got.scrapes {
					// What counts from the start of the program is pulled as differences, or not at all.
					config := scrape.ProfilingConfig
					for kind, plain := range map[string]*profile{"memory": config.Memory, "mutex": config.Mutex, "block": config.Block} {
						if plain == nil || plain.Enabled && !plain.Delta {
							t.Errorf("%s is pulled as a total since the start", kind)
						}
					}
				}
			})
		}
	}
	if count < 3 {
		t.Errorf("%d configurations were found", count)
	}
}

// forwards are the receivers of each collector.
func (all *evaluated) forwards() (receivers [][]string) {
	for _, one := range all.scrapes {
		receivers = append(receivers, one.ForwardTo)
	}
	for _, one := range all.ebpf {
		receivers = append(receivers, one.ForwardTo)
	}
	for _, one := range all.java {
		receivers = append(receivers, one.ForwardTo)
	}
	return receivers
}
