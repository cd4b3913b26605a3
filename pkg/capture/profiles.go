package capture

import (
	"fmt"
	"slices"
	"strings"
)

// Profile is one of the profiles that Go's net/http/pprof serves (https://pkg.go.dev/net/http/pprof).
type Profile struct {
	Name string
	// endpoint and query of the address.
	endpoint, query string
	// Lasts: the endpoint itself takes a number of seconds.
	Lasts bool
	// Cumulative: values, or some of them, are totals since the program began; only a difference tells of now.
	Cumulative bool
	// Text: an answer for reading, not in pprof's format.
	Text bool
	// DownloadOnly: no flame graph can be drawn of it.
	DownloadOnly bool
	// storedAs is the __name__ under which Pyroscope keeps profiles of this kind; empty: it cannot.
	storedAs string
}

var profiles = []Profile{
	{Name: "cpu", endpoint: "profile", Lasts: true, storedAs: "process_cpu"},
	{Name: "heap", endpoint: "heap", Cumulative: true, storedAs: "memory"},
	{Name: "allocs", endpoint: "allocs", Cumulative: true, storedAs: "memory"},
	{Name: "goroutine", endpoint: "goroutine", storedAs: "goroutine"},
	{Name: "mutex", endpoint: "mutex", Cumulative: true, storedAs: "mutex"},
	{Name: "block", endpoint: "block", Cumulative: true, storedAs: "block"},
	{Name: "threadcreate", endpoint: "threadcreate", storedAs: "threadcreate"},
	{Name: "goroutine-counts", endpoint: "goroutine", query: "debug=1", Text: true},
	{Name: "goroutine-dump", endpoint: "goroutine", query: "debug=2", Text: true},
	{Name: "trace", endpoint: "trace", Lasts: true, DownloadOnly: true},
}

func profileByName(name string) (Profile, error) {
	at := slices.IndexFunc(profiles, func(p Profile) bool { return p.Name == name })
	if at >= 0 {
		return profiles[at], nil
	}
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.Name
	}
	return Profile{}, problem(badRequest, fmt.Sprintf("There is no profile %q to capture; there are %s.", clip(name), strings.Join(names, ", ")), nil)
}

// Mode is how often a profile is taken, and what becomes of it.
type Mode string

// The modes of a capture.
const (
	Once  Mode = "once"
	Pair  Mode = "pair"  // before and after the seconds
	Delta Mode = "delta" // what came in the seconds: after less before
)

// Ask is what a user chose.
type Ask struct {
	Target   string `json:"target"`
	Instance string `json:"instance"` // empty: the first
	Profile  string `json:"profile"`
	// Seconds that the endpoint records, or that lie between two takes; 0 where neither applies.
	Seconds int  `json:"seconds"`
	Mode    Mode `json:"mode"` // empty: once
}

// Plan is an Ask that was found to be possible.
type Plan struct {
	Target   *Target
	Instance Instance
	Profile  Profile
	Seconds  int
	Mode     Mode
}

// Plan checks what a user chose against the targets.
func (a Ask) Plan(targets []Target) (Plan, error) {
	at := slices.IndexFunc(targets, func(t Target) bool { return t.ID == a.Target })
	if at < 0 {
		return Plan{}, problem(notFound, fmt.Sprintf("There is no capture target %q. An administrator adds targets on the data source's configuration page.", clip(a.Target)), nil)
	}
	plan := Plan{Target: &targets[at], Seconds: a.Seconds, Mode: a.Mode}
	var known bool
	if plan.Instance, known = plan.Target.instance(a.Instance); !known {
		return Plan{}, problem(notFound, fmt.Sprintf("The target %s has no instance %q.", plan.Target.Name, clip(a.Instance)), nil)
	}
	var err error
	if plan.Profile, err = profileByName(a.Profile); err != nil {
		return Plan{}, err
	}
	if plan.Mode == "" {
		plan.Mode = Once
	}
	return plan, plan.check()
}

func (p Plan) check() error {
	takesTime := p.Profile.Lasts || p.Mode != Once
	switch {
	case !slices.Contains([]Mode{Once, Pair, Delta}, p.Mode):
		return problem(badRequest, fmt.Sprintf("The mode %q is none of once, pair and delta.", clip(string(p.Mode))), nil)
	case p.Mode == Delta && !p.Profile.Cumulative:
		return problem(badRequest, fmt.Sprintf("A %s profile has no totals of which a difference could be taken; take a pair, or take it once.", p.Profile.Name), nil)
	case p.Profile.DownloadOnly && p.Mode != Once:
		return problem(badRequest, "An execution trace is taken once.", nil)
	case takesTime && (p.Seconds < 1 || p.Seconds > p.Target.MostSeconds):
		return problem(badRequest, fmt.Sprintf("%d seconds were asked for; the target %s allows 1 to %d.", p.Seconds, p.Target.Name, p.Target.MostSeconds), nil)
	case !takesTime && p.Seconds != 0:
		return problem(badRequest, fmt.Sprintf("A %s profile is a picture of one moment and takes no seconds; choose a pair or a difference.", p.Profile.Name), nil)
	}
	return nil
}
