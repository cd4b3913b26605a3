package datasource

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// maxCoverageTypes bounds the calls of one answer; what is left out is counted.
	maxCoverageTypes = 60
	// maxGrowthChecks bounds how many pairs of service and type are looked at for totals since the start.
	maxGrowthChecks = 40
	// coverageSteps is in how many buckets a range is looked at for the last profile.
	coverageSteps = 240
)

// coverage is the answer of the resource coverage: which services send what, and what is missing.
type coverage struct {
	Services []coveredService `json:"services"`
	Labels   []coveredLabel   `json:"labels"`
	// LabelsLeft and TypesLeft were not looked at, GrowthLeft pairs of service and type neither.
	LabelsLeft int `json:"labelsLeft"`
	TypesLeft  int `json:"typesLeft"`
	GrowthLeft int `json:"growthLeft"`
}

type coveredService struct {
	Name  string        `json:"name"`
	Types []coveredType `json:"types"`
	// Version, Instance and Namespace are the labels by which its profiles tell these; empty where there is none.
	Version   string `json:"version"`
	Instance  string `json:"instance"`
	Namespace string `json:"namespace"`
	// Labels are the names of all its labels.
	Labels []string `json:"labels"`
}

type coveredType struct {
	ID string `json:"id"`
	// Last is the end of the last bucket with a profile, in milliseconds; 0 where that is not known.
	Last int64 `json:"last"`
	// Cumulative: its profiles are totals since the start of the process, so that no sum of them means anything.
	Cumulative bool `json:"cumulative"`
}

// coverage looks at everything that the selector matches in the range.
func (d *Datasource) coverage(ctx context.Context, p params) (coverage, error) {
	span := d.recent(p.Range)
	byService, err := d.typesByService(ctx, Operand{Selector: p.selector, Range: span})
	if err != nil {
		return coverage{}, err
	}
	withoutKept(byService)
	answer := coverage{Services: []coveredService{}, Labels: []coveredLabel{}}
	valuesOf, left, err := d.valuesByService(ctx, p, span)
	if err != nil {
		return coverage{}, err
	}
	answer.LabelsLeft = left
	lastOf, left, err := d.lastProfiles(ctx, p, span, distinct(byService))
	if err != nil {
		return coverage{}, err
	}
	answer.TypesLeft = left
	growing, left, err := d.growingTypes(ctx, p, span, byService)
	if err != nil {
		return coverage{}, err
	}
	answer.GrowthLeft = left
	for _, name := range slices.Sorted(maps.Keys(byService)) {
		names := labelsOfService(valuesOf, name)
		one := coveredService{Name: name, Types: []coveredType{}, Labels: names, Version: firstThere(versionLabels, names),
			Instance: firstThere(instanceLabels, names), Namespace: firstThere(namespaceLabels, names)}
		for _, t := range byService[name] {
			pair := servicePair{name, t.ID}
			one.Types = append(one.Types, coveredType{ID: t.ID, Last: lastOf[pair], Cumulative: growing[pair]})
		}
		slices.SortFunc(one.Types, func(a, b coveredType) int { return strings.Compare(a.ID, b.ID) })
		answer.Services = append(answer.Services, one)
	}
	for _, name := range slices.Sorted(maps.Keys(valuesOf)) {
		if label, notable := noteLabel(name, valuesOf[name]); notable {
			answer.Labels = append(answer.Labels, label)
		}
	}
	return answer, nil
}

type servicePair struct{ service, profileType string }

// lastProfiles says when each service sent each type last, to a bucket.
func (d *Datasource) lastProfiles(ctx context.Context, p params, span pyroscope.Range, types []pyroscope.ProfileType) (map[servicePair]int64, int, error) {
	left := max(0, len(types)-maxCoverageTypes)
	types = types[:len(types)-left]
	step := max(d.settings.MinStep, (span.Duration() / coverageSteps).Truncate(time.Second))
	g := gridOf(span, step)
	last := map[servicePair]int64{}
	var guard sync.Mutex
	err := sideBySide(ctx, len(types), func(ctx context.Context, i int) error {
		series, err := d.sums(ctx, pyroscope.SeriesQuery{Type: types[i].ID, Selector: p.selector, Range: g.Range, Step: step, GroupBy: []string{serviceLabel}})
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return nil
		}
		guard.Lock()
		defer guard.Unlock()
		for _, s := range series {
			if len(s.Time) > 0 {
				last[servicePair{labelOf(s.Labels, serviceLabel), types[i].ID}] = min(s.Time[len(s.Time)-1], span.End)
			}
		}
		return err
	})
	return last, left, err
}

// growingTypes finds the services whose profiles of a type are totals since the start.
func (d *Datasource) growingTypes(ctx context.Context, p params, span pyroscope.Range, byService map[string][]pyroscope.ProfileType) (map[servicePair]bool, int, error) {
	type check struct {
		pair     servicePair
		kind     pyroscope.ProfileType
		selector pyroscope.Selector
	}
	var checks []check
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		selector, err := p.selector.Without(serviceLabel).With(labels.MatchEqual, serviceLabel, service)
		if err != nil {
			return nil, 0, err
		}
		for _, t := range byService[service] {
			if mayAccumulate(t) {
				checks = append(checks, check{servicePair{service, t.ID}, t, selector})
			}
		}
	}
	left := max(0, len(checks)-maxGrowthChecks)
	checks = checks[:len(checks)-left]
	grows := make([]bool, len(checks))
	err := sideBySide(ctx, len(checks), func(ctx context.Context, i int) (err error) {
		grows[i], err = d.cumulative(ctx, Operand{Selector: checks[i].selector, Range: span}, checks[i].kind)
		return err
	})
	growing := map[servicePair]bool{}
	for i, one := range checks {
		growing[one.pair] = grows[i]
	}
	return growing, left, err
}
