package datasource

import (
	"context"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// deltaCure is what to do about profiles that are totals since a process started.
const deltaCure = "Scrape the delta endpoints of godeltaprof (/debug/pprof/delta_heap, delta_mutex, delta_block) instead of the plain " +
	"ones, or push with the Pyroscope SDK."

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
