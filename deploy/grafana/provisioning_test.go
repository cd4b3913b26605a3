package grafana

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
	corev1 "k8s.io/api/core/v1"
	sigsyaml "sigs.k8s.io/yaml"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// kustomization is what is read of kustomization.yaml; other keys are an error.
type kustomization struct {
	APIVersion, Kind, Namespace string
	GeneratorOptions            struct {
		DisableNameSuffixHash bool `yaml:"disableNameSuffixHash"`
	} `yaml:"generatorOptions"`
	ConfigMapGenerator []struct {
		Name    string
		Files   []string
		Options struct{ Labels, Annotations map[string]string }
	} `yaml:"configMapGenerator"`
}

func readKustomization(t *testing.T) (k kustomization) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.ReplaceAll(read(t, "kustomization.yaml"), []byte("apiVersion:"), []byte("apiversion:"))))
	decoder.KnownFields(true)
	if err := decoder.Decode(&k); err != nil {
		t.Fatal(err)
	}
	return k
}

func TestConfigMapsHoldWhatTheAppShips(t *testing.T) {
	k := readKustomization(t)
	labels := map[string]string{}
	for _, configMap := range k.ConfigMapGenerator {
		size := 0
		for label, value := range configMap.Options.Labels {
			labels[configMap.Name] = label + "=" + value
		}
		for _, file := range configMap.Files {
			_, path, renamed := strings.Cut(file, "=")
			if !renamed {
				path = file
			}
			size += len(read(t, path))
		}
		if size > 250_000 {
			t.Errorf("%s has %d bytes; kubectl keeps what it applied in an annotation, which takes 262144", configMap.Name, size)
		}
		if configMap.Name == "flamewatch-dashboards" {
			shipped, err := filepath.Glob("../../src/dashboards/*.json")
			if err != nil || !slices.Equal(configMap.Files, shipped) {
				t.Errorf("the sidecar gets %v, the app ships %v", configMap.Files, shipped)
			}
			if configMap.Options.Annotations["grafana_folder"] != "Flamewatch" {
				t.Errorf("the dashboards are in no folder: %v", configMap.Options)
			}
		}
	}
	// The sidecars look for the labels that the maps have.
	var values struct {
		Sidecar map[string]struct{ Label, LabelValue string }
	}
	if err := sigsyaml.Unmarshal(read(t, "values.yaml"), &values); err != nil {
		t.Fatal(err)
	}
	for name, sidecar := range map[string]string{"flamewatch-dashboards": "dashboards", "flamewatch-datasources": "datasources", "flamewatch-alerting": "alerts", "flamewatch-app": "plugins"} {
		if want := values.Sidecar[sidecar].Label + "=" + values.Sidecar[sidecar].LabelValue; labels[name] != want {
			t.Errorf("%s has the label %s, its sidecar looks for %s", name, labels[name], want)
		}
	}
}

func TestValuesAreRead(t *testing.T) {
	known := strings.Fields(string(bytes.Join(slices.DeleteFunc(bytes.Split(read(t, "testdata/keys.txt"), []byte("\n")),
		func(line []byte) bool { return bytes.HasPrefix(line, []byte("#")) }), []byte("\n"))))
	var values map[string]any
	if err := yaml.Unmarshal(read(t, "values.yaml"), &values); err != nil {
		t.Fatal(err)
	}
	var walk func(any, string)
	walk = func(value any, path string) {
		object, ok := value.(map[string]any)
		if !ok {
			if !slices.Contains(known, path) {
				t.Errorf("nothing reads %s", path)
			}
			return
		}
		for key, inner := range object {
			walk(inner, strings.TrimPrefix(path+"/"+key, "/"))
		}
	}
	walk(values, "")

	var parts struct {
		Image                 struct{ Tag string }
		ExtraInitContainers   []corev1.Container
		ExtraContainerVolumes []corev1.Volume
		Ini                   struct{ Plugins map[string]string } `json:"grafana.ini"`
	}
	whole, err := sigsyaml.YAMLToJSON(read(t, "values.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(whole, &parts); err != nil {
		t.Fatal(err)
	}
	// What is passed on to Kubernetes as it is, read strictly.
	for _, key := range []string{"extraInitContainers", "extraContainerVolumes"} {
		part, err := json.Marshal(values[key])
		if err != nil {
			t.Fatal(err)
		}
		strict := json.NewDecoder(bytes.NewReader(part))
		strict.DisallowUnknownFields()
		into := map[string]any{"extraInitContainers": &parts.ExtraInitContainers, "extraContainerVolumes": &parts.ExtraContainerVolumes}[key]
		if err := strict.Decode(into); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if got := parts.ExtraInitContainers[0].Image; got != "grafana/grafana:"+parts.Image.Tag {
		t.Errorf("the init container is %s, Grafana %s", got, parts.Image.Tag)
	}
	for _, mount := range parts.ExtraInitContainers[0].VolumeMounts {
		if mount.Name != "storage" && mount.Name != parts.ExtraContainerVolumes[0].Name {
			t.Errorf("the init container mounts %s, which is no volume", mount.Name)
		}
	}
	script := string(read(t, "install-plugin.sh"))
	for _, variable := range parts.ExtraInitContainers[0].Env {
		if !strings.Contains(script, "${"+variable.Name+":?is not set}") {
			t.Errorf("the script does not ask for %s", variable.Name)
		}
	}
}

// datasources is a provisioning file as Grafana documents it; other keys are an error.
type datasources struct {
	APIVersion  int `yaml:"apiVersion"`
	Datasources []struct {
		Name, UID, Type, URL string
		Editable             bool
		JSONData             struct {
			MinStep          string `yaml:"minStep"`
			TracesToProfiles *struct {
				DatasourceUID string `yaml:"datasourceUid"`
				ProfileTypeID string `yaml:"profileTypeId"`
				Tags          []struct{ Key, Value string }
			} `yaml:"tracesToProfiles"`
		} `yaml:"jsonData"`
	}
}

func TestSpansLeadToProfiles(t *testing.T) {
	var file datasources
	decoder := yaml.NewDecoder(bytes.NewReader(read(t, "datasources.yaml")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.APIVersion != 1 || len(file.Datasources) != 2 {
		t.Fatalf("%+v", file)
	}
	profiles, traces := file.Datasources[0], file.Datasources[1]
	var plugin struct{ ID string }
	if err := json.Unmarshal(read(t, "../../src/datasource/plugin.json"), &plugin); err != nil {
		t.Fatal(err)
	}
	link := traces.JSONData.TracesToProfiles
	if profiles.Type != plugin.ID || traces.Type != "tempo" || link == nil || link.DatasourceUID != profiles.UID || strings.Count(link.ProfileTypeID, ":") != 4 {
		t.Errorf("%+v", file)
	}
	// The labels are those that Alloy gives to profiles.
	alloy := string(read(t, "../alloy/pull.alloy"))
	for _, tag := range link.Tags {
		if tag.Key == "" || !strings.Contains(alloy, `= "`+tag.Value+`"`) {
			t.Errorf("no profile has the label %s", tag.Value)
		}
	}
}
