package pull

import (
	"errors"
	"slices"

	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// mostStacks is how many different stacks of a profile are remembered. Beyond,
// everything is forgotten and the next pull begins anew.
const mostStacks = 200_000

// delta turns what counts up since the start of a program into what was added
// since the pull before.
type delta struct {
	cumulative []string
	stacks     *symbols.Symbols
	before     map[uint32][]int64 // values by stack, one for each sample type; nil at first
}

// subtract leaves in p what was gained since the profile before. Sample types
// that are no counters stay as they are. At first, when there is nothing to
// subtract, counters become zero. A program that started anew counts from zero:
// then everything it counted was gained since.
func (d *delta) subtract(p *profile.Profile) error {
	counters := d.counters(p)
	if len(counters) == 0 {
		return nil
	}
	if d.stacks == nil {
		d.stacks = symbols.New()
	}
	nodes, err := d.stacks.Intern(p, mostStacks, nil)
	if errors.Is(err, symbols.ErrFull) {
		*d = delta{cumulative: d.cumulative}
	}
	if err != nil {
		return err
	}
	now := sumByStack(p, nodes)
	before := d.before
	first := before == nil
	if restarted(before, now, counters) {
		before = nil
	}
	d.before = now
	// Several samples may have one stack: the first takes its gain.
	seen := make(map[uint32]bool, len(now))
	for i, node := range nodes {
		for _, t := range counters {
			gain := int64(0)
			if !first && !seen[node] {
				gain = now[node][t]
				if old := before[node]; old != nil {
					gain = max(0, gain-old[t])
				}
			}
			p.Values[i*len(p.SampleTypes)+t] = gain
		}
		seen[node] = true
	}
	return nil
}

// counters gives the sample types of a profile that count up.
func (d *delta) counters(p *profile.Profile) []int {
	var found []int
	for t, kind := range p.SampleTypes {
		if slices.Contains(d.cumulative, p.Strings[kind.Type]) {
			found = append(found, t)
		}
	}
	return found
}

func sumByStack(p *profile.Profile, nodes []uint32) map[uint32][]int64 {
	sums := make(map[uint32][]int64, len(nodes))
	for i, node := range nodes {
		sum := sums[node]
		if sum == nil {
			sum = make([]int64, len(p.SampleTypes))
			sums[node] = sum
		}
		for t := range p.SampleTypes {
			sum[t] += p.Value(i, t)
		}
	}
	return sums
}

// restarted tells whether a counter is lower in total than before.
func restarted(before, now map[uint32][]int64, counters []int) bool {
	for _, t := range counters {
		if total(now, t) < total(before, t) {
			return true
		}
	}
	return false
}

func total(sums map[uint32][]int64, t int) (n int64) {
	for _, sum := range sums {
		if t < len(sum) {
			n += sum[t]
		}
	}
	return n
}
