// Package query answers the questions of Pyroscope's querier from a database of
// profiles: labels, series over time, and merged call trees.
package query

import (
	"context"
	"fmt"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// Limits bound queries. The defaults are Pyroscope's.
type Limits struct {
	Length   time.Duration // of the range of a query; default 24 h
	Lookback time.Duration // how far back a query may begin; default 7 d
	MaxNodes int64         // of a flame graph; default 1,048,576
	Stacks   int           // different stacks that a query may merge; default 8,388,608
}

// Fill puts the default in for every zero.
func (l *Limits) Fill() {
	if l.Length == 0 {
		l.Length = 24 * time.Hour
	}
	if l.Lookback == 0 {
		l.Lookback = 7 * 24 * time.Hour
	}
	if l.MaxNodes == 0 {
		l.MaxNodes = 1 << 20
	}
	if l.Stacks == 0 {
		l.Stacks = 8 << 20
	}
}

// defaultNodes is the limit of a flame graph for which none is given.
const defaultNodes = 8192

// Engine answers queries.
type Engine struct {
	DB     *db.DB
	Limits Limits
	Now    func() time.Time
}

func invalid(format string, args ...any) error {
	return connect.NewError(connect.CodeInvalidArgument, fmt.Errorf(format, args...))
}

// Range is a range of time in ms since the epoch, both ends inclusive.
type Range struct{ Start, End int64 }

// bounded holds a range to the limits. A range wholly before the lookback comes
// back empty (ok is false); one that begins before it is cut.
func (e *Engine) bounded(r Range) (cut Range, ok bool, err error) {
	if r.Start == 0 || r.End == 0 {
		return r, false, invalid("missing time range in the query")
	}
	if r.Start > r.End {
		return r, false, invalid("query start time is after end time")
	}
	oldest := e.Now().Add(-e.Limits.Lookback).UnixMilli()
	if r.End < oldest {
		return r, false, nil
	}
	r.Start = max(r.Start, oldest)
	if length := time.Duration(r.End-r.Start) * time.Millisecond; length > e.Limits.Length || length < 0 {
		return r, false, invalid("the query time range exceeds the limit (max_query_length, actual: %s, limit: %s)",
			length, shortDuration(e.Limits.Length))
	}
	return r, true, nil
}

// shortDuration writes whole days as Prometheus does: 1d, not 24h0m0s.
func shortDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	return d.String()
}

var selectors = parser.NewParser(parser.Options{})

// ParseSelector reads a Prometheus selector.
func ParseSelector(text string) ([]*labels.Matcher, error) {
	matchers, err := selectors.ParseMetricSelector(text)
	if err != nil {
		return nil, invalid("parsing label selector %q: %w", text, err)
	}
	return matchers, nil
}

// MetricName is the label that a bare word in a selector matches.
const MetricName = "__name__"

const labelProfileType = "__profile_type__"

// parseProfileType checks the form of a profile type and gives its matcher.
func parseProfileType(id string) (*labels.Matcher, error) {
	parts := strings.Split(id, ":")
	if len(parts) != 5 && len(parts) != 6 {
		return nil, invalid("profile-type selection must be of the form "+
			"<name>:<sample-type>:<sample-unit>:<period-type>:<period-unit>(:delta), got(%d): %q", len(parts), id)
	}
	return labels.NewMatcher(labels.MatchEqual, labelProfileType, strings.Join(parts[:5], ":"))
}

// selection is what most queries begin with.
func (e *Engine) selection(tenant, profileType, selector string, r Range) (sel db.Selection, ok bool, err error) {
	r, ok, err = e.bounded(r)
	if err != nil {
		return sel, false, err
	}
	matchers, err := ParseSelector(selector)
	if err != nil {
		return sel, false, err
	}
	byType, err := parseProfileType(profileType)
	if err != nil {
		return sel, false, err
	}
	return db.Selection{Tenant: tenant, Matchers: append(matchers, byType), Start: r.Start, End: r.End}, ok, nil
}

// Stats says what a tenant has stored.
func (e *Engine) Stats(_ context.Context, tenant string) db.TenantStats {
	return e.DB.TenantStats(tenant)
}
