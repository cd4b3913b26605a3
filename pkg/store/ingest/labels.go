package ingest

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"connectrpc.com/connect"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// Names of labels that mean something to the store.
const (
	labelName        = "__name__"
	labelService     = "service_name"
	labelProfileType = "__profile_type__"
	labelType        = "__type__"
	labelUnit        = "__unit__"
	labelPeriodType  = "__period_type__"
	labelPeriodUnit  = "__period_unit__"
	labelServiceCopy = "__service_name__"

	unknownService = "unknown_service"
)

// droppedLabels are told apart by the sender, not by who reads.
var droppedLabels = []string{"__session_id__", "__delta__"}

// seriesLabels are checked labels of a pushed series.
type seriesLabels struct {
	name, service string
	all           labels.Labels // without what the server adds per sample type
}

// checkLabels holds pushed labels to the limits and drops those without meaning.
func (in *Ingester) checkLabels(pushed []Label) (seriesLabels, error) {
	sorted := slices.Clone(pushed)
	if !slices.ContainsFunc(sorted, func(l Label) bool { return l.Name == labelService }) {
		sorted = append(sorted, Label{labelService, unknownService})
	}
	slices.SortStableFunc(sorted, func(a, b Label) int { return strings.Compare(a.Name, b.Name) })

	// text is for error messages only.
	text := func() string {
		var b labels.ScratchBuilder
		for _, l := range sorted {
			b.Add(l.Name, strings.ToValidUTF8(l.Value, "\uFFFD"))
		}
		return b.Labels().String()
	}
	bad := func(reason, format string, args ...any) (seriesLabels, error) {
		return seriesLabels{}, refuse(connect.CodeInvalidArgument, reason, format, args...)
	}
	if len(pushed) > in.Limits.LabelNames {
		return bad("label_limit", "profile series '%s' has %d label names; limit %d", text(), len(pushed), in.Limits.LabelNames)
	}
	var s seriesLabels
	var b labels.ScratchBuilder
	for i, l := range sorted {
		switch {
		case l.Name == "":
			return bad("label_invalid", "invalid labels '%s' with error: invalid label name ''", text())
		case !utf8.ValidString(l.Name) || !utf8.ValidString(l.Value):
			return bad("label_invalid", "label %q is not valid UTF-8", l.Name)
		case len(l.Name) > in.Limits.LabelNameBytes:
			return bad("label_limit", "profile with labels '%s' has label name too long: '%s'; limit %d bytes", text(), l.Name, in.Limits.LabelNameBytes)
		case len(l.Value) > in.Limits.LabelValueBytes:
			return bad("label_limit", "profile with labels '%s' has label value too long: '%s'; limit %d bytes", text(), l.Value, in.Limits.LabelValueBytes)
		case i > 0 && sorted[i-1].Name == l.Name:
			return bad("label_invalid", "profile with labels '%s' has duplicate label name: '%s'", text(), l.Name)
		}
		switch l.Name {
		case labelName:
			s.name = l.Value
		case labelService:
			s.service = l.Value
		}
		if l.Value != "" && !slices.Contains(droppedLabels, l.Name) {
			b.Add(l.Name, l.Value)
		}
	}
	switch {
	case s.service == "":
		return bad("label_invalid", "invalid labels '%s' with error: service name is not provided", text())
	case s.name == "":
		return bad("label_invalid", "invalid labels '%s' with error: invalid metric name", text())
	}
	s.all = b.Labels()
	return s, nil
}

// withType adds what the server says about one sample type.
func (s *seriesLabels) withType(base labels.Labels, p *profile.Profile, t profile.ValueType) labels.Labels {
	kind, unit := p.Strings[t.Type], p.Strings[t.Unit]
	periodKind, periodUnit := p.Strings[p.PeriodType.Type], p.Strings[p.PeriodType.Unit]
	b := labels.NewBuilder(base)
	b.Set(labelProfileType, strings.Join([]string{s.name, kind, unit, periodKind, periodUnit}, ":"))
	b.Set(labelType, kind)
	b.Set(labelUnit, unit)
	b.Set(labelPeriodType, periodKind)
	b.Set(labelPeriodUnit, periodUnit)
	b.Set(labelServiceCopy, s.service)
	return b.Labels()
}

// checkTypes refuses sample types that no profile type id could name.
func checkTypes(p *profile.Profile) error {
	for _, t := range p.SampleTypes {
		if strings.Contains(p.Strings[t.Type], "-") {
			return refuse(connect.CodeInvalidArgument, "malformed_profile", "sample type contains -")
		}
		if strings.Contains(p.Strings[t.Type]+p.Strings[t.Unit], ":") {
			return refuse(connect.CodeInvalidArgument, "malformed_profile",
				"sample type %q with unit %q contains ':', which separates the parts of a profile type", p.Strings[t.Type], p.Strings[t.Unit])
		}
	}
	return nil
}

func (in *Ingester) checkTime(s seriesLabels, atMs int64, now time.Time) error {
	from, to := now.Add(-in.Limits.MaxAge), now.Add(in.Limits.MaxAhead)
	if atMs >= from.UnixMilli() && atMs <= to.UnixMilli() {
		return nil
	}
	const layout = time.RFC3339
	return refuse(connect.CodeInvalidArgument, "outside_window",
		"profile with labels '%s' is outside of ingestion window (profile timestamp: %s, the ingestion window starts at %s and ends at %s)",
		s.all, time.UnixMilli(atMs).UTC().Format(layout), from.UTC().Format(layout), to.UTC().Format(layout))
}
