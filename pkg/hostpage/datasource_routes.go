package hostpage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func (s *Server) handleListDatasources(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.datasources.List())
}

func (s *Server) handleGetDatasource(w http.ResponseWriter, r *http.Request) {
	if ds, found := s.findDatasource(w, r); found {
		writeJSON(w, http.StatusOK, ds)
	}
}

func (s *Server) handlePutDatasource(w http.ResponseWriter, r *http.Request) {
	var change DatasourceChange
	if err := readJSON(w, r, &change); err != nil {
		writeError(w, http.StatusBadRequest, err.Error())
		return
	}
	ds, found := s.datasources.Update(r.PathValue("uid"), change)
	if !found {
		writeError(w, http.StatusNotFound, "Data source not found")
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"message": "Datasource updated", "id": ds.ID, "name": ds.Name, "datasource": ds,
	})
}

func (s *Server) findDatasource(w http.ResponseWriter, r *http.Request) (Datasource, bool) {
	ds, found := s.datasources.Get(r.PathValue("uid"))
	if !found {
		writeError(w, http.StatusNotFound, "Data source not found")
	}
	return ds, found
}

// pluginOf is what the backend needs to know of the data source of a request; false after the request was answered with
// why there is none.
func (s *Server) pluginOf(w http.ResponseWriter, r *http.Request) (backend.PluginContext, bool) {
	ds, found := s.findDatasource(w, r)
	if !found {
		return backend.PluginContext{}, false
	}
	plugin, err := s.pluginContext(ds)
	if err != nil {
		s.writeBackendError(w, r, err)
	}
	return plugin, err == nil
}

// handleDatasourceHealth answers 400 when the datasource is not well, as Grafana does.
func (s *Server) handleDatasourceHealth(w http.ResponseWriter, r *http.Request) {
	plugin, found := s.pluginOf(w, r)
	if !found {
		return
	}
	health, err := s.backend.CheckHealth(r.Context(), plugin)
	if err != nil {
		s.writeBackendError(w, r, err)
		return
	}
	status := http.StatusOK
	if health.Status != backend.HealthStatusOk {
		status = http.StatusBadRequest
	}
	body := map[string]any{"status": health.Status.String(), "message": health.Message}
	if len(health.JSONDetails) > 0 {
		body["details"] = json.RawMessage(health.JSONDetails)
	}
	writeJSON(w, status, body)
}

// handleResource hands a call on to the backend's own routes and its answer back, part by part.
func (s *Server) handleResource(w http.ResponseWriter, r *http.Request) {
	plugin, found := s.pluginOf(w, r)
	if !found {
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxResourceBytes))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		writeError(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("The request is larger than %d MiB, which is the most that is taken.", tooLarge.Limit>>20))
		return
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, "The request's body cannot be read: "+err.Error())
		return
	}
	path := r.PathValue("path")
	url := path
	if r.URL.RawQuery != "" {
		url += "?" + r.URL.RawQuery
	}
	started := false
	writer := http.NewResponseController(w)
	err = s.backend.CallResource(r.Context(), &backend.CallResourceRequest{
		PluginContext: plugin, Path: path, Method: r.Method, URL: url, Headers: headersForResource(r.Header), Body: body,
	}, func(part *backend.CallResourceResponse) error {
		if !started {
			started = true
			writeResourceHeader(w, part)
		}
		if _, err := w.Write(part.Body); err != nil {
			return err
		}
		return writer.Flush() // a part is for now: progress, say
	})
	if err != nil && !started {
		s.writeBackendError(w, r, err)
	}
}

// headersForResource leaves out what concerns the way from the browser to here only.
func headersForResource(header http.Header) map[string][]string {
	forwarded := header.Clone()
	for _, name := range []string{"Cookie", "Authorization", "Connection", "Origin", "Accept-Encoding", "Content-Length"} {
		forwarded.Del(name)
	}
	return forwarded
}

func writeResourceHeader(w http.ResponseWriter, part *backend.CallResourceResponse) {
	for name, values := range part.Headers {
		for _, value := range values {
			w.Header().Add(name, value)
		}
	}
	w.Header().Del("Set-Cookie")
	w.Header().Set("Content-Security-Policy", "sandbox") // as Grafana: an answer is never a page of this origin
	status := part.Status
	if status < 100 || status > 599 {
		status = http.StatusInternalServerError
	}
	w.WriteHeader(status)
}
