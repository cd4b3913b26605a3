package regression

import "time"

// Kind says what became of a function.
type Kind string

// The kinds of findings.
const (
	Grew   Kind = "grew"
	New    Kind = "new"
	Gone   Kind = "gone"
	Shrank Kind = "shrank"
	// Transient: it grew, and that is over or was one peak.
	Transient Kind = "transient"
	// Shifted: what it grew by is what its caller or a neighbour gave back, as renaming and inlining do.
	Shifted Kind = "shifted"
	// CutOff: it may have been there before, below what the server cut off.
	CutOff Kind = "cut off"
	// Leak: a state that grows steadily, such as memory in use.
	Leak Kind = "leak"
)

// Wakes says that findings of the kind can wake somebody up.
func (k Kind) Wakes() bool { return k == Grew || k == New || k == Leak }

// Report is the answer for one service and profile type.
type Report struct {
	// Findings, the costliest first; one a cause.
	Findings []Finding
	// Rejected are functions that looked changed and are no finding, and why.
	Rejected []Rejected
	// Tested is how many functions were tested; Samples are those of both windows.
	Tested                             int
	BaselineSamples, ComparisonSamples float64
	// Scale is by how much shares of unchanged functions differ between the windows, 1 for not at all.
	Scale float64
	// Insufficient is set when the data cannot show a change of the thresholds' size; there are no findings then that a
	// person should rely on.
	Insufficient *Insufficient
}

// Finding is one cause.
type Finding struct {
	Kind Kind
	// Function is where the change arises, Stack the call path on which most of it happens (outermost first, the
	// function last), Within the functions whose own cost changed by it.
	Function string
	Stack    []string
	Within   []string
	// Shares of the service's profile that pass through the function, in [0, 1]; the comparison's after the scale was
	// taken out. Ratio is comparison over baseline, 0 when there was no baseline.
	Baseline, Comparison, Ratio float64
	// Measured is the comparison's share of its own profile, as a flame graph shows it: a function that takes half of it
	// leaves all others a smaller part, which the scale takes out of Comparison.
	Measured float64
	// Low and High bound the change of the share, by 95 in 100.
	Low, High float64
	// BaselineRate and ComparisonRate are the function's cost per instance and second, in the profile's unit; 0 when the
	// number of instances is not known.
	BaselineRate, ComparisonRate float64
	// P and Q are those of the function that speaks most clearly: chance alone, and expected share of false findings.
	P, Q float64
	// Since is when the new level began.
	Since time.Time
	// Course has the function's share of every bucket that has samples, baseline first, and Ends when each of them ended;
	// the first BaselineBuckets are the baseline's.
	Course          []float64
	Ends            []time.Time
	BaselineBuckets int
	// InstancesGrown of Instances have a larger share than the baseline's mean; 0 of 0 when they were not fetched apart.
	InstancesGrown, Instances int
	// Package is set when the function's own numbers prove nothing: the growth is spread thin over its package, and P and Q
	// are those of the package's subtree.
	Package *PackageShares
	// GivesBack is the function that a shifted cost came from.
	GivesBack string
	// Growth is what a leak is judged by.
	Growth *Growth
	// Alerts says that the finding is sure and large enough to wake somebody up.
	Alerts bool
	// Why it does not, as a sentence, when it grew.
	Why string
}

// PackageShares are the shares of the service's profile that pass through a package.
type PackageShares struct {
	Name                 string
	Baseline, Comparison float64
}

// Rejected is a function whose share differs and that is no finding.
type Rejected struct {
	Function             string
	Baseline, Comparison float64
	Q                    float64
	Why                  string
}

// Insufficient says how much data there was, and the smallest change that it could have shown: of a function with the
// given share of the profile, the growth of that share found four times in five.
type Insufficient struct {
	BaselineSamples, ComparisonSamples float64
	Share, SmallestChange              float64
	Why                                string
}
