package datasource

import (
	"context"
	"maps"
	"slices"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// serviceEntry is a service and the ids of the profile types that it sent, sorted.
// ProfileTypes is null when the server cannot say which service sent which type.
type serviceEntry struct {
	Name         string   `json:"name"`
	ProfileTypes []string `json:"profileTypes"`
}

// servicesAnswer is the answer of the resource services: the services by name,
// and all profile types of the range.
type servicesAnswer struct {
	Services     []serviceEntry     `json:"services"`
	ProfileTypes []profileTypeEntry `json:"profileTypes"`
}

// services lists what sent profiles, in one call; two more where the server does
// not know Series.
func (d *Datasource) services(ctx context.Context, p params) (servicesAnswer, error) {
	byService, err := d.typesByService(ctx, Operand{Selector: p.selector, Range: p.Range})
	if err != nil {
		return servicesAnswer{}, err
	}
	answer := servicesAnswer{Services: []serviceEntry{}, ProfileTypes: entriesOf(distinct(byService))}
	if _, untold := byService[""]; untold && len(byService) == 1 {
		names, err := d.client.LabelValues(ctx, d.recent(p.Range), p.selector, serviceLabel)
		for _, name := range names {
			answer.Services = append(answer.Services, serviceEntry{Name: name})
		}
		return answer, err
	}
	for _, name := range slices.Sorted(maps.Keys(byService)) {
		types := byService[name]
		byID := make([]string, len(types))
		for i, t := range types {
			byID[i] = t.ID
		}
		slices.Sort(byID)
		answer.Services = append(answer.Services, serviceEntry{Name: name, ProfileTypes: slices.Compact(byID)})
	}
	return answer, nil
}

// entriesOf describes profile types for the editors.
func entriesOf(types []pyroscope.ProfileType) []profileTypeEntry {
	entries := make([]profileTypeEntry, 0, len(types))
	for _, t := range types {
		kind := "flow"
		if t.Kind() == pyroscope.Level {
			kind = "level"
		}
		entries = append(entries, profileTypeEntry{ID: t.ID, Label: t.Name + " - " + t.SampleType,
			Name: t.Name, SampleType: t.SampleType, Unit: t.Unit(), Kind: kind})
	}
	return entries
}
