package compose

import (
	"log/slog"
	"testing"

	"github.com/prometheus/prometheus/config"
)

func TestPrometheusTakesItsConfiguration(t *testing.T) {
	parsed, err := config.Load(read(t, "provisioning/prometheus/prometheus.yml"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	scrapes, err := parsed.GetScrapeConfigs()
	if err != nil || len(scrapes) != 1 {
		t.Fatalf("%+v: %v", scrapes, err)
	}
}
