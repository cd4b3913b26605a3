package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/flameql"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// sideFacts is what a diff's frame says of one side, in meta.custom.
type sideFacts struct {
	ProfileTypeID string `json:"profileTypeId"`
	Selector      string `json:"selector"`
	From          int64  `json:"from"`
	To            int64  `json:"to"`
	// Total is in the unit of the values, before anything is scaled.
	Total     int64 `json:"total"`
	Nodes     int   `json:"nodes"`
	Instances int   `json:"instances,omitempty"`
	// DroppedTotal is what the server cut off.
	DroppedTotal int64 `json:"droppedTotal"`
	// Scale is what the side's values were multiplied by.
	Scale float64 `json:"scale"`
}

// comparedSide is one side of a diff: an empty tree for an operand without
// profiles. Totals since the start of a process cannot be compared.
func (d *Datasource) comparedSide(ctx context.Context, plan Plan, o Operand, limit int64) (*calltree.Tree, sideFacts, []string, error) {
	facts := sideFacts{Selector: o.Selector.String(), From: o.around().Start, To: o.around().End, Scale: 1}
	if len(o.Types) == 0 {
		return &calltree.Tree{}, facts, nil, nil
	}
	facts.ProfileTypeID = o.Type().ID
	if !o.narrowed() {
		if err := d.refuseTotals(ctx, o, totalsInDiff); err != nil {
			return nil, facts, nil, err
		}
	}
	made, err := d.operandTree(ctx, plan, o, limit)
	if err != nil {
		return nil, facts, nil, err
	}
	facts.Total, facts.Nodes, facts.Instances = made.tree.Sum(), made.tree.Len(), made.instances
	facts.DroppedTotal = made.tree.FindRemainder(limit).Total
	if facts.Instances == 0 && plan.Diff.Normalise == flameql.NormaliseInstance {
		facts.Instances, err = d.countInstances(ctx, o)
	}
	return made.tree, facts, made.notices, err
}

// countInstances is how many instances sent profiles in the range, 0 when they
// cannot be told apart.
func (d *Datasource) countInstances(ctx context.Context, o Operand) (int, error) {
	label, err := d.instanceLabel(ctx, o)
	if err != nil || label == "" {
		return 0, err
	}
	selector, err := o.Selector.With(matchEqual, typeLabel, o.Type().ID)
	if err != nil {
		return 0, err
	}
	sets, err := d.client.LabelSets(ctx, d.recent(o.Range), selector, serviceLabel, label)
	if pyroscope.Is(err, pyroscope.Unsupported) {
		return 0, nil
	}
	return len(sets), err
}

// comparable says why two operands cannot be compared.
func comparable(comparison, baseline Operand) error {
	if len(comparison.Types) == 0 || len(baseline.Types) == 0 {
		return nil
	}
	a, b := comparison.Type(), baseline.Type()
	if a.SampleUnit != b.SampleUnit {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The sides have different units: %s is in %s, %s in %s. "+
			"Choose profile types of one unit.", a.ID, a.SampleUnit, b.ID, b.SampleUnit), nil)
	}
	if a.Kind() != b.Kind() {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("One side is a state and the other adds up over time (%s and %s), "+
			"so they cannot be compared. Choose profile types of one kind.", a.ID, b.ID), nil)
	}
	return nil
}

func unitOf(operands ...Operand) string {
	for _, o := range operands {
		if len(o.Types) > 0 {
			return o.Type().Unit()
		}
	}
	return ""
}

// scaleOf is what the comparison is multiplied by, so that it stands for as many
// instances, or as much time, as the baseline.
func scaleOf(f diffFacts) (scale float64, notice []string) {
	switch f.Normalise {
	case flameql.NormaliseInstance:
		if f.Baseline.Instances == 0 || f.Comparison.Instances == 0 {
			return 1, []string{"The instances cannot be counted on both sides, so the values are not normalised by instance."}
		}
		return float64(f.Baseline.Instances) / float64(f.Comparison.Instances), nil
	case flameql.NormaliseRate:
		return float64(f.Baseline.To-f.Baseline.From) / float64(max(1, f.Comparison.To-f.Comparison.From)), nil
	default:
		return 1, nil
	}
}

// sideNotices says what is odd about the sides.
func sideNotices(f diffFacts, comparison, baseline Operand) []string {
	var notices []string
	switch {
	case f.Baseline.Total == 0 && f.Comparison.Total == 0:
		notices = append(notices, "Neither side has profiles in its range.")
	case f.Baseline.Total == 0:
		notices = append(notices, fmt.Sprintf("The baseline %s has no profiles from %s to %s, so everything looks new.",
			f.Baseline.Selector, clock(f.Baseline.From), clock(f.Baseline.To)))
	case f.Comparison.Total == 0:
		notices = append(notices, fmt.Sprintf("The comparison %s has no profiles from %s to %s, so everything looks removed.",
			f.Comparison.Selector, clock(f.Comparison.From), clock(f.Comparison.To)))
	}
	if f.Baseline.Selector == f.Comparison.Selector && comparison.Range.Start <= baseline.Range.End &&
		baseline.Range.Start <= comparison.Range.End && !comparison.narrowed() {
		notices = append(notices, "The two ranges overlap, so a part of the profiles is on both sides.")
	}
	return notices
}

func clock(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateTime) + " UTC" }
