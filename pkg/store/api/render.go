package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"connectrpc.com/connect"
	"golang.org/x/sync/errgroup"

	"github.com/flamewatch/profiles/pkg/store/dot"
	"github.com/flamewatch/profiles/pkg/store/query"
	"github.com/flamewatch/profiles/pkg/store/tree"
	"github.com/flamewatch/profiles/pkg/store/when"
)

// renderer answers /pyroscope/render and its kin, the API from before Connect.
type renderer struct {
	q   *querier
	now func() time.Time
}

// flamebearer is the answer of render.
type flamebearer struct {
	Version     int                  `json:"version"`
	Flamebearer bearer               `json:"flamebearer"`
	Metadata    metadata             `json:"metadata"`
	Timeline    *timeline            `json:"timeline"`
	Groups      map[string]*timeline `json:"groups"`
	Heatmap     *struct{}            `json:"heatmap"`
	LeftTicks   int64                `json:"leftTicks,omitempty"`
	RightTicks  int64                `json:"rightTicks,omitempty"`
}

type bearer struct {
	Names    []string  `json:"names"`
	Levels   [][]int64 `json:"levels"`
	NumTicks int64     `json:"numTicks"`
	MaxSelf  int64     `json:"maxSelf"`
}

type metadata struct {
	Format     string `json:"format"` // single or double
	SpyName    string `json:"spyName"`
	SampleRate int64  `json:"sampleRate"`
	Units      string `json:"units"`
	Name       string `json:"name"`
}

func (r *renderer) render(w http.ResponseWriter, req *http.Request) {
	if !getOnly(w, req) {
		return
	}
	m, err := r.parse(req, "query", "from", "until")
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	maxNodes := renderNodes(req)
	if req.Form.Get("format") == "dot" {
		r.dot(w, req, m, maxNodes)
		return
	}
	out, err := r.single(req.Context(), m, maxNodes, req.Form["groupBy"])
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

func (r *renderer) single(ctx context.Context, m query.Merge, maxNodes int64, groupBy []string) (*flamebearer, error) {
	nodes, err := r.q.engine.Nodes(maxNodes)
	if err != nil {
		return nil, err
	}
	step := timelineStep(m.Range)
	var flame *tree.Flame
	var series []query.TimeSeries
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		t, err := r.q.engine.Tree(gctx, m, nodes)
		if err == nil {
			flame = t.Flame()
		}
		return err
	})
	g.Go(func() (err error) {
		series, err = r.q.engine.Timeline(gctx, query.Timeline{
			Tenant: m.Tenant, ProfileType: m.ProfileType, Selector: m.Selector, Range: m.Range,
			Step: step.Seconds(), GroupBy: groupBy,
		})
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	out := bear(flame, m.ProfileType, "single")
	out.Timeline = newTimeline(m.Range, step)
	if len(series) == 1 {
		out.Timeline.fill(series[0], m.Range)
	}
	if len(groupBy) > 0 {
		out.Groups = map[string]*timeline{}
		for _, s := range series {
			key := "*"
			if len(s.Labels) > 0 && s.Labels[0].Name == groupBy[0] {
				key = s.Labels[0].Value
			}
			t := newTimeline(m.Range, step)
			t.fill(s, m.Range)
			out.Groups[key] = t
		}
	}
	return out, nil
}

func (r *renderer) dot(w http.ResponseWriter, req *http.Request, m query.Merge, maxNodes int64) {
	merged, err := r.q.engine.Pprof(req.Context(), m, query.PprofShape{MaxNodes: maxNodes})
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	text, err := dot.Write(merged)
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(text))
}

func (r *renderer) renderDiff(w http.ResponseWriter, req *http.Request) {
	if !getOnly(w, req) {
		return
	}
	left, err := r.parse(req, "leftQuery", "leftFrom", "leftUntil")
	right, errRight := r.parse(req, "rightQuery", "rightFrom", "rightUntil")
	if err = errors.Join(err, errRight); err == nil && left.ProfileType != right.ProfileType {
		err = connect.NewError(connect.CodeInvalidArgument, errors.New("profile types must match"))
	}
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	joined, err := r.q.diff(req.Context(), left, right, renderNodes(req))
	if err != nil {
		writeRenderFault(w, err)
		return
	}
	f := joined.Flame()
	out := bear(f, left.ProfileType, "double")
	out.LeftTicks, out.RightTicks = f.Sides[0], f.Sides[1]
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

// labelValues answers a call that Pyroscope still has but for a missing range.
func (r *renderer) labelValues(w http.ResponseWriter, req *http.Request) {
	if !getOnly(w, req) {
		return
	}
	writeRenderFault(w, connect.NewError(connect.CodeInvalidArgument,
		errors.New("missing time range in the query: use querier.v1.QuerierService/LabelValues")))
}

// parse reads a query of the form `<profile type>{<selector>}` and its range.
func (r *renderer) parse(req *http.Request, queryField, fromField, untilField string) (query.Merge, error) {
	bad := func(format string, args ...any) (query.Merge, error) {
		return query.Merge{}, connect.NewError(connect.CodeInvalidArgument, fmt.Errorf(format, args...))
	}
	if err := req.ParseForm(); err != nil {
		return bad("cannot read the parameters: %w", err)
	}
	text := req.Form.Get(queryField)
	if text == "" {
		return bad("%q is required", queryField)
	}
	matchers, err := query.ParseSelector(text)
	if err != nil {
		return bad("failed to parse %q: %w", queryField, errors.Unwrap(err)) // without its code, which has a place of its own
	}
	m := query.Merge{Tenant: tenant(req.Context())}
	var rest []string
	for _, matcher := range matchers {
		if matcher.Name == query.MetricName {
			m.ProfileType = matcher.Value
			continue
		}
		rest = append(rest, matcher.String())
	}
	if m.ProfileType == "" {
		return bad("%q must contain a profile-type selection", queryField)
	}
	if parts := strings.Count(m.ProfileType, ":"); parts != 4 && parts != 5 {
		return bad("failed to parse %q: %q is not a profile type of five parts", queryField, m.ProfileType)
	}
	m.Selector = "{" + strings.Join(rest, ",") + "}"
	now := r.now()
	m.Range = query.Range{
		Start: when.Parse(req.Form.Get(fromField), now).UnixMilli(),
		End:   when.Parse(req.Form.Get(untilField), now).UnixMilli(),
	}
	return m, nil
}

func renderNodes(req *http.Request) int64 {
	for _, name := range []string{"max-nodes", "maxNodes"} {
		if n, err := strconv.ParseInt(req.Form.Get(name), 10, 64); err == nil {
			return n
		}
	}
	return 0
}

func bear(f *tree.Flame, profileType, format string) *flamebearer {
	parts := strings.SplitN(profileType, ":", 6)
	out := &flamebearer{
		Version:     1,
		Flamebearer: bearer{Names: f.Names, Levels: f.Levels, NumTicks: f.Total, MaxSelf: f.MaxSelf},
		Metadata:    metadata{Format: format, SampleRate: 100, Units: parts[2], Name: parts[1]},
	}
	switch parts[1] {
	case "inuse_objects", "alloc_objects", "goroutine", "samples":
		out.Metadata.Units = "objects"
	case "cpu":
		out.Metadata.Units = "samples"
		out.Metadata.SampleRate = 1_000_000_000
	}
	return out
}

func writeRenderFault(w http.ResponseWriter, err error) {
	text := err.Error()
	if c := new(connect.Error); errors.As(err, &c) {
		text = c.Message()
	}
	c := code(err)
	writeFault(w, httpStatus(c), c, text)
}
