package datasource

import (
	"cmp"
	"context"
	"slices"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// maxFunctionLines is how many lines of a file are told, the costliest; a function that
// somebody wrote has fewer.
const maxFunctionLines = 2000

// linesAnswer is the answer of the resource lines.
type linesAnswer struct {
	// Unit is the Grafana unit of all values.
	Unit string `json:"unit"`
	// Kind is flow or level; the values of a level are summed over all profiles of
	// the range, so that only their shares mean something.
	Kind string `json:"kind"`
	// Files that have a function of this name, the costliest first.
	Files []fileLines `json:"files"`
}

type fileLines struct {
	// File is the path as the compiler knew it, empty if the profiles do not say.
	File string `json:"file"`
	// StartLine is where the function begins, 0 if that is not known.
	StartLine int64 `json:"startLine"`
	Self      int64 `json:"self"`
	Total     int64 `json:"total"`
	// Lines in ascending order; line 0 is what has no line. LeftOut is how many
	// there are besides.
	Lines   []lineCost `json:"lines"`
	LeftOut int        `json:"leftOut"`
}

type lineCost struct {
	Line  int64 `json:"line"`
	Self  int64 `json:"self"`
	Total int64 `json:"total"`
}

// lines tells what each line of a function costs.
func (d *Datasource) lines(ctx context.Context, p params) (linesAnswer, error) {
	answer := linesAnswer{Kind: "flow", Files: []fileLines{}}
	if p.function == "" {
		return answer, pyroscope.Faulty(pyroscope.BadQuery, "The resource lines needs the parameter function.", nil)
	}
	profileType, err := pyroscope.ParseProfileType(p.profileType)
	if err != nil {
		return answer, pyroscope.Faulty(pyroscope.BadQuery, "The resource lines needs the parameter type, a full profile type: "+
			shorten(err.Error())+".", err)
	}
	answer.Unit = profileType.Unit()
	if profileType.Kind() == pyroscope.Level {
		answer.Kind = "level"
	}
	found, err := d.functionLines(ctx, pyroscope.LineQuery{Type: p.profileType, Selector: p.selector, Range: p.Range, Function: p.function})
	if err != nil {
		return answer, err
	}
	for _, f := range found {
		file := fileLines{File: f.File, StartLine: f.StartLine, Self: f.Self, Total: f.Total}
		for _, l := range costliest(f.Lines) {
			file.Lines = append(file.Lines, lineCost(l))
		}
		file.LeftOut = len(f.Lines) - len(file.Lines)
		answer.Files = append(answer.Files, file)
	}
	return answer, nil
}

// functionLines fetches in one call, or in pieces side by side where the range is
// longer than the server answers.
func (d *Datasource) functionLines(ctx context.Context, q pyroscope.LineQuery) ([]pyroscope.FunctionLines, error) {
	if limit := d.queryLength(); limit == 0 || q.Range.Duration() <= limit {
		found, err := d.client.Lines(ctx, q)
		if err == nil || !d.learnQueryLength(err) {
			return found, err
		}
	}
	ranges, err := pieces(q.Range, d.queryLength(), 1)
	if err != nil {
		return nil, err
	}
	parts := make([][]pyroscope.FunctionLines, len(ranges))
	err = sideBySide(ctx, len(ranges), func(ctx context.Context, i int) (err error) {
		piece := q
		piece.Range = ranges[i]
		parts[i], err = d.client.Lines(ctx, piece)
		return err
	})
	if err != nil {
		return nil, err
	}
	return pyroscope.AddLines(parts...), nil
}

// costliest keeps as many lines as are told, in ascending order.
func costliest(lines []pyroscope.LineCost) []pyroscope.LineCost {
	if len(lines) <= maxFunctionLines {
		return lines
	}
	byCost := slices.Clone(lines)
	slices.SortStableFunc(byCost, func(a, b pyroscope.LineCost) int { return cmp.Compare(b.Total, a.Total) })
	kept := byCost[:maxFunctionLines]
	slices.SortFunc(kept, func(a, b pyroscope.LineCost) int { return cmp.Compare(a.Line, b.Line) })
	return kept
}
