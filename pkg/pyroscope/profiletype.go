package pyroscope

import (
	"fmt"
	"strings"
)

// ProfileType is a parsed profile type id,
// <name>:<sample type>:<sample unit>:<period type>:<period unit>.
// The period parts are empty when a profile has no period.
type ProfileType struct {
	ID         string
	Name       string
	SampleType string
	SampleUnit string
	PeriodType string
	PeriodUnit string
}

// ParseProfileType reads a full id. A sixth part, which old agents add for delta
// profiles, is accepted and has no meaning.
func ParseProfileType(id string) (ProfileType, error) {
	parts := strings.Split(id, ":")
	if len(parts) != 5 && len(parts) != 6 {
		return ProfileType{}, fmt.Errorf("%q has %d parts where a profile type has five: "+
			"<name>:<sample type>:<sample unit>:<period type>:<period unit>", id, len(parts))
	}
	if parts[0] == "" || parts[1] == "" {
		return ProfileType{}, fmt.Errorf("%q has no name or no sample type, where a profile type has "+
			"<name>:<sample type>:<sample unit>:<period type>:<period unit>", id)
	}
	return ProfileType{
		ID:   id,
		Name: parts[0], SampleType: parts[1], SampleUnit: parts[2], PeriodType: parts[3], PeriodUnit: parts[4],
	}, nil
}

// Kind says how the profiles of a type add up.
type Kind int

const (
	// Flow adds up over time: CPU, wall time, allocations, delays, contentions.
	Flow Kind = iota
	// Level is a state at a moment: memory in use, live objects, goroutines,
	// threads. Its profiles are never summed over time.
	Level
)

// levelSamples are the sample types that describe a state, over all agents.
var levelSamples = map[string]bool{
	"inuse_space": true, "inuse_objects": true, "inuse_size": true, // Go, .NET, Rust
	"goroutine": true, "goroutines": true, "threads": true, "threadcreate": true,
	"live": true, "live_bytes": true, "live_objects": true, // Java
	"space": true, "objects": true, // Node's heap
	"heap-live-size": true, "heap-live-samples": true, // Ruby, PHP
}

// Kind tells flows and levels apart by what was sampled. Unknown types are flows,
// which is what Pyroscope's own sum assumes.
func (t ProfileType) Kind() Kind {
	if levelSamples[t.SampleType] {
		return Level
	}
	return Flow
}

// IsCPU says that values are CPU time in nanoseconds, so that value over time is
// a number of cores.
func (t ProfileType) IsCPU() bool {
	return t.SampleType == "cpu" && t.SampleUnit == "nanoseconds"
}

// Unit is the Grafana unit of a sum: ns, bytes, short.
func (t ProfileType) Unit() string {
	switch t.SampleUnit {
	case "nanoseconds":
		return "ns"
	case "count":
		return "short"
	default:
		return t.SampleUnit
	}
}
