package datasource

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// typeLabel is the label by which a server keeps a profile's type.
const typeLabel = "__profile_type__"

// resolveType finds the profile types that a text means: a full id, a prefix of
// one (process_cpu:cpu), an alias (cpu, heap), or nothing, which means the most
// useful type there is. Short forms are resolved against the profiles that the
// operand itself matches. More than one candidate for one service is a fault that
// names them; the same meaning under different ids in different services gives
// several types. No profiles at all give no types.
// The notice says what was chosen when nothing was written.
func (d *Datasource) resolveType(ctx context.Context, text string, o Operand) (types []pyroscope.ProfileType, notice string, err error) {
	if t, err := pyroscope.ParseProfileType(text); err == nil {
		return []pyroscope.ProfileType{t}, "", nil
	}
	byService, err := d.typesByService(ctx, o)
	if err != nil || len(byService) == 0 {
		return nil, "", err
	}
	if text == "" {
		types = defaultTypes(byService)
		return types, fmt.Sprintf("No profile type was chosen: this is %s.", types[0].ID), nil
	}
	types, err = matchTypes(text, byService)
	return types, "", err
}

// typesByService returns the profile types of each service that an operand
// matches. A server without the Series call is asked for all its types, which
// then count as those of one service.
func (d *Datasource) typesByService(ctx context.Context, o Operand) (map[string][]pyroscope.ProfileType, error) {
	found := map[string][]pyroscope.ProfileType{}
	span := d.recent(o.Range)
	sets, err := d.client.LabelSets(ctx, span, o.Selector, serviceLabel, typeLabel)
	if pyroscope.Is(err, pyroscope.Unsupported) {
		all, err := d.client.ProfileTypes(ctx, span)
		if len(all) > 0 {
			found[""] = all
		}
		return found, err
	}
	for _, set := range sets {
		if t, err := pyroscope.ParseProfileType(set[typeLabel]); err == nil {
			found[set[serviceLabel]] = append(found[set[serviceLabel]], t)
		}
	}
	return found, err
}

// defaultTypes prefers CPU, then wall time, then the first by id.
func defaultTypes(byService map[string][]pyroscope.ProfileType) []pyroscope.ProfileType {
	for _, alias := range []string{"cpu", "wall"} {
		if types, err := matchTypes(alias, byService); err == nil {
			return types
		}
	}
	all := distinct(byService)
	return all[:1]
}

func matchTypes(text string, byService map[string][]pyroscope.ProfileType) ([]pyroscope.ProfileType, error) {
	meant := pyroscope.TypeNamed(text)
	matched := map[string][]pyroscope.ProfileType{}
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		var types []pyroscope.ProfileType
		for _, t := range byService[service] {
			if meant(t) {
				types = append(types, t)
			}
		}
		if len(types) > 1 {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q can mean several profile types of %s: %s. Write one of them in full.",
				shorten(text), orThisSelection(service), ids(types)), nil)
		}
		if len(types) > 0 {
			matched[service] = types
		}
	}
	types := distinct(matched)
	if len(types) == 0 {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("No profile type %q among the profiles that match. There are: %s.",
			shorten(text), ids(distinct(byService))), nil)
	}
	for _, t := range types[1:] {
		if t.SampleUnit != types[0].SampleUnit || t.Kind() != types[0].Kind() {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%q means different things in different services: %s. "+
				"Write one of them in full, or select one service.", shorten(text), ids(types)), nil)
		}
	}
	return types, nil
}

func distinct(byService map[string][]pyroscope.ProfileType) []pyroscope.ProfileType {
	byID := map[string]pyroscope.ProfileType{}
	for _, types := range byService {
		for _, t := range types {
			byID[t.ID] = t
		}
	}
	return slices.SortedFunc(maps.Values(byID), func(a, b pyroscope.ProfileType) int { return strings.Compare(a.ID, b.ID) })
}

func ids(types []pyroscope.ProfileType) string {
	texts := make([]string, len(types))
	for i, t := range types {
		texts[i] = t.ID
	}
	return firstOf(texts)
}

func orThisSelection(service string) string {
	if service == "" {
		return "this selection"
	}
	return service
}
