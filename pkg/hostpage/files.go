package hostpage

import (
	"errors"
	"io"
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

// plainIcon is drawn where @grafana/ui has no icon: Grafana's core has a few hundred that are not in the package.
const plainIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">` +
	`<circle cx="12" cy="12" r="6" fill="none" stroke="currentColor" stroke-width="2"/></svg>`

func (s *Server) handleIcon(w http.ResponseWriter, r *http.Request) {
	name := path.Join("img", "icons", r.PathValue("path"))
	_, err := fs.Stat(os.DirFS(s.page), name)
	if path.Ext(name) != ".svg" || !errors.Is(err, fs.ErrNotExist) {
		serveFileBelow(w, r, s.page, name)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = io.WriteString(w, plainIcon) // the reader may have gone
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
