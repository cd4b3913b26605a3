package hostpage

import (
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/useragent"
	"github.com/grafana/grafana-plugin-sdk-go/config"
)

// GrafanaVersion is the version that the page claims towards the plugins: that of the @grafana packages it is made of.
const GrafanaVersion = "12.4.10"

// pluginContext is what Grafana sends along with every call to the backend: who asks, and about which datasource.
func (s *Server) pluginContext(ds Datasource) (backend.PluginContext, error) {
	settings, err := ds.instanceSettings()
	if err != nil {
		return backend.PluginContext{}, err
	}
	agent, err := useragent.New(GrafanaVersion, "linux", "amd64")
	if err != nil {
		return backend.PluginContext{}, err
	}
	version := ""
	if plugin := s.plugin(ds.Type); plugin != nil {
		version = plugin.Version
	}
	return backend.PluginContext{
		Namespace: "default", PluginID: ds.Type, PluginVersion: version,
		User:                       &backend.User{Login: userLogin, Name: userLogin, Role: "Admin"},
		DataSourceInstanceSettings: settings,
		GrafanaConfig:              config.NewGrafanaCfg(map[string]string{config.AppURL: s.appURL}),
		UserAgent:                  agent,
	}, nil
}

// Headers of a browser's query that Grafana hands on to a datasource's backend.
var forwardedHeaders = []string{
	"X-Dashboard-Uid", "X-Dashboard-Title", "X-Datasource-Uid", "X-Panel-Id", "X-Panel-Title", "X-Panel-Plugin-Id",
	"X-Query-Group-Id", "X-Cache-Skip", "X-Grafana-From-Expr",
}

func headersForBackend(header http.Header) map[string]string {
	forwarded := map[string]string{}
	for _, name := range forwardedHeaders {
		if value := header.Get(name); value != "" {
			forwarded["http_"+name] = value
		}
	}
	return forwarded
}
