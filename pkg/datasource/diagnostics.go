package datasource

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/build/buildinfo"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// diagnosis is what a bug report needs to know. It holds no address, no name, no tenant, no label and no secret, so that it
// can be sent as it is.
type diagnosis struct {
	Plugin   pluginState         `json:"plugin"`
	Server   pyroscope.BuildInfo `json:"server"`
	Calls    []probedCall        `json:"calls"`
	Settings settingsShown       `json:"settings"`
	// Metrics are the backend's own, by name and labels.
	Metrics map[string]float64 `json:"metrics"`
}

type pluginState struct {
	Version string `json:"version"`
	Built   string `json:"built"`
	Go      string `json:"go"`
	System  string `json:"system"`
	Grafana string `json:"grafana"`
	// Goroutines and HeapBytes are of the whole backend process.
	Goroutines int    `json:"goroutines"`
	HeapBytes  uint64 `json:"heapBytes"`
}

// probedCall says whether the server knows a call, and how long it took.
type probedCall struct {
	Name    string `json:"name"`
	Outcome string `json:"outcome"` // ok, or a class of fault
	// Problem is the sentence of a fault.
	Problem  string `json:"problem,omitempty"`
	Duration int64  `json:"durationMs"`
}

type settingsShown struct {
	MinStep        string  `json:"minStep"`
	HasTenant      bool    `json:"hasTenant"`
	MaxNodes       int64   `json:"maxNodes"`
	ResponseLimit  int64   `json:"responseLimitBytes"`
	IngestDelay    string  `json:"ingestDelay"`
	InstanceLabel  bool    `json:"hasInstanceLabel"`
	CPUCoverage    float64 `json:"cpuCoverage"`
	Concurrency    int     `json:"concurrency"`
	Timeout        string  `json:"timeout"`
	HasTraces      bool    `json:"hasTraces"`
	CaptureTargets bool    `json:"hasCaptureTargets"`
	QueryLength    string  `json:"queryLengthLearnt"`
}

// probeTime bounds a probe: a server that takes longer is slow, which is an answer too.
const probeTime = 10 * time.Second

// diagnose tries the calls on the last quarter of an hour.
func (d *Datasource) diagnose(ctx context.Context, req *backend.CallResourceRequest) (diagnosis, error) {
	answer := diagnosis{Plugin: pluginOf(req.PluginContext), Settings: d.settingsShown()}
	end := d.now().UnixMilli()
	span := pyroscope.Range{Start: end - (15 * time.Minute).Milliseconds(), End: end}
	// A type that every server understands, and a selector that matches nothing, so that no probe is dear.
	nothing, err := pyroscope.ParseSelector(`{service_name="flamewatch-diagnostics"}`)
	if err != nil {
		return diagnosis{}, err
	}
	const probed = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"
	probes := []struct {
		name string
		run  func(context.Context) error
	}{
		{"BuildInfo", func(ctx context.Context) error {
			build, err := d.client.BuildInfo(ctx)
			answer.Server = d.plainVersion(build)
			return err
		}},
		{"ProfileTypes", func(ctx context.Context) error { _, err := d.client.ProfileTypes(ctx, span); return err }},
		{"LabelNames", func(ctx context.Context) error { _, err := d.client.LabelNames(ctx, span, nothing); return err }},
		{"LabelValues", func(ctx context.Context) error {
			_, err := d.client.LabelValues(ctx, span, nothing, serviceLabel)
			return err
		}},
		{"Series", func(ctx context.Context) error {
			_, err := d.client.LabelSets(ctx, span, nothing, serviceLabel)
			return err
		}},
		{"SelectSeries", func(ctx context.Context) error {
			_, err := d.client.SelectSeries(ctx, pyroscope.SeriesQuery{Type: probed, Selector: nothing, Range: span, Step: time.Minute})
			return err
		}},
		{"SelectMergeStacktraces", func(ctx context.Context) error {
			_, err := d.client.Tree(ctx, pyroscope.TreeQuery{Type: probed, Selector: nothing, Range: span, MaxNodes: 1})
			return err
		}},
		{"GetProfileStats", func(ctx context.Context) error { _, _, err := d.client.Stored(ctx); return err }},
	}
	answer.Calls = make([]probedCall, len(probes))
	err = sideBySide(ctx, len(probes), func(ctx context.Context, i int) error {
		ctx, cancel := context.WithTimeout(ctx, probeTime)
		defer cancel()
		begun := time.Now()
		err := probes[i].run(ctx)
		answer.Calls[i] = probedCall{Name: probes[i].name, Outcome: pyroscope.Outcome(err), Duration: time.Since(begun).Milliseconds()}
		if err != nil {
			answer.Calls[i].Problem = d.withoutNames(err.Error())
		}
		return nil
	})
	answer.Metrics = ownMetrics()
	return answer, err
}

func pluginOf(who backend.PluginContext) pluginState {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	state := pluginState{Version: who.PluginVersion, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
		Goroutines: runtime.NumGoroutine(), HeapBytes: memory.HeapAlloc}
	if info, err := buildinfo.GetBuildInfo(); err == nil && info.Time > 0 {
		state.Built = time.UnixMilli(info.Time).UTC().Format(time.RFC3339)
	}
	if agent := who.UserAgent; agent != nil {
		state.Grafana = agent.GrafanaVersion()
	}
	return state
}

func (d *Datasource) settingsShown() settingsShown {
	s := d.settings
	return settingsShown{
		MinStep: s.MinStep.String(), HasTenant: s.Tenant != "", MaxNodes: s.MaxNodes, ResponseLimit: s.ResponseLimit,
		IngestDelay: s.IngestDelay.String(), InstanceLabel: s.InstanceLabel != "", CPUCoverage: s.CPUCoverage, Concurrency: s.Concurrency,
		Timeout: s.Timeout.String(), HasTraces: s.TracesUID != "", CaptureTargets: len(s.CaptureTargets) > 0, QueryLength: d.queryLength().String(),
	}
}

// ownMetrics are the sums of the backend's own metrics: counters, and how many observations histograms have.
func ownMetrics() map[string]float64 {
	values := map[string]float64{}
	families, err := prometheus.DefaultGatherer.Gather()
	if err != nil {
		return values // of a broken collector of somebody else; ours are not worth failing for
	}
	for _, family := range families {
		if !strings.HasPrefix(family.GetName(), "flamewatch_") {
			continue
		}
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				labels = append(labels, fmt.Sprintf("%s=%q", label.GetName(), label.GetValue()))
			}
			slices.Sort(labels)
			name := family.GetName() + "{" + strings.Join(labels, ",") + "}"
			switch {
			case metric.GetCounter() != nil:
				values[name] = metric.GetCounter().GetValue()
			case metric.GetHistogram() != nil:
				values[name+" count"] = float64(metric.GetHistogram().GetSampleCount())
				values[name+" sum"] = metric.GetHistogram().GetSampleSum()
			}
		}
	}
	return values
}
