package hostpage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dashboard is one that the app brings along, as its file says it.
type Dashboard struct {
	UID   string
	Title string
	Tags  []string

	json json.RawMessage
}

// LoadDashboards reads the dashboards that the app's plugin.json includes; Grafana imports them when the app is
// switched on.
func LoadDashboards(app *Plugin) ([]Dashboard, error) {
	var dashboards []Dashboard
	for _, include := range app.Includes {
		if include.Type != "dashboard" {
			continue
		}
		file := filepath.Join(app.Dir, filepath.FromSlash(include.Path))
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("plugin.json includes the dashboard %q: %w", include.Name, err)
		}
		var dashboard struct {
			UID   string   `json:"uid"`
			Title string   `json:"title"`
			Tags  []string `json:"tags"`
		}
		if err := json.Unmarshal(content, &dashboard); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if dashboard.UID == "" || dashboard.Title == "" {
			return nil, fmt.Errorf("%s has no uid or no title", file)
		}
		dashboards = append(dashboards, Dashboard{
			UID: dashboard.UID, Title: dashboard.Title, Tags: dashboard.Tags, json: content,
		})
	}
	return dashboards, nil
}

func (d Dashboard) url() string { return "/d/" + d.UID }

func (s *Server) handleSearch(w http.ResponseWriter, r *http.Request) {
	wanted := strings.ToLower(r.URL.Query().Get("query"))
	hits := []map[string]any{}
	for _, dashboard := range s.dashboards {
		if strings.Contains(strings.ToLower(dashboard.Title), wanted) {
			hits = append(hits, map[string]any{
				"uid": dashboard.UID, "title": dashboard.Title, "tags": dashboard.Tags,
				"type": "dash-db", "uri": "db/" + dashboard.UID, "url": dashboard.url(),
			})
		}
	}
	writeJSON(w, http.StatusOK, hits)
}

func (s *Server) handleDashboard(w http.ResponseWriter, r *http.Request) {
	uid := r.PathValue("uid")
	at := slices.IndexFunc(s.dashboards, func(d Dashboard) bool { return d.UID == uid })
	if at < 0 {
		writeError(w, http.StatusNotFound, "Dashboard not found")
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"dashboard": s.dashboards[at].json,
		"meta":      map[string]any{"canSave": false, "canEdit": false, "url": s.dashboards[at].url(), "slug": uid},
	})
}
