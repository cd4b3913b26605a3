package hostpage

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Plugin is one built plugin: the app at the root of dist, or a nested one below it.
type Plugin struct {
	ID         string
	Type       string // app, datasource or panel
	Name       string
	Version    string
	Executable string // of the backend, without platform; empty when there is none
	Dir        string // where its files are
	Languages  []string
	Includes   []Include

	manifest map[string]any // plugin.json as it is
}

// Include is what an app's plugin.json says it brings along: pages, dashboards, nested plugins.
type Include struct {
	Type       string `json:"type"`
	Name       string `json:"name"`
	Path       string `json:"path"`
	AddToNav   bool   `json:"addToNav"`
	DefaultNav bool   `json:"defaultNav"`
}

// PublicPath is the address below which Grafana serves the plugin's files, without a leading slash.
func (p *Plugin) PublicPath() string { return "public/plugins/" + p.ID }

// LoadPlugins reads plugin.json of the app in dist and of the plugins nested one folder below it; the app comes first.
func LoadPlugins(dist string) ([]*Plugin, error) {
	app, err := readPlugin(dist)
	if err != nil {
		return nil, fmt.Errorf("%s holds no built plugin (%w); build it with `npm run build`", dist, err)
	}
	plugins := []*Plugin{app}
	nested, err := filepath.Glob(filepath.Join(dist, "*", "plugin.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range nested {
		plugin, err := readPlugin(filepath.Dir(file))
		if err != nil {
			return nil, err
		}
		plugins = append(plugins, plugin)
	}
	return plugins, nil
}

func readPlugin(dir string) (*Plugin, error) {
	file := filepath.Join(dir, "plugin.json")
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var manifest struct {
		ID         string    `json:"id"`
		Type       string    `json:"type"`
		Name       string    `json:"name"`
		Executable string    `json:"executable"`
		Languages  []string  `json:"languages"`
		Includes   []Include `json:"includes"`
		Info       struct {
			Version string `json:"version"`
		} `json:"info"`
	}
	var whole map[string]any
	for _, target := range []any{&manifest, &whole} {
		if err := json.Unmarshal(content, target); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if manifest.ID == "" || manifest.Type == "" {
		return nil, fmt.Errorf("%s names no id or no type", file)
	}
	return &Plugin{
		ID: manifest.ID, Type: manifest.Type, Name: manifest.Name, Version: manifest.Info.Version,
		Executable: manifest.Executable, Dir: dir, Languages: manifest.Languages, Includes: manifest.Includes,
		manifest: whole,
	}, nil
}

// frontendMeta is the plugin as Grafana describes it to the browser.
func (p *Plugin) frontendMeta() map[string]any {
	meta := map[string]any{}
	for key, value := range p.manifest {
		meta[key] = value
	}
	meta["module"] = p.PublicPath() + "/module.js"
	meta["baseUrl"] = p.PublicPath()
	meta["signature"] = "unsigned"
	meta["loadingStrategy"] = "fetch"
	meta["angular"] = map[string]any{"detected": false, "hideDeprecation": false}
	meta["translations"] = p.translations()
	if info, ok := meta["info"].(map[string]any); ok {
		meta["info"] = p.withPublicLogos(info)
	}
	return meta
}

// translations are the addresses of the plugin's own texts, by language.
func (p *Plugin) translations() map[string]string {
	files := make(map[string]string, len(p.Languages))
	for _, language := range p.Languages {
		files[language] = fmt.Sprintf("%s/locales/%s/%s.json", p.PublicPath(), language, p.ID)
	}
	return files
}

func (p *Plugin) withPublicLogos(info map[string]any) map[string]any {
	copied := map[string]any{}
	for key, value := range info {
		copied[key] = value
	}
	if logos, ok := info["logos"].(map[string]any); ok {
		public := map[string]any{}
		for size, path := range logos {
			public[size] = fmt.Sprintf("%s/%v", p.PublicPath(), path)
		}
		copied["logos"] = public
	}
	return copied
}
