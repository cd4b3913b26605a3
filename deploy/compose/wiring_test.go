package compose

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
)

const root = "../.."

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func composition(t *testing.T) *types.Project {
	t.Helper()
	project, err := load(t, []byte(read(t, "docker-compose.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	return project
}

// TestImagesArePinned wants each image at a whole version: those of the services, and those that the demo is built from.
func TestImagesArePinned(t *testing.T) {
	pinned := regexp.MustCompile(`^[a-z0-9.-]+(/[a-z0-9.-]+)*:v?\d+\.\d+\.\d+$`)
	images := map[string]string{}
	for name, service := range composition(t).Services {
		if service.Build != nil {
			for _, from := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(read(t, service.Build.Dockerfile), -1) {
				images[from[1]] = service.Build.Dockerfile
			}
			continue
		}
		images[service.Image] = name
	}
	for image, user := range images {
		if !pinned.MatchString(image) {
			t.Errorf("%s has the image %q, which is no whole version", user, image)
		}
	}
	if len(images) < 7 {
		t.Errorf("only %v", images)
	}
}

// said is everything that a service is told: its environment, its command and the files that are mounted into it.
func said(t *testing.T, service types.ServiceConfig) string {
	t.Helper()
	all := strings.Join(service.Command, "\n")
	for _, value := range service.Environment {
		all += "\n" + *value
	}
	for _, volume := range service.Volumes {
		if info, err := os.Stat(volume.Source); err != nil || info.IsDir() {
			continue
		}
		content, err := os.ReadFile(volume.Source)
		if err != nil {
			t.Fatal(err)
		}
		all += "\n" + string(content)
	}
	return all
}

// TestServicesFindEachOther holds each host:port that a service is told to another service, to one that it waits for, and to
// one whose health is asked at a port that is known.
func TestServicesFindEachOther(t *testing.T) {
	project := composition(t)
	ports := map[string][]string{}
	for name, service := range project.Services {
		for _, found := range regexp.MustCompile(`\b([a-z][a-z-]+):(\d{4,5})\b`).FindAllStringSubmatch(said(t, service), -1) {
			host, port := found[1], found[2]
			if _, ok := project.Services[host]; !ok {
				t.Errorf("%s looks for %s, which is no service", name, found[0])
				continue
			}
			ports[host] = append(ports[host], port)
			waits, ok := service.DependsOn[host]
			if host != name && (!ok || waits.Condition != types.ServiceConditionHealthy) {
				t.Errorf("%s does not wait until %s is healthy", name, host)
			}
		}
	}
	if len(ports) < 5 {
		t.Errorf("only %v", ports)
	}
	for name, service := range project.Services {
		for _, published := range service.Ports {
			ports[name] = append(ports[name], published.Published)
			if published.HostIP != "127.0.0.1" {
				t.Errorf("%s can be reached from other machines: %+v", name, published)
			}
		}
		test := strings.Join(service.HealthCheck.Test, " ")
		for _, asked := range regexp.MustCompile(`127\.0\.0\.1[:/](\d+)`).FindAllStringSubmatch(test, -1) {
			if !slices.Contains(ports[name], asked[1]) && !strings.Contains(said(t, service), ":"+asked[1]) {
				t.Errorf("the health of %s is asked at %s, it is known at %v", name, asked[1], ports[name])
			}
		}
	}
}

// TestGrafanaIsProvisioned holds what Grafana is told to what provisioning/ asks for, to folders that are there, and to the
// ids of the plugins.
func TestGrafanaIsProvisioned(t *testing.T) {
	grafana := composition(t).Services["grafana"]
	asked := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(root, "provisioning", "*", "*.yaml"))
	if err != nil || len(files) < 5 {
		t.Fatalf("found %v: %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// $$ is a dollar sign, and comments ask for nothing.
		text := regexp.MustCompile(`(?m)^\s*#.*|\$\$`).ReplaceAllString(string(content), "")
		for _, variable := range regexp.MustCompile(`\$([A-Z][A-Z_]+)`).FindAllStringSubmatch(text, -1) {
			asked[variable[1]] = true
		}
	}
	mounted := map[string]bool{}
	for _, volume := range grafana.Volumes {
		mounted[volume.Target] = true
		// dist is built first.
		if _, err := os.Stat(volume.Source); err != nil && filepath.Base(volume.Source) != "dist" {
			t.Errorf("what is mounted to %s is not there: %v", volume.Target, err)
		}
	}
	for variable := range asked {
		value := grafana.Environment[variable]
		if value == nil {
			t.Errorf("provisioning/ asks for %s, which Grafana is not told", variable)
		} else if strings.HasPrefix(*value, "/") && !mounted[*value] {
			t.Errorf("%s is %s, where nothing is mounted", variable, *value)
		}
	}
	var ids []string
	for _, plugin := range []string{"src/plugin.json", "src/datasource/plugin.json", "src/panel/plugin.json"} {
		var of struct{ ID string }
		if err := json.Unmarshal([]byte(read(t, plugin)), &of); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, of.ID)
	}
	if unsigned := *grafana.Environment["GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS"]; unsigned != strings.Join(ids, ",") {
		t.Errorf("Grafana loads %s without a signature, the plugins are %v", unsigned, ids)
	}
	if !mounted["/var/lib/grafana/plugins/"+ids[0]] || !mounted["/etc/grafana/provisioning"] {
		t.Errorf("the app or its provisioning is not where Grafana looks: %v", mounted)
	}
	// Where the smoke test asks.
	if published := grafana.Ports[0]; !strings.Contains(read(t, "scripts/smoke.mjs"), "COMPOSE_URL = 'http://127.0.0.1:"+published.Published+"'") {
		t.Errorf("the smoke test does not ask Grafana at %s", published.Published)
	}
}

// TestDemoServicesKnowTheirFlags holds the commands of our own services to the flags that these define.
func TestDemoServicesKnowTheirFlags(t *testing.T) {
	commands := 0
	for name, service := range composition(t).Services {
		if service.Build == nil {
			continue
		}
		commands++
		source := read(t, filepath.Join("cmd", service.Command[0], "main.go"))
		for _, argument := range service.Command[1:] {
			if flag, ok := strings.CutPrefix(argument, "--"); ok && !strings.Contains(source, `"`+flag+`"`) {
				t.Errorf("%s: %s knows no flag %s", name, service.Command[0], argument)
			}
		}
		if !strings.Contains(read(t, service.Build.Dockerfile), "./cmd/"+service.Command[0]) {
			t.Errorf("%s: the image has no %s", name, service.Command[0])
		}
	}
	if commands != 3 {
		t.Errorf("%d services of our own", commands)
	}
}
