package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// annotation is where the verdict is written back to, when that is asked for.
type annotation struct{ grafana, dashboard string }

const (
	grafanaToken    = "FLAMEWATCH_GRAFANA_TOKEN"
	annotateTimeout = 15 * time.Second
	// mostNoted is how many findings an annotation names.
	mostNoted = 5
)

func (a *annotation) flags(flags *flag.FlagSet) {
	flags.StringVar(&a.grafana, "grafana", "", "address of a Grafana to write the verdict to as an annotation; a token is taken from "+grafanaToken)
	flags.StringVar(&a.dashboard, "dashboard", "", "uid of the dashboard that gets the annotation; without it all dashboards that ask for its tags")
}

func (a *annotation) fault() error {
	if a.grafana == "" {
		if a.dashboard != "" {
			return errors.New("--dashboard needs --grafana")
		}
		return nil
	}
	address, err := url.Parse(a.grafana)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		return fmt.Errorf("--grafana is %q, where http://host:port is expected", a.grafana)
	}
	return nil
}

// write sends the verdict to Grafana's annotations, tagged so that a dashboard can ask for it.
func (a *annotation) write(ctx context.Context, v verdict) error {
	if a.grafana == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, annotateTimeout)
	defer cancel()
	body := map[string]any{"time": time.Now().UnixMilli(), "tags": v.tags(), "text": v.text()}
	if a.dashboard != "" {
		body["dashboardUID"] = a.dashboard
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(a.grafana, "/")+"/api/annotations", bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if token := os.Getenv(grafanaToken); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
	cure := ""
	if answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden {
		cure = "; " + grafanaToken + " must be the token of a service account that may write annotations (annotations:create)"
	}
	return fmt.Errorf("it was answered with %s: %s%s", answer.Status, strings.TrimSpace(string(said)), cure)
}

func (v verdict) tags() []string {
	tags := []string{"flamewatch", "deploy check", map[int]string{clean: "clean", found: "regression", couldNotSay: "could not tell"}[v.code()]}
	for _, report := range v.reports {
		tags = append(tags, report.name)
	}
	return tags
}

// text is the verdict for Grafana, which draws annotations as HTML.
func (v verdict) text() string {
	var lines []string
	for _, report := range v.reports {
		grown := report.regressed()
		lines = append(lines, fmt.Sprintf("%s: %d functions regressed", report.name, len(grown)))
		for _, finding := range grown[:min(len(grown), mostNoted)] {
			lines = append(lines, sentence(finding))
		}
		if doubt := report.doubt(); doubt != "" {
			lines = append(lines, doubt)
		}
	}
	return html.EscapeString(strings.Join(append(lines, v.notices...), "\n"))
}
