package datasource

import (
	"errors"
	"fmt"
	"time"

	"github.com/flamewatch/profiles/pkg/flameql"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// side is an operand as it is written: its type may be short.
type side struct {
	typeText string
	selector pyroscope.Selector
	span     pyroscope.Range
	// earlier is how far before the left side this one lies, in milliseconds, where it is written as an offset; else 0.
	earlier int64
}

// sidesOf reads the operands of a query, what is looked at first, then the
// baseline if there is one. For a query written as text it also takes over into
// q what the clauses say.
func sidesOf(q *Query, chosen pyroscope.Range, now time.Time) ([]side, error) {
	if q.FlameQL != "" {
		return textSides(q, chosen, now)
	}
	selector, err := pyroscope.ParseSelector(q.LabelSelector)
	if err != nil {
		return nil, err
	}
	left := side{typeText: q.ProfileTypeID, selector: selector, span: chosen}
	if q.Baseline == nil {
		return []side{left}, nil
	}
	right := left
	if q.Baseline.ProfileTypeID != "" {
		right.typeText = q.Baseline.ProfileTypeID
	}
	if q.Baseline.LabelSelector != "" {
		if right.selector, err = pyroscope.ParseSelector(q.Baseline.LabelSelector); err != nil {
			return nil, err
		}
	}
	if right.span, err = q.Baseline.rangeOf(chosen); err != nil {
		return nil, err
	}
	if q.Baseline.From == 0 && q.Baseline.To == 0 {
		right.earlier = q.Baseline.Offset.Milliseconds()
	}
	return []side{left, right}, nil
}

func textSides(q *Query, chosen pyroscope.Range, now time.Time) ([]side, error) {
	parsed, err := flameql.Parse(q.FlameQL)
	if err == nil {
		err = parsed.CheckRegexes()
	}
	if err != nil {
		return nil, badText(err)
	}
	left, right := parsed.Operands(q.ProfileTypeID)
	leftWindow, rightWindow, err := parsed.Windows(flameql.Window{FromMs: chosen.Start, ToMs: chosen.End}, now.UnixMilli())
	if err != nil {
		return nil, badText(err)
	}
	q.takeClauses(parsed)
	first, err := textSide(left, leftWindow)
	if err == nil && right == nil && q.Baseline != nil && q.Baseline.PreviousVersion {
		return []side{first, first}, nil
	}
	if err != nil || right == nil {
		return []side{first}, err
	}
	second, err := textSide(*right, *rightWindow)
	if right.Time != nil {
		second.earlier = right.Time.OffsetMs
	}
	return []side{first, second}, err
}

func textSide(o flameql.Operand, w flameql.Window) (side, error) {
	selector, err := pyroscope.ParseSelector(flameql.Selector(o.Matchers))
	return side{typeText: o.Type, selector: selector, span: pyroscope.Range{Start: w.FromMs, End: w.ToMs}}, err
}

// takeClauses puts what the clauses of a text say in the place of the fields.
func (q *Query) takeClauses(parsed *flameql.Query) {
	if len(parsed.By) > 0 {
		q.GroupBy = parsed.By
	}
	if len(parsed.Spans) > 0 {
		q.SpanSelector = parsed.Spans
	}
	if len(parsed.Traces) > 0 {
		q.TraceIDSelector = parsed.Traces
	}
	if len(parsed.Profiles) > 0 {
		q.ProfileIDSelector = parsed.Profiles
	}
	for _, clause := range []struct {
		field *string
		text  string
	}{
		{&q.Function, parsed.Function}, {&q.Focus, parsed.Focus}, {&q.Hide, parsed.Hide},
		{&q.Normalise, string(parsed.Normalise)},
	} {
		if clause.text != "" {
			*clause.field = clause.text
		}
	}
	if parsed.Nodes > 0 {
		q.MaxNodes = int64(parsed.Nodes)
	}
	if parsed.Limit > 0 {
		q.Limit = int64(parsed.Limit)
	}
}

// badText is a fault of the query text, which says where.
func badText(err error) error {
	var at *flameql.Error
	if errors.As(err, &at) {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The query cannot be read at line %d, column %d. %s",
			at.Line, at.Column, at.Message()), err)
	}
	return pyroscope.Faulty(pyroscope.BadQuery, err.Error(), err)
}
