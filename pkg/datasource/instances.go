package datasource

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const serviceLabel = "service_name"

// instanceLabels are the labels by which agents tell the instances of a service
// apart, the most telling first.
var instanceLabels = []string{"pod", "k8s.pod.name", "k8s_pod_name", "instance", "service_instance_id", "service.instance.id",
	"container_id", "hostname", "host", "node"}

// scrapes are the profiles of one instance in the order of time. At holds the end
// of the small bucket that a profile lies in, Sum its value; profiles of one
// moment that differ in other labels are one.
type scrapes struct {
	instance
	At  []int64
	Sum []float64
}

// instance names a process that sends profiles. Both are empty when the profiles
// have no instance label.
type instance struct{ service, name string }

// observation is what was seen of the instances of an operand.
type observation struct {
	// Label is the instance label, empty if there is none.
	Label string
	// Range is what the buckets cover: whole ones, so it may begin before the range
	// that was asked for.
	Range     pyroscope.Range
	Instances []scrapes
	// Interval is the usual distance of two profiles of an instance in
	// milliseconds, 0 if no instance has two.
	Interval int64
}

// observe looks at when each instance sent profiles. Buckets end at
// r.End - k*step; step must be smaller than the collection interval.
func (d *Datasource) observe(ctx context.Context, o Operand, t pyroscope.ProfileType, r pyroscope.Range, step time.Duration) (observation, error) {
	label, err := d.instanceLabel(ctx, o)
	if err != nil {
		return observation{}, err
	}
	var groupBy []string
	if label != "" {
		groupBy = []string{serviceLabel, label}
	}
	// Lay the grid so that a bucket ends at r.End.
	r.Start = r.End - (r.End-r.Start+step.Milliseconds()-1)/step.Milliseconds()*step.Milliseconds()
	seen := observation{Label: label, Range: pyroscope.Range{Start: r.Start + 1, End: r.End}}
	all, err := d.sums(ctx, pyroscope.SeriesQuery{Type: t.ID, Selector: o.Selector, Range: r, Step: step, GroupBy: groupBy})
	if err != nil {
		return observation{}, err
	}
	var gaps []int64
	for _, s := range all {
		one := scrapes{At: s.Time, Sum: s.Value}
		for _, l := range s.Labels {
			if l.Name == serviceLabel {
				one.service = l.Value
			}
			if l.Name == label {
				one.name = l.Value
			}
		}
		seen.Instances = append(seen.Instances, one)
		for i := 1; i < len(one.At); i++ {
			gaps = append(gaps, one.At[i]-one.At[i-1])
		}
	}
	if len(gaps) > 0 {
		slices.Sort(gaps)
		seen.Interval = gaps[len(gaps)/2]
	}
	return seen, nil
}

// instanceLabel is the label that tells instances apart: that of the settings,
// else the first known one among the labels of the profiles, else none.
func (d *Datasource) instanceLabel(ctx context.Context, o Operand) (string, error) {
	if d.settings.InstanceLabel != "" {
		return d.settings.InstanceLabel, nil
	}
	return d.labels.get(o.Selector.String(), func() (string, error) {
		names, err := d.client.LabelNames(ctx, d.recent(o.Range), o.Selector)
		if err != nil && !pyroscope.Is(err, pyroscope.Unsupported) {
			return "", err
		}
		for _, name := range instanceLabels {
			if slices.Contains(names, name) {
				return name, nil
			}
		}
		return "", nil
	})
}

// newest is the time of the last profile of all, 0 if there is none.
func (o observation) newest() int64 {
	newest := int64(0)
	for _, i := range o.Instances {
		newest = max(newest, i.At[len(i.At)-1])
	}
	return newest
}

// maxNames is how many instances one selector names.
const maxNames = 400

// selecting returns selectors that together match exactly these instances.
func (o observation) selecting(base pyroscope.Selector, chosen []instance) ([]pyroscope.Selector, error) {
	byService := map[string][]string{}
	for _, i := range chosen {
		byService[i.service] = append(byService[i.service], regexp.QuoteMeta(i.name))
	}
	var all []pyroscope.Selector
	for service, names := range byService {
		slices.Sort(names)
		for part := range slices.Chunk(names, maxNames) {
			s, err := base.With(labels.MatchEqual, serviceLabel, service)
			if err != nil {
				return nil, err
			}
			if s, err = s.With(labels.MatchRegexp, o.Label, strings.Join(part, "|")); err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// noInstanceLabel is what a reader must know when instances cannot be told apart.
func noInstanceLabel() string {
	return fmt.Sprintf("These profiles have no label that tells the instances apart (%s, …), so the values are those of one "+
		"profile and not of all instances together. Name such a label in the settings of the data source.",
		strings.Join(instanceLabels[:4], ", "))
}
