package grafana

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	sigsyaml "sigs.k8s.io/yaml"
)

// chartValues is what is read of values.yaml here.
type chartValues struct {
	Ini struct {
		Plugins struct {
			Unsigned string `json:"allow_loading_unsigned_plugins"`
		}
	} `json:"grafana.ini"`
	Persistence struct{ Enabled bool }
	Sidecar     map[string]struct {
		Enabled          bool
		FolderAnnotation string
		InitDatasources  bool
		Provider         struct{ FoldersFromFilesStructure bool }
	}
	ExtraInitContainers   []corev1.Container
	ExtraContainerVolumes []corev1.Volume
}

func readValues(t *testing.T) (values chartValues) {
	t.Helper()
	if err := sigsyaml.Unmarshal(read(t, "values.yaml"), &values); err != nil {
		t.Fatal(err)
	}
	return values
}

// TestSidecarsPickThemUp follows each config map to what takes it: a sidecar that runs, or a volume.
func TestSidecarsPickThemUp(t *testing.T) {
	k, values := readKustomization(t), readValues(t)
	if !k.GeneratorOptions.DisableNameSuffixHash {
		t.Error("the names of the config maps end in a hash, and the volume does not find its one")
	}
	for _, name := range []string{"dashboards", "datasources", "alerts", "plugins"} {
		if !values.Sidecar[name].Enabled {
			t.Errorf("no sidecar looks for %s", name)
		}
	}
	// The rules of the alerts ask them as soon as they are there.
	if !values.Sidecar["datasources"].InitDatasources {
		t.Error("the datasources come after Grafana has started")
	}
	dashboards := values.Sidecar["dashboards"]
	for _, configMap := range k.ConfigMapGenerator {
		if configMap.Name == "flamewatch-dashboards" && (configMap.Options.Annotations[dashboards.FolderAnnotation] == "" || !dashboards.Provider.FoldersFromFilesStructure) {
			t.Errorf("the sidecar takes the folder from %q, the config map has %v", dashboards.FolderAnnotation, configMap.Options.Annotations)
		}
	}
	docs := string(read(t, "../../docs/deployment.md"))
	chart := regexp.MustCompile(`helm upgrade --install grafana .* -n (\S+)`).FindStringSubmatch(docs)
	if header := regexp.MustCompile(`helm upgrade --install grafana .*`); string(header.Find(read(t, "values.yaml"))) != header.FindString(docs) {
		t.Error("docs/deployment.md installs another chart than values.yaml is for")
	}
	created := strings.Index(docs, "kubectl create namespace "+k.Namespace)
	if chart == nil || chart[1] != k.Namespace || created < 0 || created > strings.Index(docs, "kubectl kustomize") {
		t.Errorf("the config maps are for the namespace %s, which the docs do not make before them, or the chart is elsewhere: %v", k.Namespace, chart)
	}
}

// TestClusterGetsTheAlerts wants the rules that the app ships to be there, but for those of the demo, and to ask the
// datasource of this folder.
func TestClusterGetsTheAlerts(t *testing.T) {
	files, err := filepath.Glob("../../provisioning/alerting/*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("found %v: %v", files, err)
	}
	var got []string
	for _, configMap := range readKustomization(t).ConfigMapGenerator {
		if configMap.Name == "flamewatch-alerting" {
			for _, file := range configMap.Files {
				_, source, _ := strings.Cut(file, "=")
				got = append(got, source)
			}
		}
	}
	// Of the composition's Prometheus and its order service.
	want := slices.DeleteFunc(files, func(file string) bool { return filepath.Base(file) == "latency.yaml" })
	if !slices.Equal(got, want) {
		t.Errorf("Grafana in a cluster gets %v of %v", got, want)
	}
	for _, file := range got {
		for _, uid := range regexp.MustCompile(`datasourceUid: (\S+)`).FindAllSubmatch(read(t, file), -1) {
			if name := string(uid[1]); name != "__expr__" && !bytes.Contains(read(t, "datasources.yaml"), []byte("uid: "+name+"\n")) {
				t.Errorf("%s asks %s, which is no datasource here", file, name)
			}
		}
	}
}

// TestInitContainerFindsItsScript follows the init container: its script, where the app is put, and what may be loaded.
func TestInitContainerFindsItsScript(t *testing.T) {
	values := readValues(t)
	container, volume := values.ExtraInitContainers[0], values.ExtraContainerVolumes[0]
	script := container.Command[len(container.Command)-1]
	var files []string
	for _, configMap := range readKustomization(t).ConfigMapGenerator {
		if volume.ConfigMap != nil && configMap.Name == volume.ConfigMap.Name {
			files = configMap.Files
		}
	}
	if !slices.Contains(files, path.Base(script)) {
		t.Errorf("the volume has %v of %+v, and no %s", files, volume.ConfigMap, path.Base(script))
	}
	mounts := map[string]string{}
	for _, mount := range container.VolumeMounts {
		mounts[mount.Name] = mount.MountPath
	}
	if mounts[volume.Name] != path.Dir(script) {
		t.Errorf("%s is run, the script is in %s", script, mounts[volume.Name])
	}
	for _, variable := range container.Env {
		if variable.Name == "PLUGINS_FOLDER" && (variable.Value != mounts["storage"]+"/plugins" || !values.Persistence.Enabled) {
			t.Errorf("the app is put into %s; what stays is %v", variable.Value, mounts)
		}
	}
	var ids []string
	for _, plugin := range []string{"plugin.json", "datasource/plugin.json", "panel/plugin.json"} {
		content, err := os.ReadFile("../../src/" + plugin)
		if err != nil {
			t.Fatal(err)
		}
		var of struct{ ID string }
		if err := json.Unmarshal(content, &of); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, of.ID)
	}
	if values.Ini.Plugins.Unsigned != strings.Join(ids, ",") {
		t.Errorf("Grafana loads %s without a signature, the plugins are %v", values.Ini.Plugins.Unsigned, ids)
	}
}

// TestDatasourcesHaveAddresses holds the address of Pyroscope to the chart's components, and the type of the linked
// profiles to the playground's.
func TestDatasourcesHaveAddresses(t *testing.T) {
	source := string(read(t, "datasources.yaml"))
	address := regexp.MustCompile(`url: http://pyroscope-([a-z-]+)\.pyroscope\.svc:4040`).FindStringSubmatch(source)
	_, components, _ := strings.Cut(string(read(t, "../pyroscope/testdata/keys.txt")), "[components v2]\n")
	components, _, _ = strings.Cut(components, "\n[")
	if address == nil || address[1] != "query-frontend" || !slices.Contains(strings.Fields(components), address[1]) {
		t.Errorf("queries go to %v, and not to a component of %v that answers them", address, strings.Fields(components))
	}
	linked := regexp.MustCompile(`profileTypeId: (\S+)`)
	here, there := linked.FindString(source), linked.FindString(string(read(t, "../../provisioning/datasources/tempo.yaml")))
	if here == "" || here != there {
		t.Errorf("spans lead to %q here and to %q in the playground", here, there)
	}
}
