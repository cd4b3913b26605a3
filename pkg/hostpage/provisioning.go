package hostpage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"
)

// ProvisionedDatasource is one entry of a file in provisioning/datasources, in Grafana's format.
type ProvisionedDatasource struct {
	Name            string            `yaml:"name"`
	Type            string            `yaml:"type"`
	UID             string            `yaml:"uid"`
	URL             string            `yaml:"url"`
	User            string            `yaml:"user"`
	BasicAuth       bool              `yaml:"basicAuth"`
	BasicAuthUser   string            `yaml:"basicAuthUser"`
	WithCredentials bool              `yaml:"withCredentials"`
	IsDefault       bool              `yaml:"isDefault"`
	JSONData        map[string]any    `yaml:"jsonData"`
	SecureJSONData  map[string]string `yaml:"secureJsonData"`
}

// ProvisionedApp is one entry of a file in provisioning/plugins, in Grafana's format.
type ProvisionedApp struct {
	Type           string            `yaml:"type"`
	Disabled       bool              `yaml:"disabled"`
	JSONData       map[string]any    `yaml:"jsonData"`
	SecureJSONData map[string]string `yaml:"secureJsonData"`
}

// Provisioning is what the page reads of a Grafana provisioning folder; dashboards come from the app's plugin.json.
type Provisioning struct {
	Datasources []ProvisionedDatasource
	Apps        []ProvisionedApp
}

// ReadProvisioning reads datasources/*.yaml and plugins/*.yaml below dir. Strings are expanded by lookup as Grafana
// expands them from the environment: $NAME and ${NAME}; $$ is a dollar sign.
func ReadProvisioning(dir string, lookup func(name string) string) (Provisioning, error) {
	var all Provisioning
	err := eachYAML(filepath.Join(dir, "datasources"), lookup, func(node *yaml.Node) error {
		var file struct {
			Datasources []ProvisionedDatasource `yaml:"datasources"`
		}
		err := node.Decode(&file)
		all.Datasources = append(all.Datasources, file.Datasources...)
		return err
	})
	if err != nil {
		return Provisioning{}, err
	}
	err = eachYAML(filepath.Join(dir, "plugins"), lookup, func(node *yaml.Node) error {
		var file struct {
			Apps []ProvisionedApp `yaml:"apps"`
		}
		err := node.Decode(&file)
		all.Apps = append(all.Apps, file.Apps...)
		return err
	})
	if err != nil {
		return Provisioning{}, err
	}
	return all, nil
}

func eachYAML(dir string, lookup func(string) string, read func(*yaml.Node) error) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if extension := filepath.Ext(entry.Name()); extension != ".yaml" && extension != ".yml" {
			continue
		}
		file := filepath.Join(dir, entry.Name())
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var document yaml.Node
		if err := yaml.Unmarshal(content, &document); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := expandScalars(&document, lookup); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if document.IsZero() {
			continue
		}
		if err := read(&document); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func expandScalars(node *yaml.Node, lookup func(string) string) error {
	if node.Kind == yaml.ScalarNode && strings.Contains(node.Value, "$") {
		if strings.Contains(node.Value, "$__env{") || strings.Contains(node.Value, "$__file{") {
			return fmt.Errorf("line %d: $__env{} and $__file{} are expanded by Grafana only; write $NAME here", node.Line)
		}
		node.Value = os.Expand(node.Value, func(name string) string {
			if name == "$" {
				return "$"
			}
			return lookup(name)
		})
		if node.Style == 0 {
			node.Tag = "" // what stands there now decides whether it is a string, a number or a truth value
		}
	}
	for _, child := range node.Content {
		if err := expandScalars(child, lookup); err != nil {
			return err
		}
	}
	return nil
}
