package datasource

import (
	"context"
	"math"
	"time"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/names"
	"github.com/flamewatch/profiles/pkg/regression"
)

// costly is what a finding costs and where it came from: what a report knows besides the finding itself.
type costly struct {
	// cost of the change over all instances and its bounds, in unit; of a leak what it grows by an hour.
	cost, low, high float64
	unit            string
	// version that came with the change, and the one before; empty where no deploy lies there.
	version, before string
}

func (r ServiceReport) costly(f regression.Finding) costly {
	c := costly{cost: r.whole * (f.Comparison - f.Baseline), low: r.whole * f.Low, high: r.whole * f.High, unit: r.unit}
	if f.Package != nil {
		c.cost = r.whole * (f.Package.Comparison - f.Package.Baseline)
	}
	if f.Growth != nil {
		n := float64(f.Growth.Instances)
		c.cost, c.low, c.high = n*f.Growth.PerHour, n*f.Growth.Low, n*f.Growth.High
	}
	c.version, c.before = r.versionOf(f)
	return c
}

// versionOf is the version with which a change came: that of the sides where they are versions, else of a deploy within
// two buckets of when it began.
func (r ServiceReport) versionOf(f regression.Finding) (version, before string) {
	s := r.subject
	if r.plan.PreviousVersion {
		return s.version, s.versionBefore
	}
	reach := 2 * s.step.Milliseconds()
	nearest := int64(math.MaxInt64)
	for _, one := range s.deploys {
		if away := abs(one.At - f.Since.UnixMilli()); away <= reach+r.plan.WarmUp.Milliseconds() && away < nearest {
			nearest, version, before = away, one.Version, one.Before
		}
	}
	if version == "" && s.version != "" && f.Since.UnixMilli() == s.windows.comparison.span(s.step).Start-1 {
		return s.version, s.versionBefore // the comparison was cut at that deploy
	}
	return version, before
}

func abs(x int64) int64 { return max(x, -x) }

// rowOf is a finding as the table for people has it.
func (d *Datasource) rowOf(ctx context.Context, r ServiceReport, f regression.Finding) frames.RegressionRow {
	c := r.costly(f)
	links := d.linksOf(ctx, r, f, c)
	row := frames.RegressionRow{Service: r.Service, Finding: f, Cost: c.cost, CostUnit: c.unit, Version: c.version,
		Sentence: sentenceOf(r.Service, r.plan.Operands[0].Type(), f, c),
		Compare:  links.compare, Flame: links.flame, Runbook: links.runbook}
	for i, side := range r.subject.sides() {
		row.Windows[2*i], row.Windows[2*i+1] = time.UnixMilli(side.Range.Start), time.UnixMilli(side.Range.End)
	}
	if r.plan.PreviousVersion {
		row.Versions = [2]string{c.version, c.before}
	}
	return row
}

// The answer of the resource regressions; src/app/regressions/findings.ts describes the same.

type findingJSON struct {
	Fingerprint    string          `json:"fingerprint"`
	Service        string          `json:"service"`
	ProfileTypeID  string          `json:"profileTypeId"`
	Function       string          `json:"function"`
	Kind           regression.Kind `json:"kind"`
	Status         string          `json:"status"`
	Stack          []string        `json:"stack"`
	Within         []string        `json:"within"`
	Baseline       float64         `json:"baseline"`
	Comparison     float64         `json:"comparison"`
	Change         float64         `json:"change"`
	Low            float64         `json:"low"`
	High           float64         `json:"high"`
	Ratio          *float64        `json:"ratio"`
	Cost           float64         `json:"cost"`
	CostLow        float64         `json:"costLow"`
	CostHigh       float64         `json:"costHigh"`
	CostUnit       string          `json:"costUnit"`
	BaselineRate   *float64        `json:"baselineRate"`
	ComparisonRate *float64        `json:"comparisonRate"`
	Q              float64         `json:"q"`
	Since          int64           `json:"since"`
	Version        string          `json:"version,omitempty"`
	VersionBefore  string          `json:"versionBefore,omitempty"`
	PodsGrown      int             `json:"podsGrown"`
	Pods           int             `json:"pods"`
	Course         courseJSON      `json:"course"`
	Alerts         bool            `json:"alerts"`
	Standing       bool            `json:"standing"`
	Why            string          `json:"why,omitempty"`
	GivesBack      string          `json:"givesBack,omitempty"`
	Sentence       string          `json:"sentence"`
	Also           []alsoJSON      `json:"also"`
}

type courseJSON struct {
	At              []int64   `json:"at"`
	Share           []float64 `json:"share"`
	BaselineBuckets int       `json:"baselineBuckets"`
}

type alsoJSON struct {
	ProfileTypeID string   `json:"profileTypeId"`
	Function      string   `json:"function"`
	Ratio         *float64 `json:"ratio"`
	Q             float64  `json:"q"`
}

func findingOf(r ServiceReport, f regression.Finding) findingJSON {
	c := r.costly(f)
	t := r.plan.Operands[0].Type()
	made := findingJSON{
		Fingerprint: fingerprint(r.Service, t, f.Function), Service: r.Service, ProfileTypeID: t.ID,
		Function: f.Function, Kind: f.Kind, Stack: listed(f.Stack), Within: listed(f.Within), Baseline: f.Baseline,
		Comparison: f.Comparison, Change: f.Comparison - f.Baseline, Low: f.Low, High: f.High,
		Cost: c.cost, CostLow: c.low, CostHigh: c.high, CostUnit: c.unit, Q: f.Q, Since: f.Since.UnixMilli(),
		Version: c.version, VersionBefore: c.before, PodsGrown: f.InstancesGrown, Pods: f.Instances,
		Course: courseJSON{At: []int64{}, Share: listed(f.Course), BaselineBuckets: f.BaselineBuckets},
		Alerts: f.Alerts, Why: f.Why, GivesBack: f.GivesBack, Sentence: sentenceOf(r.Service, t, f, c), Also: []alsoJSON{},
	}
	for _, end := range f.Ends {
		made.Course.At = append(made.Course.At, end.UnixMilli())
	}
	if f.Baseline > 0 {
		made.Ratio = &f.Ratio
	}
	if f.BaselineRate > 0 || f.ComparisonRate > 0 {
		made.BaselineRate, made.ComparisonRate = &f.BaselineRate, &f.ComparisonRate
	}
	return made
}

// listed makes JSON's [] of nothing.
func listed[V any](list []V) []V {
	if list == nil {
		return []V{}
	}
	return list
}

// samePath says that two findings are of one call path: the same function, or one lies on the way to the other.
func samePath(a, b findingJSON) bool {
	if names.Normalize(a.Function) == names.Normalize(b.Function) {
		return true
	}
	return isOn(a.Stack, b.Stack) || isOn(b.Stack, a.Stack)
}

// isOn says that one call path is the beginning of another, deep enough to say something.
func isOn(short, long []string) bool {
	if len(short) < fewestInCommon || len(short) > len(long) {
		return false
	}
	for i, name := range short {
		if names.Normalize(name) != names.Normalize(long[i]) {
			return false
		}
	}
	return true
}

const fewestInCommon = 3
