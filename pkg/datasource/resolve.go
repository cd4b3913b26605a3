package datasource

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/flamewatch/profiles/pkg/flameql"
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
	found := servicesOf(byService)
	if text == "" {
		types = defaultTypes(found)
		return types, fmt.Sprintf("No profile type was chosen: this is %s.", types[0].ID), nil
	}
	resolved, err := flameql.ResolveType(text, found)
	if err != nil {
		return nil, "", pyroscope.Faulty(pyroscope.BadQuery, err.Error(), err)
	}
	return parsed(resolved), "", nil
}

// unsentType says of a rule's short form that stands for nothing now what to write instead. A full id, which nobody sends
// either, gives no data, and the rule does what it is told to do then; a word that may be misspelt cannot.
func unsentType(err error, o Operand) error {
	var unknown *flameql.TypeError
	if !errors.As(err, &unknown) || unknown.Kind != flameql.TypeUnknown {
		return err
	}
	return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("Nothing that %s matches sends profiles of the type %q in the rule's range. "+
		"There is %s. Write the full id of the type into the rule, such as %s: then this is no data and not an error.",
		o.Selector, unknown.Written, firstOf(unknown.Candidates), exampleType), err)
}

// exampleType is how a full id looks.
const exampleType = "memory:inuse_space:bytes:space:bytes"

// typesByService returns the profile types of each service that an operand
// matches. A server without the Series call is asked for all its types, which
// then count as those of one service.
func (d *Datasource) typesByService(ctx context.Context, o Operand) (map[string][]pyroscope.ProfileType, error) {
	found := map[string][]pyroscope.ProfileType{}
	span := d.recent(o.around())
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

// servicesOf writes the types of services as FlameQL takes them.
func servicesOf(byService map[string][]pyroscope.ProfileType) []flameql.ServiceTypes {
	var all []flameql.ServiceTypes
	for _, service := range slices.Sorted(maps.Keys(byService)) {
		one := flameql.ServiceTypes{Service: service}
		for _, t := range byService[service] {
			one.Types = append(one.Types, t.ID)
		}
		all = append(all, one)
	}
	return all
}

// defaultTypes prefers CPU, then wall time, then the first by id.
func defaultTypes(found []flameql.ServiceTypes) []pyroscope.ProfileType {
	for _, alias := range []string{"cpu", "wall"} {
		if ids, err := flameql.ResolveType(alias, found); err == nil {
			return parsed(ids)
		}
	}
	var all []string
	for _, service := range found {
		all = append(all, service.Types...)
	}
	return parsed([]string{slices.Min(all)})
}

// parsed reads ids that a server or FlameQL checked before.
func parsed(ids []string) []pyroscope.ProfileType {
	types := make([]pyroscope.ProfileType, 0, len(ids))
	for _, id := range ids {
		if t, err := pyroscope.ParseProfileType(id); err == nil {
			types = append(types, t)
		}
	}
	return types
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
