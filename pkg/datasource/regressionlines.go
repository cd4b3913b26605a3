package datasource

import (
	"slices"
	"strings"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

type progressLine struct {
	Event   string `json:"event"`
	Done    int    `json:"done"`
	Total   int    `json:"total"`
	Service string `json:"service"`
}

type doneLine struct {
	Event      string   `json:"event"`
	DurationMS int64    `json:"durationMs"`
	Done       int      `json:"done"`
	Left       []string `json:"left"`
	Notices    []string `json:"notices"`
}

type windowJSON struct {
	From    int64  `json:"from"`
	To      int64  `json:"to"`
	Version string `json:"version,omitempty"`
}

type begunLine struct {
	Event        string     `json:"event"`
	Total        int        `json:"total"`
	All          int        `json:"all"`
	ProfileTypes []string   `json:"profileTypes"`
	Buckets      int        `json:"buckets"`
	BucketMS     int64      `json:"bucketMs"`
	Comparison   windowJSON `json:"comparison"`
	Baseline     windowJSON `json:"baseline"`
	Notices      []string   `json:"notices"`
}

func begunOf(plans []typePlan, total, all int, notices []string) begunLine {
	line := begunLine{Event: "begun", Total: total, All: all, ProfileTypes: []string{}, Notices: listed(notices)}
	for i, plan := range plans {
		line.ProfileTypes = append(line.ProfileTypes, plan.Operands[0].Type().ID)
		if i == 0 {
			line.Buckets, line.BucketMS = plan.comparison.count, plan.step.Milliseconds()
			line.Comparison, line.Baseline = windowOf(plan.comparison, plan.step, ""), windowOf(plan.baseline, plan.step, "")
		}
	}
	return line
}

func windowOf(s stretch, step time.Duration, version string) windowJSON {
	span := s.span(step)
	return windowJSON{From: span.Start - 1, To: span.End, Version: version}
}

type insufficientJSON struct {
	Share          float64 `json:"share"`
	SmallestChange float64 `json:"smallestChange"`
	Sentence       string  `json:"sentence"`
}

type candidateJSON struct {
	Function   string  `json:"function"`
	Baseline   float64 `json:"baseline"`
	Comparison float64 `json:"comparison"`
	Q          float64 `json:"q"`
	Why        string  `json:"why"`
}

type deployMarkJSON struct {
	At      int64  `json:"at"`
	Version string `json:"version"`
	Before  string `json:"before"`
}

type serviceLine struct {
	Event             string            `json:"event"`
	Service           string            `json:"service"`
	ProfileTypeID     string            `json:"profileTypeId"`
	Findings          []findingJSON     `json:"findings"`
	Rejected          []candidateJSON   `json:"rejected"`
	Tested            int               `json:"tested"`
	BaselineSamples   float64           `json:"baselineSamples"`
	ComparisonSamples float64           `json:"comparisonSamples"`
	Insufficient      *insufficientJSON `json:"insufficient,omitempty"`
	Fault             string            `json:"fault,omitempty"`
	Comparison        *windowJSON       `json:"comparison,omitempty"`
	Baseline          *windowJSON       `json:"baseline,omitempty"`
	Deploys           []deployMarkJSON  `json:"deploys"`
	Notices           []string          `json:"notices"`
}

func lineOf(plan typePlan, service string, e evaluation, err error) serviceLine {
	line := serviceLine{Event: "service", Service: service, ProfileTypeID: plan.Operands[0].Type().ID, Findings: []findingJSON{},
		Rejected: []candidateJSON{}, Deploys: []deployMarkJSON{}, Notices: []string{}}
	if err != nil {
		line.Fault = pyroscope.AsFault(err).Sentence
		return line
	}
	now := e.reports[len(e.reports)-1]
	if now.Fault != nil {
		line.Fault = upperFirst(now.Fault.Error()) + "."
		return line
	}
	line.Findings = e.findings()
	line.Tested, line.BaselineSamples, line.ComparisonSamples = now.Tested, now.BaselineSamples, now.ComparisonSamples
	line.Notices = listed(now.Notices)
	if now.Insufficient != nil {
		line.Insufficient = &insufficientJSON{now.Insufficient.Share, now.Insufficient.SmallestChange, now.Insufficient.Why}
	}
	for _, it := range now.Rejected[:min(len(now.Rejected), mostCandidates)] {
		line.Rejected = append(line.Rejected, candidateJSON{it.Function, it.Baseline, it.Comparison, it.Q, it.Why})
	}
	if s := now.subject; s.step > 0 {
		comparison, baseline := windowOf(s.windows.comparison, s.step, s.version), windowOf(s.windows.baseline, s.step, s.versionBefore)
		line.Comparison, line.Baseline = &comparison, &baseline
		for _, one := range s.deploys {
			line.Deploys = append(line.Deploys, deployMarkJSON{one.At, one.Version, one.Before})
		}
	}
	return line
}

// mostCandidates is how many functions that are no finding a service's line names.
const mostCandidates = 50

// findings are those of the last evaluation with their status, and those that were there before and are no more.
func (e evaluation) findings() []findingJSON {
	now := e.reports[len(e.reports)-1]
	t := now.plan.Operands[0].Type()
	had := func(report ServiceReport, known string) bool {
		return slices.ContainsFunc(report.Findings, func(f regression.Finding) bool {
			return fingerprint(report.Service, t, f.Function) == known
		})
	}
	found := []findingJSON{}
	for _, finding := range now.Findings {
		made := findingOf(now, finding)
		made.Status = "new"
		if len(e.reports) > aQuarter && had(e.reports[len(e.reports)-1-aQuarter], made.Fingerprint) {
			made.Status = "ongoing"
		}
		made.Standing = slices.Contains(e.standing, made.Fingerprint)
		found = append(found, made)
	}
	for known, seen := range e.latest {
		times := 0
		for _, report := range e.reports {
			if had(report, known) {
				times++
			}
		}
		if times >= 2 && !had(now, known) {
			made := findingOf(e.reports[seen.at], seen.Finding)
			made.Status, made.Alerts, made.Standing = "gone", false, slices.Contains(e.standing, known)
			found = append(found, made)
		}
	}
	slices.SortStableFunc(found[len(now.Findings):], func(a, b findingJSON) int {
		return strings.Compare(a.Fingerprint, b.Fingerprint)
	})
	return found
}
