package datasource

import (
	"context"
	"fmt"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// deltaCure is what to do about profiles that are totals since a process started.
const deltaCure = "Scrape the delta endpoints of godeltaprof (/debug/pprof/delta_heap, delta_mutex, delta_block) instead of the plain " +
	"ones, or push with the Pyroscope SDK."

// Why totals since a start are not added up, with a place for their type.
const (
	totalsInSeries = "Values of %s only ever grow: they are totals since the start of each process, and a series of them would " +
		"count everything once a scrape."
	totalsInDiff = "Values of %s only ever grow: they are totals since the start of each process, and a diff of them would " +
		"compare ages of processes."
	totalsInRegressions = "values of %s only ever grow: they are totals since the start of each process."
)

func totalsFault(t pyroscope.ProfileType, why string) error {
	return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf(why, t.ID)+" "+deltaCure, nil)
}

// refuseTotals refuses an operand whose profiles of a type are totals since the start of a process.
func (d *Datasource) refuseTotals(ctx context.Context, o Operand, why string) error {
	for _, t := range o.Types {
		growing, err := d.cumulative(ctx, o, t)
		if err != nil {
			return err
		}
		if growing {
			return totalsFault(t, why)
		}
	}
	return nil
}

// minRises is how many times values must have grown without falling before they
// are taken for totals.
const minRises = 8

// cumulative says whether the profiles of a flow are totals since the start of
// each process: values of an instance that, over the last ten minutes, only grow.
// A plainly scraped allocs, mutex or block endpoint is so; adding its profiles up
// counts everything once a scrape. CPU and wall profiles never are.
// A server without SelectSeries cannot be asked; that counts as no.
func (d *Datasource) cumulative(ctx context.Context, o Operand, t pyroscope.ProfileType) (bool, error) {
	if !mayAccumulate(t) {
		return false, nil
	}
	return d.growing.get(t.ID+o.Selector.String(), func() (bool, error) {
		seen, err := d.observe(ctx, o, t, pyroscope.Range{Start: o.Range.End - tail.Milliseconds(), End: o.Range.End}, fine)
		if pyroscope.Is(err, pyroscope.Unsupported) {
			return false, nil
		}
		return onlyGrows(seen, t), err
	})
}

func mayAccumulate(t pyroscope.ProfileType) bool {
	return strings.HasPrefix(t.SampleType, "alloc_") || t.SampleType == "contentions" || t.SampleType == "delay"
}

// onlyGrows counts rises and falls over all instances. A process that restarted
// falls once; deltas fall about as often as they rise. Equal values count as a
// rise where a delta would hardly ever repeat: in bytes and nanoseconds.
func onlyGrows(seen observation, t pyroscope.ProfileType) bool {
	if seen.Label == "" {
		return false // profiles of several processes in turn rise and fall anyhow
	}
	rises, falls := 0, 0
	for _, s := range seen.Instances {
		for i := 1; i < len(s.Sum); i++ {
			switch {
			case s.Sum[i] > s.Sum[i-1]:
				rises++
			case s.Sum[i] < s.Sum[i-1]:
				falls++
			case t.SampleUnit != "count":
				rises++
			}
		}
	}
	return rises >= minRises && falls*minRises <= rises
}
