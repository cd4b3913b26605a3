package hostpage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	userLogin = "admin"
	// shutdownGrace is how long running requests may take after the server was told to stop.
	shutdownGrace = 3 * time.Second
)

// Options say what to serve.
type Options struct {
	Dist         string // folder of the built app plugin
	Page         string // folder of the built page
	Provisioning string // Grafana provisioning folder
	// Lookup expands $NAME in provisioning; nil means the environment.
	Lookup func(name string) string
	Logger *slog.Logger
	// BackendLogs receives what the plugin's backend logs; nil means standard error.
	BackendLogs io.Writer
}

// Server answers for the page. Close it to end the plugin's backend.
type Server struct {
	page        string
	appURL      string
	plugins     []*Plugin
	app         *Plugin
	datasources *Datasources
	settings    *appSettings
	dashboards  []Dashboard
	backend     *Backend
	spans       *heldSpans
	userStorage userStorage
	logger      *slog.Logger
	handler     http.Handler
}

// New reads plugins, provisioning and dashboards; the plugin's backend starts with the first call to it.
func New(options Options) (*Server, error) {
	if options.Lookup == nil {
		options.Lookup = os.Getenv
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.BackendLogs == nil {
		options.BackendLogs = os.Stderr
	}
	if _, err := os.Stat(filepath.Join(options.Page, pageScript)); err != nil {
		return nil, fmt.Errorf("there is no built page in %s; build it with `npm run build`", options.Page)
	}
	plugins, err := LoadPlugins(options.Dist)
	if err != nil {
		return nil, err
	}
	provisioning, err := ReadProvisioning(options.Provisioning, options.Lookup)
	if err != nil {
		return nil, err
	}
	datasources, unknown, err := NewDatasources(provisioning.Datasources, plugins)
	if err != nil {
		return nil, err
	}
	if len(unknown) > 0 {
		options.Logger.Info("the page has no plugin for some provisioned datasources", "names", strings.Join(unknown, ", "))
	}
	dashboards, err := LoadDashboards(plugins[0])
	if err != nil {
		return nil, err
	}
	withBackend := slices.IndexFunc(plugins, func(p *Plugin) bool { return p.Executable != "" })
	if withBackend < 0 {
		return nil, errors.New("none of the built plugins has a backend")
	}
	executable := filepath.Join(plugins[withBackend].Dir, ExecutableName(plugins[withBackend].Executable))
	process, err := NewBackend(executable, options.BackendLogs)
	if err != nil {
		return nil, err
	}

	server := &Server{
		page: options.Page, plugins: plugins, app: plugins[0], datasources: datasources,
		settings: newAppSettings(plugins[0].ID, provisioning.Apps), dashboards: dashboards,
		backend: process, spans: &heldSpans{}, userStorage: userStorage{kept: map[string]map[string]string{}},
		logger: options.Logger,
	}
	server.handler = server.routes()
	return server, nil
}

// Close ends the plugin's backend.
func (s *Server) Close() { s.backend.Close() }

// ServeHTTP answers a request that reaches a loopback address under its own name. A page elsewhere cannot have a
// browser ask in its place: another Host (DNS rebinding) and another Origin are refused.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !isLoopback(r.Host) {
		writeError(w, http.StatusForbidden, "This page is served to the machine it runs on only; open it as http://localhost.")
		return
	}
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		writeError(w, http.StatusForbidden, "A page of another origin asked; this server answers its own page only.")
		return
	}
	s.handler.ServeHTTP(w, r)
}

func isLoopback(hostPort string) bool {
	host := hostPort
	if name, _, err := net.SplitHostPort(hostPort); err == nil {
		host = name
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// Serve answers on the listener until the context ends, then lets running requests finish for a moment.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	s.appURL = "http://" + listener.Addr().String() + "/"
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}

func (s *Server) plugin(id string) *Plugin {
	at := slices.IndexFunc(s.plugins, func(p *Plugin) bool { return p.ID == id })
	if at < 0 {
		return nil
	}
	return s.plugins[at]
}
