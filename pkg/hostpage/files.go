package hostpage

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// handlePluginFile serves a plugin's files where Grafana does: below public/plugins/<its own id>/. Binaries and
// anything outside the plugin's folder are not served.
func (s *Server) handlePluginFile(w http.ResponseWriter, r *http.Request) {
	plugin := s.plugin(r.PathValue("id"))
	if plugin == nil {
		writeError(w, http.StatusNotFound, "Plugin not found")
		return
	}
	name := path.Clean(r.PathValue("path"))
	if plugin.Executable != "" && strings.HasPrefix(path.Base(name), plugin.Executable) {
		writeError(w, http.StatusNotFound, "Plugin file not found")
		return
	}
	serveFileBelow(w, r, plugin.Dir, name)
}

func (s *Server) handlePageFile(w http.ResponseWriter, r *http.Request) {
	serveFileBelow(w, r, s.page, r.PathValue("path"))
}

func (s *Server) handleFont(w http.ResponseWriter, r *http.Request) {
	serveFileBelow(w, r, s.page, path.Join("fonts", r.PathValue("path")))
}

// serveFileBelow serves one regular file of dir; links that lead out of dir are not followed.
func serveFileBelow(w http.ResponseWriter, r *http.Request, dir, name string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		writeError(w, http.StatusInternalServerError, "The folder of these files is gone: "+err.Error())
		return
	}
	defer func() { _ = root.Close() }()
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		status := http.StatusNotFound
		if errors.Is(err, fs.ErrPermission) {
			status = http.StatusForbidden
		}
		writeError(w, status, "File not found")
		return
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		writeError(w, http.StatusNotFound, "File not found")
		return
	}
	w.Header().Set("Cache-Control", "no-cache") // a rebuilt file is seen at the next look
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, info.Name(), info.ModTime(), file)
}
