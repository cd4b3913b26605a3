package ingest

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"connectrpc.com/connect"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// Labels of samples that tell where a sample was taken instead of splitting the
// series. span_id and profile_id are the same thing.
const (
	sampleProfileID = "profile_id"
	sampleSpanID    = "span_id"
	sampleTraceID   = "trace_id"
)

// group splits the samples of a profile by their string labels, which become
// labels of the series.
func (in *Ingester) group(s seriesLabels, p *profile.Profile) ([]db.Group, error) {
	g := grouping{in: in, series: s, p: p, byPairs: map[string]int{}, byLabels: map[string]int{}, spanned: map[int]bool{}}
	if len(p.Labels) == 0 {
		return []db.Group{{Labels: g.typed(s.all)}}, nil
	}
	g.roles = make([]role, len(p.Strings))
	for i := range p.Samples {
		pairs, span := g.split(p.SampleLabels(i))
		at, err := g.find(pairs)
		if err != nil {
			return nil, err
		}
		to := &g.groups[at]
		to.Samples = append(to.Samples, int32(i))
		to.Spans = append(to.Spans, span)
		if span != (db.Span{}) {
			g.spanned[at] = true
		}
	}
	for at := range g.groups {
		if !g.spanned[at] {
			g.groups[at].Spans = nil
		}
	}
	return g.groups, nil
}

type grouping struct {
	in     *Ingester
	series seriesLabels
	p      *profile.Profile

	groups   []db.Group
	recent   []recentGroup  // the first few: most profiles have no more
	byPairs  map[string]int // by string indexes: cheap, but several may be one label set
	byLabels map[string]int
	spanned  map[int]bool // groups in which a sample has a span
	roles    []role       // by string index
	key      []byte
	pairs    []profile.Label
}

const fewGroups = 8

type recentGroup struct {
	pairs []profile.Label
	at    int
}

// split takes the span out of the labels of a sample.
func (g *grouping) split(sample []profile.Label) (pairs []profile.Label, span db.Span) {
	g.pairs = g.pairs[:0]
	for _, l := range sample {
		switch g.role(l.Key) {
		case roleSpan:
			if b, ok := hexBytes(g.p.Strings[l.Value], 8); ok {
				span.ID = binary.BigEndian.Uint64(b)
			}
		case roleTrace:
			if b, ok := hexBytes(g.p.Strings[l.Value], 16); ok {
				span.Trace = [16]byte(b)
			}
		case roleLabel:
			g.pairs = append(g.pairs, l)
		}
	}
	return g.pairs, span
}

// role is what a label of samples is for.
type role uint8

const (
	roleUnknown role = iota
	roleLabel
	roleSpan
	roleTrace
	roleNone // without a name
)

// role gives the role of a label by the index of its name.
func (g *grouping) role(key uint32) role {
	if g.roles[key] == roleUnknown {
		switch g.p.Strings[key] {
		case sampleProfileID, sampleSpanID:
			g.roles[key] = roleSpan
		case sampleTraceID:
			g.roles[key] = roleTrace
		case "":
			g.roles[key] = roleNone
		default:
			g.roles[key] = roleLabel
		}
	}
	return g.roles[key]
}

// hexBytes reads exactly n bytes of hex digits.
func hexBytes(text string, n int) ([]byte, bool) {
	if len(text) != 2*n {
		return nil, false
	}
	b, err := hex.DecodeString(text)
	return b, err == nil
}

func (g *grouping) find(pairs []profile.Label) (int, error) {
	for _, r := range g.recent {
		if slices.Equal(r.pairs, pairs) {
			return r.at, nil
		}
	}
	g.key = g.key[:0]
	for _, l := range pairs {
		g.key = binary.LittleEndian.AppendUint32(g.key, l.Key)
		g.key = binary.LittleEndian.AppendUint32(g.key, l.Value)
	}
	if at, ok := g.byPairs[string(g.key)]; ok {
		return at, nil
	}
	base, err := g.merge(pairs)
	if err != nil {
		return 0, err
	}
	text := string(base.Bytes(nil))
	at, ok := g.byLabels[text]
	if !ok {
		at = len(g.groups)
		g.groups = append(g.groups, db.Group{Labels: g.typed(base)})
		g.byLabels[text] = at
	}
	g.byPairs[string(g.key)] = at
	if len(g.recent) < fewGroups {
		g.recent = append(g.recent, recentGroup{slices.Clone(pairs), at})
	}
	return at, nil
}

// merge adds the labels of samples to those of the series. What the series says
// about the service, and the server's own labels, stand.
func (g *grouping) merge(pairs []profile.Label) (labels.Labels, error) {
	limits := g.in.Limits
	b := labels.NewBuilder(g.series.all)
	for _, l := range pairs {
		name, value := g.p.Strings[l.Key], g.p.Strings[l.Value]
		if len(name) > limits.LabelNameBytes || len(value) > limits.LabelValueBytes {
			return labels.Labels{}, refuse(connect.CodeInvalidArgument, "label_limit",
				"sample label %.60q=%.60q is too long: a name may have %d bytes and a value %d", name, value, limits.LabelNameBytes, limits.LabelValueBytes)
		}
		if name == labelService || strings.HasPrefix(name, "__") {
			continue
		}
		b.Set(strings.Clone(name), strings.Clone(value))
	}
	merged := b.Labels()
	if merged.Len() > limits.LabelNames {
		return labels.Labels{}, refuse(connect.CodeInvalidArgument, "label_limit",
			"profile series '%s' has %d label names with those of its samples; limit %d", merged, merged.Len(), limits.LabelNames)
	}
	return merged, nil
}

func (g *grouping) typed(base labels.Labels) []labels.Labels {
	typed := make([]labels.Labels, 0, len(g.p.SampleTypes))
	for _, t := range g.p.SampleTypes {
		typed = append(typed, g.series.withType(base, g.p, t))
	}
	return slices.Clip(typed)
}
