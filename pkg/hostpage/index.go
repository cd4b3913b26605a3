package hostpage

import (
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// The page is one script and one style sheet, below the folder of the built page.
const (
	pageScript = "host.js"
	pageStyle  = "host.css"
)

//go:embed index.html
var indexSource string

var indexTemplate = template.Must(template.New("index").Parse(indexSource))

// A choice of the page that a query parameter makes and a cookie remembers.
type choice struct {
	parameter string
	allowed   []string // the first one is the default
}

var (
	themeChoice    = choice{"theme", []string{"dark", "light"}}
	languageChoice = choice{"lang", []string{"en-US", "de-DE"}}
)

func (c choice) of(w http.ResponseWriter, r *http.Request) string {
	name := "flamewatch_" + c.parameter
	if wanted := r.URL.Query().Get(c.parameter); slices.Contains(c.allowed, wanted) {
		http.SetCookie(w, &http.Cookie{
			Name: name, Value: wanted, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		return wanted
	}
	if cookie, err := r.Cookie(name); err == nil && slices.Contains(c.allowed, cookie.Value) {
		return cookie.Value
	}
	return c.allowed[0]
}

// contentSecurityPolicy is the one that Grafana recommends, without addresses elsewhere.
func contentSecurityPolicy(nonce string) string {
	return strings.Join([]string{
		"script-src 'self' 'unsafe-eval' 'strict-dynamic' 'nonce-" + nonce + "'",
		"object-src 'none'", "font-src 'self' data:", "style-src 'self' 'unsafe-inline' blob:",
		"img-src 'self' data: blob:", "base-uri 'self'", "connect-src 'self'", "worker-src 'self' blob:",
		"manifest-src 'self'", "media-src 'none'", "form-action 'self'", "frame-ancestors 'none'",
	}, "; ")
}

// handleIndex answers every address that is not a file or a call: the page's script decides what to show there.
func (s *Server) handleIndex(w http.ResponseWriter, r *http.Request) {
	theme, language := themeChoice.of(w, r), languageChoice.of(w, r)
	boot, err := json.Marshal(map[string]any{
		"user": bootUser(theme, language), "settings": s.frontendSettings(), "navTree": s.navTree(),
		"assets": map[string]string{"light": "", "dark": ""},
	})
	if err != nil {
		writeError(w, http.StatusInternalServerError, err.Error())
		return
	}
	nonce := rand.Text()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", contentSecurityPolicy(nonce))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	err = indexTemplate.Execute(w, map[string]any{
		"Nonce": nonce, "Boot": json.RawMessage(boot), "Theme": theme, "Language": language, "Script": pageScript, "Style": pageStyle,
	})
	if err != nil {
		s.logger.Warn("the page was not written whole", "error", err)
	}
}
