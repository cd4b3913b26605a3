package datasource

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// manyValues is from how many values on a label makes queries and storage expensive.
	manyValues = 100
	// maxCoverageLabels bounds the calls of one answer; what is left out is counted.
	maxCoverageLabels = 60
	// shownValues is how many values of a label are given as examples.
	shownValues = 3
)

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
