package hostpage

import (
	"maps"
	"net/http"
	"sync"
)

// appSettings are the settings of the app plugin: whether it is on, and what its configuration page stored.
type appSettings struct {
	mu       sync.RWMutex
	enabled  bool
	pinned   bool
	jsonData map[string]any
	secrets  map[string]string
}

func newAppSettings(id string, provisioned []ProvisionedApp) *appSettings {
	settings := &appSettings{enabled: true, pinned: true, jsonData: map[string]any{}, secrets: map[string]string{}}
	for _, app := range provisioned {
		if app.Type != id {
			continue
		}
		settings.enabled = !app.Disabled
		maps.Copy(settings.jsonData, app.JSONData)
		maps.Copy(settings.secrets, app.SecureJSONData)
	}
	return settings
}

// appSettingsChange is the body of Grafana's POST /api/plugins/:id/settings.
type appSettingsChange struct {
	Enabled        bool              `json:"enabled"`
	Pinned         bool              `json:"pinned"`
	JSONData       map[string]any    `json:"jsonData"`
	SecureJSONData map[string]string `json:"secureJsonData"`
}

// change replaces the settings; secrets that are not named stay.
func (a *appSettings) change(to appSettingsChange) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.enabled, a.pinned = to.Enabled, to.Pinned
	a.jsonData = to.JSONData
	if a.jsonData == nil {
		a.jsonData = map[string]any{}
	}
	maps.Copy(a.secrets, to.SecureJSONData)
}

// into adds the settings to the description of the app plugin.
func (a *appSettings) into(meta map[string]any) map[string]any {
	a.mu.RLock()
	defer a.mu.RUnlock()
	meta["enabled"], meta["pinned"] = a.enabled, a.pinned
	meta["jsonData"] = maps.Clone(a.jsonData)
	meta["secureJsonFields"] = secureFields(a.secrets)
	return meta
}

func (s *Server) handleGetPluginSettings(w http.ResponseWriter, r *http.Request) {
	plugin := s.plugin(r.PathValue("id"))
	if plugin == nil {
		writeError(w, http.StatusNotFound, "Plugin not found, no installed plugin with that id")
		return
	}
	meta := plugin.frontendMeta()
	if plugin == s.app {
		meta = s.settings.into(meta)
	}
	writeJSON(w, http.StatusOK, meta)
}

func (s *Server) handlePostPluginSettings(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("id") != s.app.ID {
		writeError(w, http.StatusNotFound, "Plugin not found, no installed app with that id")
		return
	}
	var change appSettingsChange
	if err := readJSON(w, r, &change); err != nil {
		writeError(w, http.StatusBadRequest, err.Error())
		return
	}
	s.settings.change(change)
	writeJSON(w, http.StatusOK, map[string]string{"message": "Plugin settings updated"})
}
