package datasource

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// silentLookback is how far back a service must have been seen to be missed.
	silentLookback = 24 * time.Hour
	// lastSeenStep is how exactly the last profile of a silent service is dated.
	lastSeenStep = 5 * time.Minute
)

// silent tells which services that sent profiles in the day before the end of the range sent none in the range itself, and
// since when. The profile type of the query does not matter: any profile is a sign of life. Alert rules get a number for
// each service, 0 for those that send, in seconds for the silent ones, so that no data does not look like health.
func (d *Datasource) silent(ctx context.Context, plan Plan) (data.Frames, error) {
	o := plan.Operands[0]
	if plan.Closed {
		o.Range = d.closedRange(o.Range)
	}
	day := o
	day.Range.Start = min(o.Range.Start, o.Range.End-silentLookback.Milliseconds())
	byService, err := d.typesByService(ctx, day)
	if err != nil {
		return nil, err
	}
	delete(byService, "")
	withoutKept(byService)
	alive, err := d.alive(ctx, o, byService)
	if err != nil {
		return nil, err
	}
	last, err := d.lastSeen(ctx, day, byService, alive)
	if err != nil {
		return nil, err
	}
	var rows []frames.SilentRow
	for service := range byService {
		row := frames.SilentRow{Service: service}
		if !alive[service] {
			if last[service] == 0 {
				continue // known by a block of the server's storage only, not by a profile of this day
			}
			row.Last = time.UnixMilli(last[service])
			row.Silent = max(time.Second, time.Duration(o.Range.End-last[service])*time.Millisecond)
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b frames.SilentRow) int {
		return cmp.Or(cmp.Compare(b.Silent, a.Silent), strings.Compare(a.Service, b.Service))
	})
	if plan.Closed {
		return frames.SilentNumbers(rows, labelsOf(plan)), nil
	}
	frame := frames.Silent(rows)
	if len(rows) == 0 {
		return withNotices(frame, []string{fmt.Sprintf("No service sent profiles in the last %s.", silentLookback)}), nil
	}
	return data.Frames{frame}, nil
}

// alive are the services with any profile in the operand's range. Types are asked for in the order of how many services
// have them, until every service is accounted for.
func (d *Datasource) alive(ctx context.Context, o Operand, byService map[string][]pyroscope.ProfileType) (map[string]bool, error) {
	alive := map[string]bool{}
	for _, t := range commonTypes(byService) {
		isAsked := false
		for service, types := range byService {
			isAsked = isAsked || !alive[service] && slices.Contains(types, t)
		}
		if !isAsked {
			continue
		}
		// A point stands for what lies after the one before, so the grid begins a millisecond earlier.
		r := pyroscope.Range{Start: o.Range.Start - 1, End: o.Range.End}
		series, err := d.sums(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: o.Selector, Range: r,
			Step: time.Duration(r.End-r.Start) * time.Millisecond, GroupBy: []string{serviceLabel}})
		if err != nil {
			return nil, err
		}
		for _, s := range series {
			alive[labelOf(s.Labels, serviceLabel)] = true
		}
	}
	return alive, nil
}

// lastSeen is when the services that are not alive sent their last profile, in milliseconds.
func (d *Datasource) lastSeen(ctx context.Context, day Operand, byService map[string][]pyroscope.ProfileType, alive map[string]bool) (map[string]int64, error) {
	missing := maps.Clone(byService)
	maps.DeleteFunc(missing, func(service string, _ []pyroscope.ProfileType) bool { return alive[service] })
	last := map[string]int64{}
	g := gridOf(day.Range, lastSeenStep)
	for _, t := range commonTypes(missing) {
		series, err := d.sums(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: day.Selector, Range: g.Range, Step: g.Step,
			GroupBy: []string{serviceLabel}})
		if err != nil {
			return nil, err
		}
		for _, s := range series {
			service := labelOf(s.Labels, serviceLabel)
			if _, isMissing := missing[service]; isMissing && len(s.Time) > 0 {
				last[service] = max(last[service], min(s.Time[len(s.Time)-1], day.Range.End))
			}
		}
	}
	return last, nil
}

// commonTypes are the types of services, those of most services first.
func commonTypes(byService map[string][]pyroscope.ProfileType) []pyroscope.ProfileType {
	number := map[pyroscope.ProfileType]int{}
	for _, types := range byService {
		for _, t := range types {
			number[t]++
		}
	}
	return slices.SortedFunc(maps.Keys(number), func(a, b pyroscope.ProfileType) int {
		return cmp.Or(cmp.Compare(number[b], number[a]), strings.Compare(a.ID, b.ID))
	})
}
