package regression

import "slices"

const (
	// timesToRaise and timesToClear are consecutive evaluations with and without a finding.
	timesToRaise = 3
	timesToClear = 2
)

// Standing tells which findings stand at the end of consecutive evaluations of closed buckets, oldest first: one is
// raised when three in a row have it, and cleared when two in a row have not. A finding is known by its fingerprint
// (service, profile type, function matched across builds). The answer is sorted.
func Standing(evaluations [][]string) []string {
	type run struct {
		with, without int
		raised        bool
	}
	runs := map[string]*run{}
	for _, evaluation := range evaluations {
		for _, fingerprint := range evaluation {
			if runs[fingerprint] == nil {
				runs[fingerprint] = &run{}
			}
		}
		for fingerprint, it := range runs {
			if slices.Contains(evaluation, fingerprint) {
				it.with, it.without = it.with+1, 0
			} else {
				it.with, it.without = 0, it.without+1
			}
			switch {
			case it.with >= timesToRaise:
				it.raised = true
			case it.without >= timesToClear:
				delete(runs, fingerprint)
			}
		}
	}
	var standing []string
	for fingerprint, it := range runs {
		if it.raised {
			standing = append(standing, fingerprint)
		}
	}
	slices.Sort(standing)
	return standing
}
