package grafana

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

type source struct{ Type, UID string }

// dashboard is what Grafana reads of a file in src/dashboards, as far as these use it.
type dashboard struct {
	UID, Title, Description string
	SchemaVersion           int
	Tags                    []string
	Links                   []struct{ Type, Title, URL string }
	Templating              struct {
		List []struct {
			Name, Type string
			Query      any
			Datasource *source
		}
	}
	Annotations any
	Panels      []panel
}

type panel struct {
	ID                       int
	Type, Title, Description string
	GridPos                  struct{ X, Y, W, H int }
	Datasource               *source
	Targets                  []map[string]any
	Options                  map[string]any
}

func dashboards(t *testing.T) map[string]dashboard {
	t.Helper()
	paths, err := filepath.Glob("../../src/dashboards/*.json")
	if err != nil || len(paths) < 4 {
		t.Fatalf("found %v: %v", paths, err)
	}
	all := map[string]dashboard{}
	for _, path := range paths {
		var d dashboard
		if err := json.Unmarshal(read(t, path), &d); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all[filepath.Base(path)] = d
	}
	return all
}

// TestDashboardsAreWhole holds the dashboards to what Grafana needs to show them: ids that are their own, panels that lie
// side by side on the grid, a datasource that is chosen at the top, and queries with names of their own.
func TestDashboardsAreWhole(t *testing.T) {
	types := map[string]string{"prometheus": "prometheus", "datasource": "flamewatch-profiles-datasource"}
	known := []string{"row", "text", "stat", "timeseries", "table", "flamewatch-flamegraph-panel"}
	uids := map[string]string{}
	for file, d := range dashboards(t) {
		if uids[d.UID] != "" || !strings.HasPrefix(d.UID, "flamewatch-") || d.Title == "" || d.Description == "" || !slices.Contains(d.Tags, "flamewatch") || d.SchemaVersion < 40 {
			t.Errorf("%s: %q %q %v, schema %d", file, d.UID, d.Title, d.Tags, d.SchemaVersion)
		}
		uids[d.UID] = file
		ids := map[int]bool{}
		for i, p := range d.Panels {
			if p.ID == 0 || ids[p.ID] || !slices.Contains(known, p.Type) {
				t.Errorf("%s: panel %d %q is a %s", file, p.ID, p.Title, p.Type)
			}
			ids[p.ID] = true
			g := p.GridPos
			if g.X < 0 || g.W < 1 || g.H < 1 || g.X+g.W > 24 {
				t.Errorf("%s: %q is not on the grid: %+v", file, p.Title, g)
			}
			for _, other := range d.Panels[:i] {
				if o := other.GridPos; g.X < o.X+o.W && o.X < g.X+g.W && g.Y < o.Y+o.H && o.Y < g.Y+g.H {
					t.Errorf("%s: %q lies on %q", file, p.Title, other.Title)
				}
			}
			if p.Type == "row" || p.Type == "text" {
				continue
			}
			if p.Datasource == nil || p.Datasource.UID != "${"+strings.Trim(p.Datasource.UID, "${}")+"}" || types[strings.Trim(p.Datasource.UID, "${}")] != p.Datasource.Type || len(p.Targets) == 0 {
				t.Errorf("%s: %q asks %+v", file, p.Title, p.Datasource)
				continue
			}
			refs := map[any]bool{}
			for _, target := range p.Targets {
				of, _ := target["datasource"].(map[string]any)
				if ref := target["refId"]; ref == nil || refs[ref] || of["uid"] != p.Datasource.UID || of["type"] != p.Datasource.Type {
					t.Errorf("%s: %q has the query %v of %v", file, p.Title, target["refId"], of)
				}
				refs[target["refId"]] = true
			}
		}
	}
}

// TestDashboardsKnowTheirVariables wants each variable that is used to be there, after those that it depends on, and none
// to be for nothing.
func TestDashboardsKnowTheirVariables(t *testing.T) {
	use := regexp.MustCompile(`\$\{?([a-zA-Z_]\w*)`)
	for file, d := range dashboards(t) {
		there := map[string]bool{}
		check := func(where string, value any) {
			text, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range use.FindAllStringSubmatch(string(text), -1) {
				if _, ok := there[name[1]]; ok {
					there[name[1]] = true
				} else if !strings.HasPrefix(name[1], "__") {
					t.Errorf("%s: %s uses $%s, which is not chosen before it", file, where, name[1])
				}
			}
		}
		for _, variable := range d.Templating.List {
			check("the variable "+variable.Name, []any{variable.Query, variable.Datasource})
			there[variable.Name] = false
		}
		check("an annotation", d.Annotations)
		for _, p := range d.Panels {
			check(p.Title, []any{p.Title, p.Description, p.Datasource, p.Targets})
		}
		for name, used := range there {
			if !used {
				t.Errorf("%s: $%s is chosen for nothing", file, name)
			}
		}
	}
}

// TestDashboardsLinkToScreens wants links to lead to screens and runbooks that the app has.
func TestDashboardsLinkToScreens(t *testing.T) {
	const app = "/a/flamewatch-profiles-app/"
	var plugin struct{ Includes []struct{ Path string } }
	if err := json.Unmarshal(read(t, "../../src/plugin.json"), &plugin); err != nil {
		t.Fatal(err)
	}
	screens := map[string]bool{}
	for _, include := range plugin.Includes {
		screens[strings.ReplaceAll(include.Path, "%PLUGIN_ID%", "flamewatch-profiles-app")] = true
	}
	links := 0
	for file, d := range dashboards(t) {
		for _, link := range d.Links {
			links++
			slug, isRunbook := strings.CutPrefix(link.URL, app+"runbooks/")
			if isRunbook {
				read(t, "../../src/app/runbooks/shipped/"+slug+".md")
			} else if !strings.HasPrefix(link.URL, app) || !screens[link.URL] {
				t.Errorf("%s: %s leads to %s; the app has %v", file, link.Title, link.URL, screens)
			}
		}
	}
	if links < 4 {
		t.Errorf("only %d links", links)
	}
}
