package pyroscope

import (
	"cmp"
	"context"
	"slices"

	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
	querierv1 "github.com/grafana/pyroscope/api/gen/proto/go/querier/v1"
)

// LineQuery selects profiles and the function whose lines are wanted.
type LineQuery struct {
	Type     string
	Selector Selector
	Range    Range
	Function string
}

// FunctionLines is what a function costs in one file. Values are in the unit of
// the sample type.
type FunctionLines struct {
	File string
	// StartLine is where the function begins, 0 if the profiles do not say.
	StartLine int64
	// Self is spent in the function itself, Total with all that it calls, every
	// stack counted once.
	Self, Total int64
	// Lines in ascending order; line 0 is what has no line.
	Lines []LineCost
}

// LineCost is what one line costs; recursion counts once.
type LineCost struct {
	Line        int64
	Self, Total int64
}

// Lines merges the profiles of a query in the pprof format, the only one with
// lines, and adds up the lines of one function, by file: functions of one name
// may be written in several. No such function gives none.
func (c *Client) Lines(ctx context.Context, q LineQuery) ([]FunctionLines, error) {
	merged, err := call(ctx, c, c.pprof, &querierv1.SelectMergeProfileRequest{
		ProfileTypeID: q.Type, LabelSelector: q.Selector.String(), Start: q.Range.Start, End: q.Range.End,
	})
	if err != nil {
		return nil, err
	}
	return linesOf(merged, q.Function), nil
}

// place is a line of a file.
type place struct {
	file string
	line int64
}

// cost is spent at a place or in a file.
type cost struct{ self, total int64 }

func linesOf(p *googlev1.Profile, function string) []FunctionLines {
	text := func(index int64) string {
		if index < 0 || index >= int64(len(p.StringTable)) {
			return ""
		}
		return p.StringTable[index]
	}
	wanted := map[uint64]*googlev1.Function{}
	for _, f := range p.Function {
		if text(f.Name) == function {
			wanted[f.Id] = f
		}
	}
	locations := map[uint64][]*googlev1.Line{}
	for _, location := range p.Location {
		if slices.ContainsFunc(location.Line, func(l *googlev1.Line) bool { return wanted[l.FunctionId] != nil }) {
			locations[location.Id] = location.Line
		}
	}
	lines, files, starts := map[place]cost{}, map[string]cost{}, map[string]int64{}
	for _, sample := range p.Sample {
		if len(sample.Value) == 0 {
			continue
		}
		here, within := map[place]int64{}, map[string]int64{} // self of what the stack goes through
		for depth, id := range sample.LocationId {
			for inlined, line := range locations[id] { // the innermost first
				f := wanted[line.FunctionId]
				if f == nil {
					continue
				}
				self := int64(0)
				if depth == 0 && inlined == 0 {
					self = sample.Value[0]
				}
				file := text(f.Filename)
				here[place{file, line.Line}] += self
				within[file] += self
				starts[file] = f.StartLine
			}
		}
		for at, self := range here {
			lines[at] = cost{lines[at].self + self, lines[at].total + sample.Value[0]}
		}
		for file, self := range within {
			files[file] = cost{files[file].self + self, files[file].total + sample.Value[0]}
		}
	}
	return sortedLines(lines, files, starts)
}

func sortedLines(lines map[place]cost, files map[string]cost, starts map[string]int64) []FunctionLines {
	byFile := map[string][]LineCost{}
	for at, spent := range lines {
		byFile[at.file] = append(byFile[at.file], LineCost{at.line, spent.self, spent.total})
	}
	var found []FunctionLines
	for file, costs := range byFile {
		slices.SortFunc(costs, func(a, b LineCost) int { return cmp.Compare(a.Line, b.Line) })
		found = append(found, FunctionLines{file, starts[file], files[file].self, files[file].total, costs})
	}
	slices.SortFunc(found, func(a, b FunctionLines) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.File, b.File))
	})
	return found
}

// AddLines adds the lines of several ranges up.
func AddLines(parts ...[]FunctionLines) []FunctionLines {
	lines, files, starts := map[place]cost{}, map[string]cost{}, map[string]int64{}
	for _, part := range parts {
		for _, f := range part {
			files[f.File] = cost{files[f.File].self + f.Self, files[f.File].total + f.Total}
			starts[f.File] = f.StartLine
			for _, l := range f.Lines {
				at := place{f.File, l.Line}
				lines[at] = cost{lines[at].self + l.Self, lines[at].total + l.Total}
			}
		}
	}
	return sortedLines(lines, files, starts)
}
