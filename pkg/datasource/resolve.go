package datasource

import (
	"context"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// resolveType finds the profile types that a query's type text means.
func (d *Datasource) resolveType(_ context.Context, text string, _ Operand) ([]pyroscope.ProfileType, string, error) {
	t, err := pyroscope.ParseProfileType(text)
	if err != nil {
		return nil, "", pyroscope.Faulty(pyroscope.BadQuery, "The profile type "+err.Error()+". Choose one from the list.", err)
	}
	return []pyroscope.ProfileType{t}, "", nil
}
