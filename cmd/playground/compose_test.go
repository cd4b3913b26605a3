package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// composeFile is what is checked of docker-compose.yaml.
type composeFile struct {
	Services map[string]composeService
	Volumes  map[string]any
}

type composeService struct {
	Image string
	Build *struct{ Context, Dockerfile string }

	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Command     []string
	Ports       []string
	Environment map[string]string
	Volumes     []string
	Healthcheck struct {
		Test              []string
		Interval, Timeout string
		Retries           int
	}
}

func compose(t *testing.T) composeFile {
	t.Helper()
	var c composeFile
	readYAML(t, "docker-compose.yaml", &c)
	if len(c.Services) < 4 {
		t.Fatalf("docker-compose.yaml has only %d services", len(c.Services))
	}
	return c
}

// pinned is an image with a whole version, such as grafana/grafana:13.0.1.
var pinned = regexp.MustCompile(`^[a-z0-9./-]+:v?\d+\.\d+\.\d+$`)

func TestImagesArePinned(t *testing.T) {
	for name, service := range compose(t).Services {
		switch {
		case service.Build == nil && !pinned.MatchString(service.Image):
			t.Errorf("%s: the image %q has no whole version", name, service.Image)
		case service.Build != nil && !exists(service.Build.Dockerfile):
			t.Errorf("%s: there is no %s", name, service.Build.Dockerfile)
		}
	}
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(string(read(t, "cmd/Dockerfile")), -1)
	if len(stages) != 2 {
		t.Errorf("cmd/Dockerfile has %d stages", len(stages))
	}
	for _, stage := range stages {
		if !pinned.MatchString(stage[1]) {
			t.Errorf("cmd/Dockerfile: the image %q has no whole version", stage[1])
		}
	}
}

func TestServicesWaitForEachOther(t *testing.T) {
	c := compose(t)
	for name, service := range c.Services {
		if h := service.Healthcheck; len(h.Test) < 2 || h.Test[0] != "CMD" || h.Interval == "" || h.Timeout == "" || h.Retries == 0 {
			t.Errorf("%s has no whole health check: %+v", name, h)
		}
		for other, on := range service.DependsOn {
			if _, ok := c.Services[other]; !ok || on.Condition != "service_healthy" {
				t.Errorf("%s depends on %s (%s), which is no service that can be healthy", name, other, on.Condition)
			}
		}
		// Whoever names a service must wait for it.
		for _, text := range append(values(service.Environment), service.Command...) {
			for _, host := range regexp.MustCompile(`http://([a-z][a-z-]+)[:/]`).FindAllStringSubmatch(text, -1) {
				if _, waits := service.DependsOn[host[1]]; !waits {
					t.Errorf("%s asks %s and does not wait for it", name, host[1])
				}
			}
		}
	}
}

func values(m map[string]string) (all []string) {
	for _, value := range m {
		all = append(all, value)
	}
	return all
}

func TestMountedPathsExist(t *testing.T) {
	for name, service := range compose(t).Services {
		for _, volume := range service.Volumes {
			from, to, _ := strings.Cut(volume, ":")
			if !strings.HasPrefix(from, "./") || !strings.HasPrefix(to, "/") || !strings.HasSuffix(to, ":ro") {
				t.Errorf("%s mounts %s: a path of the project, read-only, is expected", name, volume)
			}
			if from != "./dist" && !exists(from) { // dist/ is built
				t.Errorf("%s mounts %s, which is not there", name, from)
			}
		}
		for _, port := range service.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s listens on %s: nobody logs in, so it is for this machine only", name, port)
			}
		}
	}
}

func TestGrafanaIsToldWhatItNeeds(t *testing.T) {
	grafana := compose(t).Services["grafana"]
	ids := plugins(t)
	unsigned := strings.Split(grafana.Environment["GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS"], ",")
	if !slices.Equal(unsigned, ids[:]) {
		t.Errorf("unsigned plugins that may be loaded: %v, want %v", unsigned, ids)
	}
	for _, name := range variables(t) {
		if grafana.Environment[name] == "" {
			t.Errorf("provisioning/ needs %s, which is not set", name)
		}
	}
	for _, want := range []string{
		"./dist:/var/lib/grafana/plugins/" + ids[0] + ":ro",
		"./provisioning:/etc/grafana/provisioning:ro",
		"./src/dashboards:" + grafana.Environment["FLAMEWATCH_DASHBOARDS"] + ":ro",
	} {
		if !slices.Contains(grafana.Volumes, want) {
			t.Errorf("%s is not mounted: %v", want, grafana.Volumes)
		}
	}
}

// TestDemosAreBuilt holds the commands to the programs that the Dockerfile builds, and what the Dockerfile copies to
// what is there and not ignored.
func TestDemosAreBuilt(t *testing.T) {
	dockerfile, ignored := string(read(t, "cmd/Dockerfile")), string(read(t, "cmd/Dockerfile.dockerignore"))
	demos := 0
	for name, service := range compose(t).Services {
		if service.Build == nil {
			continue
		}
		demos++
		program := "./cmd/" + service.Command[0]
		if !exists(program+"/main.go") || !strings.Contains(dockerfile, program) {
			t.Errorf("%s runs %s, which the Dockerfile does not build", name, program)
		}
	}
	if demos < 3 {
		t.Errorf("only %d demo services", demos)
	}
	for _, line := range regexp.MustCompile(`(?m)^COPY ([^-].*) \S+$`).FindAllStringSubmatch(dockerfile, -1) {
		for _, path := range strings.Fields(line[1]) {
			if !exists(path) || !strings.Contains(ignored, "\n!"+path+"\n") {
				t.Errorf("the Dockerfile copies %s, which is not there or ignored", path)
			}
		}
	}
}

// TestAlloyKnowsTheServices holds the addresses in Alloy's configuration to the services.
func TestAlloyKnowsTheServices(t *testing.T) {
	c := compose(t)
	alloy := c.Services["alloy"]
	hosts := regexp.MustCompile(`"(?:http://)?([a-z][a-z-]+):(\d+)"`).FindAllStringSubmatch(string(read(t, "provisioning/alloy/config.alloy")), -1)
	if len(hosts) != 2 {
		t.Fatalf("found %v", hosts)
	}
	for _, host := range hosts {
		if _, waits := alloy.DependsOn[host[1]]; !waits {
			t.Errorf("Alloy asks %s and does not wait for it", host[1])
		}
		asked := slices.ContainsFunc(c.Services[host[1]].Healthcheck.Test, func(s string) bool { return strings.Contains(s, ":"+host[2]) || s == "ready" })
		if !asked {
			t.Errorf("Alloy asks %s at %s, where its health check does not", host[1], host[2])
		}
	}
}
