package datasource

import (
	"context"
	"encoding/json"
	"net/url"

	"github.com/flamewatch/profiles/pkg/regression"
)

// links lead from a finding to its evidence: the comparison of both windows, the flame graph, the runbook.
type links struct{ compare, flame, runbook string }

const runbookPath = "/a/flamewatch-profiles-app/runbooks/"

func (d *Datasource) linksOf(ctx context.Context, r ServiceReport, f regression.Finding, c costly) links {
	sides, root := r.subject.sides(), subPath(ctx)
	comparison, baseline := sides[0], sides[1]
	compare := url.Values{
		"var-ds": {d.uid}, "var-profileType": {comparison.Type().ID},
		"comparison-selector": {comparison.Selector.String()}, "comparison-from": {ms(comparison.Range.Start)}, "comparison-to": {ms(comparison.Range.End)},
		"baseline-selector": {baseline.Selector.String()}, "baseline-from": {ms(baseline.Range.Start)}, "baseline-to": {ms(baseline.Range.End)},
	}
	runbook := url.Values{
		"var-ds": {d.uid}, "var-service": {r.Service}, "var-function": {f.Function}, "var-profileType": {comparison.Type().ID},
		"from": {ms(comparison.Range.Start)}, "to": {ms(comparison.Range.End)},
		"baselineFrom": {ms(baseline.Range.Start)}, "baselineTo": {ms(baseline.Range.End)},
	}
	if c.version != "" {
		runbook.Set("version", c.version)
		runbook.Set("baselineVersion", c.before)
	}
	return links{
		compare: root + comparePath + "?" + compare.Encode(),
		runbook: root + runbookPath + runbookOf(comparison.Type().SampleType, comparison.Type().Name) + "?" + runbook.Encode(),
		flame:   root + exploreURL(d.uid, comparison),
	}
}

// runbookOf is the runbook for regressions of a profile type.
func runbookOf(sampleType, name string) string {
	switch sampleType {
	case "inuse_space", "inuse_objects", "inuse_size", "live", "live_bytes", "live_objects", "space", "objects", "heap-live-size":
		return "memory-leak"
	case "goroutine", "goroutines":
		return "goroutine-leak"
	case "threads", "threadcreate":
		return "thread-leak"
	case "alloc_space", "alloc_objects", "alloc_size", "alloc_in_new_tlab_bytes", "alloc_in_new_tlab_objects":
		return "gc-pressure"
	case "wall":
		return "latency-without-cpu"
	case "delay", "contentions", "lock_duration", "lock_count":
		if name == "block" {
			return "blocking-io"
		}
		return "lock-contention"
	}
	return "cpu-regression-after-deploy"
}

// exploreURL opens the flame graph of an operand in Explore.
func exploreURL(uid string, o Operand) string {
	type reference struct {
		Type string `json:"type"`
		UID  string `json:"uid"`
	}
	source := reference{ID, uid}
	panes, err := json.Marshal(map[string]any{"a": map[string]any{
		"datasource": uid,
		"queries": []map[string]any{{"refId": "A", "datasource": source, "queryType": "profile",
			"profileTypeId": o.Type().ID, "labelSelector": o.Selector.String(), "groupBy": []string{}}},
		"range": map[string]string{"from": ms(o.Range.Start), "to": ms(o.Range.End)},
	}})
	if err != nil {
		return ""
	}
	return "/explore?" + url.Values{"schemaVersion": {"1"}, "panes": {string(panes)}}.Encode()
}
