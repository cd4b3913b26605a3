package compose

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

func load(t *testing.T, content []byte) (*types.Project, error) {
	t.Helper()
	return loader.LoadWithContext(context.Background(), types.ConfigDetails{
		WorkingDir:  "../..",
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yaml", Content: content}},
		Environment: types.Mapping{},
	})
}

func TestCompositionFollowsTheSpecification(t *testing.T) {
	content, err := os.ReadFile("../../docker-compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	project, err := load(t, content)
	if err != nil {
		t.Fatal(err)
	}
	for name, service := range project.Services {
		if service.HealthCheck == nil || service.HealthCheck.Disable || len(service.HealthCheck.Test) < 2 {
			t.Errorf("%s has no health check", name)
		}
		if strings.HasSuffix(service.Image, ":latest") || service.Image != "" && !strings.Contains(service.Image, ":") {
			t.Errorf("%s runs whatever is latest: %s", name, service.Image)
		}
	}
	if len(project.Services) < 6 {
		t.Errorf("only %d services", len(project.Services))
	}
	// A slip of the pen is found.
	if _, err := load(t, []byte(strings.Replace(string(content), "healthcheck:", "health_check:", 1))); err == nil {
		t.Error("a key that the specification does not have is let through")
	}
}
