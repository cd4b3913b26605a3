package regression

import (
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// Input is what is compared: two windows of one service and profile type. The trees are not changed.
type Input struct {
	Baseline, Comparison Window
	// SampleValue is what one sample is worth, in the profile's unit (10,000,000 ns for Go's CPU profile). 0 says that
	// it is not known, or not the same on both sides: then the test rests on the scatter between buckets alone.
	SampleValue float64
	// MaxNodes is the limit that the server was asked for, and cut the trees to; 0 when they are whole.
	MaxNodes int64
	// Thresholds of what is worth telling; the zero value stands for DefaultThresholds.
	Thresholds Thresholds
}

// Window is one side: its closed buckets in order, all of one length, and its instances where they were fetched apart.
type Window struct {
	Buckets []Bucket
	// Instances have the profile of the whole window each. Two at least on either side tell what is peculiar to an
	// instance from what changed.
	Instances []Instance
}

// Bucket is what all instances together did between two instants.
type Bucket struct {
	Start, End time.Time
	Tree       *calltree.Tree
	// Instances is how many sent profiles, 0 when that is not known.
	Instances float64
}

// Instance is one pod, host or process.
type Instance struct {
	Name string
	Tree *calltree.Tree
}

// Thresholds decide what is worth telling. A change must be larger than all of them and unlikely to be chance.
type Thresholds struct {
	// Ratio is the least comparison over baseline of the function's share, above 1.
	Ratio float64
	// Share is the least change of the share of the service's profile, in [0, 1].
	Share float64
	// FalseDiscovery is how many of the findings may be false, as a share of them.
	FalseDiscovery float64
	// AlertFalseDiscovery is the same for findings that wake somebody up: far smaller, because the question is put again
	// every few minutes.
	AlertFalseDiscovery float64
}

// DefaultThresholds: a fifth more, a five-hundredth of the profile, one finding in twenty false.
var DefaultThresholds = Thresholds{Ratio: 1.2, Share: 0.002, FalseDiscovery: 0.05, AlertFalseDiscovery: 0.00002}

func (t Thresholds) orDefault() Thresholds {
	if t.Ratio <= 1 {
		t.Ratio = DefaultThresholds.Ratio
	}
	if t.Share <= 0 {
		t.Share = DefaultThresholds.Share
	}
	if t.FalseDiscovery <= 0 {
		t.FalseDiscovery = DefaultThresholds.FalseDiscovery
	}
	if t.AlertFalseDiscovery <= 0 {
		t.AlertFalseDiscovery = DefaultThresholds.AlertFalseDiscovery
	}
	return t
}
