package datasource

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/common/model"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

const (
	// spacedStep is a step so long that no usual collection interval is longer.
	spacedStep = 5 * time.Minute
	// smoothSteps is how many collection intervals a bucket must hold for one
	// profile more or less not to matter.
	smoothSteps = 8
)

// usualSpacings are intervals at which agents collect. Times are seen to the
// second only, so what is close to one of these is taken for it.
var usualSpacings = []time.Duration{5 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute}

// spacing is the usual distance of two profiles of an instance, 0 where it cannot
// be told: three of four instances send at least so often.
func (d *Datasource) spacing(ctx context.Context, o Operand, t pyroscope.ProfileType) (time.Duration, error) {
	key := fmt.Sprintf("%s%s%d", t.ID, o.Selector, o.Range.End/time.Hour.Milliseconds())
	spacing, err := d.spacings.get(key, func() (time.Duration, error) {
		seen, err := d.lately(ctx, o, t)
		if err != nil {
			return 0, err
		}
		if spacing := spacingOf(seen); spacing > 0 {
			return spacing, nil
		}
		return 0, errNoSpacing
	})
	if errors.Is(err, errNoSpacing) || pyroscope.Is(err, pyroscope.Unsupported) {
		return 0, nil
	}
	return spacing, err
}

// errNoSpacing keeps "cannot be told" from being remembered: a service that has just started has sent one profile, and
// seconds later two.
var errNoSpacing = errors.New("no instance has sent two profiles")

func spacingOf(seen observation) time.Duration {
	var usual []int64
	for _, s := range seen.Instances {
		var gaps []int64
		for i := 1; i < len(s.At); i++ {
			gaps = append(gaps, s.At[i]-s.At[i-1])
		}
		if len(gaps) > 0 {
			slices.Sort(gaps)
			usual = append(usual, gaps[len(gaps)/2])
		}
	}
	if len(usual) == 0 {
		return 0
	}
	slices.Sort(usual)
	measured := time.Duration(usual[(len(usual)*3-1)/4]) * time.Millisecond
	for _, known := range usualSpacings {
		if (measured - known).Abs() <= max(fine, known/16) {
			return known
		}
	}
	return measured.Round(time.Second)
}

// pace is the distance of the points of a series.
type pace struct {
	step time.Duration
	// spacing is the collection interval, 0 where it was not looked at.
	spacing time.Duration
	// notice is what to say where the step is not the one asked for.
	notice string
}

// paceOf finds a step that the profiles of the first operand can fill. Buckets
// shorter than the collection interval of a flow are empty but for those that hold
// a profile, which then stands for the whole interval and reads too high by as
// much; in buckets of one and a half intervals one profile and two take turns.
func (d *Datasource) paceOf(ctx context.Context, plan Plan) (pace, error) {
	p := pace{step: plan.Step}
	operand := plan.Operands[0]
	if plan.Step >= spacedStep || operand.Type().Kind() == pyroscope.Level {
		return p, nil
	}
	for _, t := range operand.Types {
		spacing, err := d.spacing(ctx, operand, t)
		if err != nil {
			return p, err
		}
		p.spacing = max(p.spacing, spacing)
	}
	p.step = wholeSpacings(plan.Step, p.spacing)
	if plan.Step < p.spacing {
		p.notice = fmt.Sprintf("An instance sends a profile every %s, so the points are %s apart. At the %s asked for, "+
			"those with a profile would read %.3g times too high, and the others would be missing.",
			model.Duration(p.spacing), model.Duration(p.step), model.Duration(plan.Step), float64(p.spacing)/float64(plan.Step))
	}
	return p, nil
}

// wholeSpacings is the shortest multiple of a collection interval that is no
// shorter than a step. A step of many intervals stays as it is.
func wholeSpacings(step, interval time.Duration) time.Duration {
	if interval == 0 || step >= smoothSteps*interval {
		return step
	}
	return (step + interval - 1) / interval * interval
}
