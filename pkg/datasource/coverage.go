package datasource

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// manyValues is from how many values on a label makes queries and storage expensive.
	manyValues = 100
	// maxCoverageLabels and maxCoverageTypes bound the calls of one answer; what is left out is counted.
	maxCoverageLabels = 60
	maxCoverageTypes  = 60
	// maxGrowthChecks bounds how many pairs of service and type are looked at for totals since the start.
	maxGrowthChecks = 40
	// coverageSteps is in how many buckets a range is looked at for the last profile.
	coverageSteps = 240
	// shownValues is how many values of a label are given as examples.
	shownValues = 3
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

// coveredLabel is a label that is worth a look: very many values, or values that look like ids.
type coveredLabel struct {
	Name     string   `json:"name"`
	Values   int      `json:"values"`
	Services []string `json:"services"`
	// Ids: some values contain a number, a UUID or an e-mail address, as raw addresses of pages and tenants do.
	Ids      bool     `json:"ids"`
	Examples []string `json:"examples"`
}

// namespaceLabels are the labels by which agents tell the namespace.
var namespaceLabels = []string{"namespace", "k8s.namespace.name", "k8s_namespace_name", "service_namespace", "service.namespace"}

// idLike finds what makes a value one of very many: a long number or a UUID as a part of a path, long hexadecimals, an
// e-mail address.
var idLike = regexp.MustCompile(`(?i)/\d{2,}(/|$)|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|/[0-9a-f]{12,}(/|$)|[^\s@/]+@[^\s@/]+\.[a-z]{2,}`)

// expectedMany are labels whose many values are in the nature of things: one for each instance or build.
func expectedMany(name string) bool {
	return slices.Contains(instanceLabels, name) || slices.Contains(versionLabels, name)
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

// valuesByService are the values of each label by service. A server without Series gives none.
func (d *Datasource) valuesByService(ctx context.Context, p params, span pyroscope.Range) (map[string]map[string][]string, int, error) {
	names, err := d.client.LabelNames(ctx, span, p.selector)
	if err != nil && !pyroscope.Is(err, pyroscope.Unsupported) {
		return nil, 0, err
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return strings.HasPrefix(name, "__") || name == serviceLabel || name == "service_repository"
	})
	slices.SortFunc(names, telling)
	left := max(0, len(names)-maxCoverageLabels)
	names = names[:len(names)-left]
	found := make([]map[string][]string, len(names))
	err = sideBySide(ctx, len(names), func(ctx context.Context, i int) error {
		sets, err := d.client.LabelSets(ctx, span, p.selector, serviceLabel, names[i])
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return nil
		}
		values := map[string][]string{}
		for _, set := range sets {
			if value := set[names[i]]; value != "" {
				values[set[serviceLabel]] = append(values[set[serviceLabel]], value)
			}
		}
		found[i] = values
		return err
	})
	byName := map[string]map[string][]string{}
	for i, values := range found {
		if len(values) > 0 {
			byName[names[i]] = values
		}
	}
	return byName, left, err
}

// telling puts the labels that the app asks for first, so that none of them is left out.
func telling(a, b string) int {
	rank := func(name string) int {
		if expectedMany(name) || slices.Contains(namespaceLabels, name) {
			return 0
		}
		return 1
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
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

func labelsOfService(valuesOf map[string]map[string][]string, service string) []string {
	names := []string{}
	for name, byService := range valuesOf {
		if len(byService[service]) > 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// firstThere is the first of the wanted names that is there.
func firstThere(wanted, there []string) string {
	for _, name := range wanted {
		if slices.Contains(there, name) {
			return name
		}
	}
	return ""
}

// noteLabel says whether a label is worth a look, and why.
func noteLabel(name string, byService map[string][]string) (coveredLabel, bool) {
	label := coveredLabel{Name: name, Services: []string{}, Examples: []string{}}
	values := map[string]bool{}
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		found := byService[service]
		isMany, hasIds := len(found) > manyValues && !expectedMany(name), slices.ContainsFunc(found, idLike.MatchString)
		if isMany || hasIds {
			label.Services = append(label.Services, service)
		}
		label.Ids = label.Ids || hasIds
		for _, value := range found {
			values[value] = true
		}
	}
	label.Values = len(values)
	for _, value := range slices.Sorted(maps.Keys(values)) {
		if len(label.Examples) < shownValues && (!label.Ids || idLike.MatchString(value)) {
			label.Examples = append(label.Examples, shorten(value))
		}
	}
	return label, len(label.Services) > 0 || (label.Values > manyValues && !expectedMany(name))
}
