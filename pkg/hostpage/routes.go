package hostpage

import (
	"fmt"
	"net/http"
)

// routes are the parts of Grafana's HTTP API that the plugins and the page use, each in Grafana's own shape.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", s.handleOwnHealth)
	mux.HandleFunc("GET /api/frontend/settings", s.handleFrontendSettings)

	mux.HandleFunc("POST /api/ds/query", s.handleQuery)
	mux.HandleFunc("GET /api/datasources", s.handleListDatasources)
	mux.HandleFunc("GET /api/datasources/uid/{uid}", s.handleGetDatasource)
	mux.HandleFunc("PUT /api/datasources/uid/{uid}", s.handlePutDatasource)
	mux.HandleFunc("GET /api/datasources/uid/{uid}/health", s.handleDatasourceHealth)
	mux.HandleFunc("/api/datasources/uid/{uid}/resources/{path...}", s.handleResource)

	mux.HandleFunc("GET /api/plugins/{id}/settings", s.handleGetPluginSettings)
	mux.HandleFunc("POST /api/plugins/{id}/settings", s.handlePostPluginSettings)
	mux.HandleFunc("GET /api/search", s.handleSearch)
	mux.HandleFunc("GET /api/dashboards/uid/{uid}", s.handleDashboard)
	mux.HandleFunc("GET /api/annotations", handleNoAnnotations)

	// Not of Grafana's: the demo's spans, in the place of a Tempo.
	mux.HandleFunc("POST /v1/traces", s.handleTraces)
	mux.HandleFunc("GET /api/playground/spans", s.handleSpans)

	mux.HandleFunc("GET /public/plugins/{id}/{path...}", s.handlePluginFile)
	mux.HandleFunc("GET /public/build/{path...}", s.handlePageFile)
	mux.HandleFunc("GET /public/build/img/icons/{path...}", s.handleIcon)
	mux.HandleFunc("GET /public/fonts/{path...}", s.handleFont)
	mux.HandleFunc("/public/", http.NotFound)
	mux.HandleFunc("/api/", handleAbsent)
	for _, method := range []string{http.MethodGet, http.MethodPatch} {
		mux.HandleFunc(method+" /apis/userstorage.grafana.app/v0alpha1/namespaces/default/user-storage/{name}", s.handleUserStorage)
	}
	mux.HandleFunc("/apis/", handleAbsent)
	mux.HandleFunc("/", s.handleIndex)
	return mux
}

// handleOwnHealth says that the page is up; it does not ask the plugin's backend.
func (s *Server) handleOwnHealth(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"page": "ok", "plugin": s.app.ID, "version": s.app.Version})
}

func (s *Server) handleFrontendSettings(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.frontendSettings())
}

// handleNoAnnotations answers as a Grafana into which nobody has written any.
func handleNoAnnotations(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, []struct{}{})
}

func handleAbsent(w http.ResponseWriter, r *http.Request) {
	writeError(w, http.StatusNotImplemented, fmt.Sprintf(
		"The playground's page does not answer %s %s; a real Grafana does. "+
			"Start one with GRAFANA_HOME and GRAFANA_BIN set.", r.Method, r.URL.Path))
}
