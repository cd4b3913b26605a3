package hostpage

import (
	"fmt"
	"slices"
)

// Where Grafana finds no logo and no module of its own panels, the page's script has a thin stand-in; their names are
// listed so that dashboards and Scenes find them.
var corePanels = map[string]string{
	"timeseries": "Time series", "table": "Table", "stat": "Stat", "text": "Text",
}

// frontendSettings is what Grafana gives the browser about itself and its plugins, as far as plugins read it.
func (s *Server) frontendSettings() map[string]any {
	datasources := map[string]any{}
	defaultName := ""
	for _, ds := range s.datasources.List() {
		plugin := s.plugin(ds.Type)
		datasources[ds.Name] = map[string]any{
			"id": ds.ID, "uid": ds.UID, "type": ds.Type, "name": ds.Name, "meta": plugin.frontendMeta(),
			"url": "/api/datasources/proxy/uid/" + ds.UID, "isDefault": ds.IsDefault, "access": ds.Access,
			"jsonData": ds.JSONData, "readOnly": ds.ReadOnly,
		}
		if ds.IsDefault || defaultName == "" {
			defaultName = ds.Name
		}
	}
	panels := map[string]any{}
	for id, name := range corePanels {
		panels[id] = map[string]any{
			"id": id, "name": name, "info": map[string]any{"logos": map[string]any{}}, "module": "core:plugin/" + id,
		}
	}
	apps := map[string]any{}
	for _, plugin := range s.plugins {
		meta := plugin.frontendMeta()
		switch plugin.Type {
		case "panel":
			panels[plugin.ID] = meta
		case "app":
			apps[plugin.ID] = map[string]any{
				"id": plugin.ID, "path": meta["module"], "version": plugin.Version, "preload": meta["preload"],
				"extensions": meta["extensions"], "dependencies": meta["dependencies"],
				"loadingStrategy": meta["loadingStrategy"], "translations": meta["translations"],
			}
		}
	}
	return map[string]any{
		"appUrl": s.appURL, "appSubUrl": "", "namespace": "default",
		"buildInfo": map[string]any{
			"version": GrafanaVersion, "commit": "playground", "env": "development", "edition": "Open Source",
		},
		"datasources": datasources, "defaultDatasource": defaultName, "panels": panels, "apps": apps,
		"featureToggles": map[string]any{}, "exploreEnabled": true, "unifiedAlertingEnabled": false,
		"liveEnabled": false, "rbacEnabled": false, "disableSanitizeHtml": false, "panelSeriesLimit": 0,
	}
}

// bootUser is the one user there is.
func bootUser(theme, language string) map[string]any {
	return map[string]any{
		"id": 1, "uid": "playground", "login": userLogin, "name": userLogin, "isSignedIn": true, "isGrafanaAdmin": true,
		"orgId": 1, "orgName": "Playground", "orgRole": "Admin", "orgCount": 1, "permissions": map[string]bool{},
		"theme": theme, "lightTheme": theme == "light", "language": language, "regionalFormat": language,
		"timezone": "browser", "weekStart": "", "authenticatedBy": "",
	}
}

// navTree lists what there is to see: the pages that the app adds to the navigation, Explore, the dashboards and the
// configuration pages.
func (s *Server) navTree() []map[string]any {
	entry := func(id, text, url string, children []map[string]any) map[string]any {
		return map[string]any{"id": id, "text": text, "url": url, "children": children}
	}
	var pages, dashboards, configuration []map[string]any
	for _, include := range s.app.Includes {
		if include.Type == "page" && include.AddToNav {
			pages = append(pages, entry("plugin-page-"+include.Path, include.Name, include.Path, nil))
		}
	}
	for _, dashboard := range s.dashboards {
		dashboards = append(dashboards, entry("dashboard-"+dashboard.UID, dashboard.Title, dashboard.url(), nil))
	}
	for _, ds := range s.datasources.List() {
		configuration = append(configuration,
			entry("datasource-"+ds.UID, ds.Name, fmt.Sprintf("/connections/datasources/edit/%s", ds.UID), nil))
	}
	configuration = append(configuration, entry("plugin-config", s.app.Name, "/plugins/"+s.app.ID, nil))
	tree := []map[string]any{
		entry("app", s.app.Name, "/a/"+s.app.ID, pages),
		entry("explore", "Explore", "/explore", nil),
		entry("spans", "Spans of the demo", "/playground/spans", nil),
		entry("dashboards", "Dashboards", "", dashboards),
		entry("configuration", "Configuration", "", configuration),
	}
	return slices.DeleteFunc(tree, func(section map[string]any) bool {
		return section["url"] == "" && section["children"].([]map[string]any) == nil
	})
}
