package datasource

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// versionLabels are the labels that programs and agents name their version by, the
// most telling first.
var versionLabels = []string{"version", "service_version", "service.version", "app_version", "app_kubernetes_io_version",
	"release", "service_git_ref", "git_ref", "git_sha", "git_commit", "commit", "revision", "image_tag"}

const (
	// deploySteps is about how many buckets a range is looked at in.
	deploySteps = 400
	// deployPause is for how long a version must be away, or unseen, to be deployed
	// again when it comes back.
	deployPause = 10 * time.Minute
	// maxDeploys is how many deploys are shown, the latest.
	maxDeploys = 100
)

// deploy is the moment at which a service began to send profiles of another
// version. Keys are those of the resource deploys.
type deploy struct {
	// At is in milliseconds: the end of the first bucket with the version.
	At      int64  `json:"at"`
	Service string `json:"service"`
	// Label is the label that changed, Before its value until then.
	Label   string `json:"label"`
	Version string `json:"version"`
	Before  string `json:"before"`
}

// deploys finds, in the range of an operand, the changes of the label that holds
// the version, oldest first. A condition of the selector on that label is left
// out: it would hide every change. Without such a label there are none, and the
// label is empty.
func (d *Datasource) deploys(ctx context.Context, o Operand) (found []deploy, label string, err error) {
	names, err := d.client.LabelNames(ctx, d.recent(o.Range), o.Selector)
	if err != nil && !pyroscope.Is(err, pyroscope.Unsupported) {
		return nil, "", err
	}
	at := slices.IndexFunc(versionLabels, func(name string) bool { return slices.Contains(names, name) })
	if at < 0 || len(o.Types) == 0 {
		return nil, "", nil
	}
	label = versionLabels[at]
	step := max(d.settings.MinStep, deployStep(o.Range))
	pause := max(deployPause, 3*step).Milliseconds()
	// What was there before the range began is not deployed in it.
	g := gridOf(pyroscope.Range{Start: o.Range.Start - pause, End: o.Range.End}, step)
	all, err := d.sums(ctx, pyroscope.SeriesQuery{Type: o.Type().ID, Selector: o.Selector.Without(label), Range: g.Range, Step: step,
		GroupBy: []string{serviceLabel, label}})
	if err != nil {
		return nil, label, err
	}
	byService := map[string][]pyroscope.Series{}
	for _, s := range all {
		if labelOf(s.Labels, label) != "" {
			service := labelOf(s.Labels, serviceLabel)
			byService[service] = append(byService[service], s)
		}
	}
	for service, versions := range byService {
		for _, v := range versions {
			for _, start := range startsOf(v, versions, pause) {
				before := mostBefore(versions, v, label, start, pause)
				if before != "" && start > o.Range.Start && start-step.Milliseconds() < o.Range.End {
					found = append(found, deploy{At: start, Service: service, Label: label, Version: labelOf(v.Labels, label), Before: before})
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b deploy) int {
		return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.Service, b.Service), strings.Compare(a.Version, b.Version))
	})
	return found[max(0, len(found)-maxDeploys):], label, nil
}

// deployStep is about how exactly the time of a deploy in a range is known.
func deployStep(r pyroscope.Range) time.Duration {
	return max(defaultMinStep, (r.Duration() / deploySteps).Truncate(time.Second))
}

// startsOf are the times at which a version came after it had been away: for a pause, or for as long as another version
// stood in for it, which is a roll-back however short that was.
func startsOf(s pyroscope.Series, versions []pyroscope.Series, pause int64) []int64 {
	var starts []int64
	spacing := usuallyApart(s.Time)
	for i, at := range s.Time {
		switch {
		case i == 0 || at-s.Time[i-1] > pause:
			starts = append(starts, at)
		case 2*(at-s.Time[i-1]) > 3*spacing && isRollBack(s, versions, s.Time[i-1], at, pause):
			starts = append(starts, at)
		}
	}
	return starts
}

// isRollBack says that another version came as this one left, and has gone since it is back: each within a pause, for
// instances are replaced one after the other. A version that comes while the other's instances are merely late stays.
func isRollBack(s pyroscope.Series, versions []pyroscope.Series, left, back, pause int64) bool {
	lastSeen := s.Time[len(s.Time)-1]
	for _, other := range versions {
		first, last := runBefore(other.Time, back, pause)
		if first > left-pause && last > left && last < back+pause && last < lastSeen {
			return true
		}
	}
	return false
}

// runBefore is the unbroken run of a version that was there before a time: when it came and when it went. Both are -1
// when there was none.
func runBefore(times []int64, at, pause int64) (first, last int64) {
	first, last = -1, -1
	for _, t := range times {
		if last < 0 || t-last > pause {
			if t >= at {
				break
			}
			first = t
		}
		last = t
	}
	return first, last
}

// usuallyApart is how far the points of a series usually are apart.
func usuallyApart(times []int64) int64 {
	if len(times) < 2 {
		return 0
	}
	apart := make([]int64, len(times)-1)
	for i := range apart {
		apart[i] = times[i+1] - times[i]
	}
	slices.Sort(apart)
	return apart[len(apart)/2]
}

// mostBefore is the version, other than one, that cost most shortly before a
// time; empty if nothing was sent then, as when a service starts.
func mostBefore(versions []pyroscope.Series, one pyroscope.Series, label string, at, pause int64) string {
	most, name := -1.0, ""
	for _, v := range versions {
		if labelOf(v.Labels, label) == labelOf(one.Labels, label) {
			continue
		}
		sum, seen := 0.0, false
		for i, t := range v.Time {
			if t < at && t >= at-pause {
				sum, seen = sum+v.Value[i], true
			}
		}
		if seen && sum > most {
			most, name = sum, labelOf(v.Labels, label)
		}
	}
	return name
}

// deployMarks draws the deploys of the first operand as annotations. They are an
// addition to a series: what hinders them is a notice.
func (d *Datasource) deployMarks(ctx context.Context, plan Plan) (data.Frames, []string, error) {
	frame, _, err := d.deployFrame(ctx, plan)
	switch {
	case pyroscope.Is(err, pyroscope.Canceled):
		return nil, nil, err
	case err != nil:
		return nil, []string{"Deploys are not marked: " + err.Error()}, nil
	case frame.Rows() == 0:
		return nil, nil, nil
	default:
		return data.Frames{frame}, nil, nil
	}
}

// deploysOnly is the answer to an annotation query: nothing but deploys.
func (d *Datasource) deploysOnly(ctx context.Context, plan Plan) (data.Frames, error) {
	frame, label, err := d.deployFrame(ctx, plan)
	if err != nil {
		return nil, err
	}
	var notices []string
	if label == "" {
		notices = append(notices, fmt.Sprintf("Deploys cannot be found: these profiles have no label of the version (%s, …).",
			strings.Join(versionLabels[:4], ", ")))
	}
	return withNotices(frame, notices), nil
}

func (d *Datasource) deployFrame(ctx context.Context, plan Plan) (frame *data.Frame, label string, err error) {
	operand := plan.Operands[0]
	found, label, err := d.deploys(ctx, operand)
	if err != nil {
		return nil, label, err
	}
	marks := make([]frames.Annotation, 0, len(found))
	for _, one := range found {
		marks = append(marks, d.deployMark(ctx, one, operand))
	}
	return frames.Annotations(marks), label, nil
}

// deployList answers the resource deploys.
func (d *Datasource) deployList(ctx context.Context, p params) ([]deploy, error) {
	o := Operand{Selector: p.selector, Range: p.Range}
	var err error
	if o.Types, _, err = d.resolveType(ctx, p.profileType, o); err != nil {
		return nil, err
	}
	found, _, err := d.deploys(ctx, o)
	if found == nil {
		found = []deploy{} // JSON's []
	}
	return found, err
}
