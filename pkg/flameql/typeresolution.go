package flameql

import (
	"fmt"
	"slices"
	"strings"
)

// ServiceTypes are the full ids of the profile types that one service has in
// the query's ranges, as found with the query's own matchers.
type ServiceTypes struct {
	Service string   `json:"service"`
	Types   []string `json:"types"`
}

// ResolveType turns a type as written into the full ids it stands for, sorted.
// There is more than one when services name one meaning differently; all have
// the same unit. A full id stands for itself, found or not. The error is a
// *TypeError.
func ResolveType(written string, found []ServiceTypes) ([]string, error) {
	if isFullType(written) {
		return []string{written}, nil
	}
	var ids []string
	byAlias := true
	for _, service := range found {
		candidates, aliased := typeCandidates(written, service.Types)
		byAlias = byAlias && (aliased || len(candidates) == 0)
		if len(candidates) > 1 {
			return nil, &TypeError{Kind: TypeAmbiguous, Written: written, Service: service.Service, Candidates: candidates}
		}
		ids = append(ids, candidates...)
	}
	ids = sortedSet(ids)
	if len(ids) == 0 {
		return nil, &TypeError{Kind: TypeUnknown, Written: written, Candidates: allTypes(found)}
	}
	if !haveOneMeaning(ids, byAlias) {
		return nil, &TypeError{Kind: TypeMixed, Written: written, Candidates: ids}
	}
	return ids, nil
}

// typeCandidates are the types of one service that a short form may stand for:
// by alias, else by the parts it begins with, else by the sample type.
func typeCandidates(written string, types []string) (candidates []string, byAlias bool) {
	for _, pattern := range aliases[written] {
		if candidates = matching(types, pattern.matches); candidates != nil {
			return candidates, true
		}
	}
	candidates = matching(types, func(id string) bool { return strings.HasPrefix(id, written+":") })
	if candidates == nil && !strings.Contains(written, ":") {
		candidates = matching(types, typePattern{samples: []string{written}}.matches)
	}
	return candidates, false
}

func matching(types []string, rule func(id string) bool) []string {
	var candidates []string
	for _, id := range types {
		if rule(id) {
			candidates = append(candidates, id)
		}
	}
	return sortedSet(candidates)
}

// haveOneMeaning: types found by an alias mean one thing and need one unit;
// types found by their parts need one sample type as well.
func haveOneMeaning(ids []string, byAlias bool) bool {
	meaning := func(id string) string {
		parts := strings.SplitN(id, ":", 4)
		if len(parts) < 3 {
			return id
		}
		if byAlias {
			return parts[2]
		}
		return parts[1] + ":" + parts[2]
	}
	return !slices.ContainsFunc(ids, func(id string) bool { return meaning(id) != meaning(ids[0]) })
}

func allTypes(found []ServiceTypes) []string {
	var all []string
	for _, service := range found {
		all = append(all, service.Types...)
	}
	return sortedSet(all)
}

func sortedSet(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// TypeErrorKind says why a short form stands for no type.
type TypeErrorKind string

const (
	TypeUnknown   TypeErrorKind = "unknown"   // nothing found fits
	TypeAmbiguous TypeErrorKind = "ambiguous" // one service has several that fit
	TypeMixed     TypeErrorKind = "mixed"     // services differ in unit or meaning
)

// TypeError names the types between which a query has to choose.
type TypeError struct {
	Kind       TypeErrorKind
	Written    string
	Service    string   // of TypeAmbiguous
	Candidates []string // of TypeUnknown: all that were found
}

const mostCandidates = 8 // in a message

func (e *TypeError) Error() string {
	named := e.Candidates
	more := ""
	if len(named) > mostCandidates {
		more = fmt.Sprintf(" and %d more", len(named)-mostCandidates)
		named = named[:mostCandidates]
	}
	list := strings.Join(named, ", ") + more
	switch {
	case e.Kind == TypeAmbiguous:
		return fmt.Sprintf("Type %q is ambiguous: service %q has %s. Write one of them.", e.Written, e.Service, list)
	case e.Kind == TypeMixed:
		return fmt.Sprintf("Type %q means different things here: %s. Write one of them, or select one service.", e.Written, list)
	case len(e.Candidates) == 0:
		return fmt.Sprintf("Type %q was not found: the selector matches no profiles in this range.", e.Written)
	default:
		return fmt.Sprintf("Type %q was not found in this range. There is %s.", e.Written, list)
	}
}
