package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/flamewatch/profiles/pkg/hostpage"
)

func TestProvisionedYAMLCanBeRead(t *testing.T) {
	for _, path := range append(files(t, "provisioning", ".yaml"), "docker-compose.yaml", "playground/pull.yaml") {
		decoder := yaml.NewDecoder(bytes.NewReader(read(t, path)))
		for {
			var document map[string]any
			err := decoder.Decode(&document)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if strings.HasPrefix(path, "provisioning/") && document["apiVersion"] != 1 {
				t.Errorf("%s: apiVersion is %v", path, document["apiVersion"])
			}
		}
	}
}

func TestProvisionedPluginsAreOurs(t *testing.T) {
	ids := plugins(t)
	p, err := hostpage.ReadProvisioning(root+"/provisioning", func(name string) string { return "value of " + name })
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range p.Datasources {
		if source.UID == "" || source.IsDefault != (source.Type == ids[1]) {
			t.Errorf("datasource %+v: ours and no other is Grafana's default", source)
		}
	}
	if len(p.Apps) != 1 || p.Apps[0].Type != ids[0] || p.Apps[0].Disabled {
		t.Errorf("apps %+v", p.Apps)
	}
}

// TestDashboardsFindTheirDatasource holds each datasource of each dashboard to the plugin, and to a variable of the
// dashboard or to what is provisioned.
func TestDashboardsFindTheirDatasource(t *testing.T) {
	var providers struct {
		Providers []struct {
			Type    string
			Options struct{ Path string }
		}
	}
	readYAML(t, "provisioning/dashboards/flamewatch.yaml", &providers)
	if len(providers.Providers) != 1 || providers.Providers[0].Type != "file" || providers.Providers[0].Options.Path != "$FLAMEWATCH_DASHBOARDS" {
		t.Errorf("providers %+v", providers)
	}
	p, err := hostpage.ReadProvisioning(root+"/provisioning", os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	ids := plugins(t)
	uids := map[string]bool{}
	for _, path := range files(t, "src/dashboards", ".json") {
		var dashboard struct {
			UID        string
			Title      string
			Templating struct {
				List []struct{ Type, Name, Query any }
			}
		}
		readJSON(t, path, &dashboard)
		if dashboard.UID == "" || dashboard.Title == "" || uids[dashboard.UID] {
			t.Errorf("%s: needs a title and a uid of its own, has %q and %q", path, dashboard.Title, dashboard.UID)
		}
		uids[dashboard.UID] = true
		// Prometheus is Grafana's own, and chosen on the dashboard: nobody's uid is known here.
		choice := map[string][]string{ids[1]: {profilesUID(t, p)}}
		for _, variable := range dashboard.Templating.List {
			if variable.Type == "datasource" && (variable.Query == ids[1] || variable.Query == "prometheus") {
				choice[variable.Query.(string)] = append(choice[variable.Query.(string)], "${"+variable.Name.(string)+"}")
			}
		}
		var whole any
		readJSON(t, path, &whole)
		found := 0
		eachObject(whole, func(object map[string]any) {
			source, isObject := object["datasource"].(map[string]any)
			if !isObject {
				return
			}
			found++
			if source["type"] == "grafana" || source["uid"] == "-- Mixed --" || source["uid"] == "-- Dashboard --" {
				return
			}
			kind, _ := source["type"].(string)
			if uid, _ := source["uid"].(string); !slices.Contains(choice[kind], uid) {
				t.Errorf("%s asks a datasource that nobody provides: %v", path, source)
			}
		})
		if found == 0 {
			t.Errorf("%s names no datasource at all", path)
		}
		eachObject(whole, func(object map[string]any) {
			if kind, _ := object["type"].(string); strings.HasPrefix(kind, "flamewatch-") && !slices.Contains(ids[:], kind) {
				t.Errorf("%s uses %s, which is none of our plugins", path, kind)
			}
		})
	}
}

// profilesUID is the uid of our provisioned datasource.
func profilesUID(t *testing.T, p hostpage.Provisioning) string {
	t.Helper()
	ids := plugins(t)
	at := slices.IndexFunc(p.Datasources, func(d hostpage.ProvisionedDatasource) bool { return d.Type == ids[1] })
	if at < 0 {
		t.Fatalf("none of the datasources is ours: %+v", p.Datasources)
	}
	return p.Datasources[at].UID
}

// TestDatasourcesLeadToEachOther holds every uid that a datasource, a correlation or a rule names to what is provisioned.
func TestDatasourcesLeadToEachOther(t *testing.T) {
	p, err := hostpage.ReadProvisioning(root+"/provisioning", os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"__expr__"}
	for _, source := range p.Datasources {
		known = append(known, source.UID)
	}
	named := 0
	for _, folder := range []string{"provisioning/datasources", "provisioning/alerting"} {
		for _, path := range files(t, folder, ".yaml") {
			var whole any
			readYAML(t, path, &whole)
			eachObject(whole, func(object map[string]any) {
				for _, key := range []string{"datasourceUid", "targetUID", "tracesDatasourceUid"} {
					uid, is := object[key].(string)
					if !is {
						continue
					}
					named++
					if !slices.Contains(known, uid) {
						t.Errorf("%s: %s is %q, which nobody provides", path, key, uid)
					}
				}
			})
		}
	}
	if named < 8 {
		t.Errorf("only %d uids are named", named)
	}
}

func eachObject(value any, visit func(map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(v)
		for _, inner := range v {
			eachObject(inner, visit)
		}
	case []any:
		for _, inner := range v {
			eachObject(inner, visit)
		}
	}
}

// TestDashboardsAreInTheApp holds the folder to the app's plugin.json: what is provisioned is what the catalogue ships.
func TestDashboardsAreInTheApp(t *testing.T) {
	var app struct {
		Includes []struct{ Type, Path string }
	}
	readJSON(t, "src/plugin.json", &app)
	var included []string
	for _, include := range app.Includes {
		if include.Type == "dashboard" {
			included = append(included, "src/"+include.Path)
		}
	}
	slices.Sort(included)
	if there := files(t, "src/dashboards", ".json"); !slices.Equal(there, included) {
		t.Errorf("there are %v, and plugin.json includes %v", there, included)
	}
}

var variable = regexp.MustCompile(`\$\{?([A-Z][A-Z0-9_]+)\}?`)

// variables are the environment variables that the files in provisioning/ expand.
func variables(t *testing.T) (names []string) {
	t.Helper()
	for _, path := range files(t, "provisioning", ".yaml") {
		for line := range bytes.Lines(read(t, path)) {
			code, _, _ := bytes.Cut(line, []byte("#"))
			for _, match := range variable.FindAllSubmatch(code, -1) {
				names = append(names, string(match[1]))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestVariablesAreSetForAGrafanaOnThisMachine(t *testing.T) {
	script := string(read(t, "scripts/grafana.mjs"))
	names := variables(t)
	if len(names) < 2 {
		t.Fatalf("found only %v", names)
	}
	for _, name := range names {
		if !strings.Contains(script, name+":") {
			t.Errorf("scripts/grafana.mjs does not set %s", name)
		}
	}
}
