package datasource

import (
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Baseline is the side of a diff that the query is held against. What is absent
// is as in the query itself.
type Baseline struct {
	ProfileTypeID string
	LabelSelector string
	// Offset moves the query's range back; 0 for none. It is not used with From
	// and To, an absolute range in milliseconds since the epoch.
	Offset   time.Duration
	From, To int64
	// PreviousVersion, of regressions only, is the version that ran before the one that runs now.
	PreviousVersion bool
}

// baseline reads the object {labelSelector, profileTypeId, offset, from, to}.
func (r *modelReader) baseline(key string) *Baseline {
	if !present(r.fields, key) {
		return nil
	}
	inner := modelReader{fields: map[string]json.RawMessage{}}
	if json.Unmarshal(r.fields[key], &inner.fields) != nil {
		r.fail(key, "an object")
		return nil
	}
	b := &Baseline{
		ProfileTypeID: inner.text("profileTypeId"), LabelSelector: inner.text("labelSelector"),
		From: inner.instant("from"), To: inner.instant("to"), PreviousVersion: inner.flag("previousVersion"),
	}
	if offset := inner.text("offset"); offset != "" {
		parsed, err := gtime.ParseDuration(offset)
		if err != nil || parsed < 0 {
			inner.fail("offset", "a duration such as 1h or 7d")
		}
		b.Offset = parsed
	}
	if r.err == nil {
		r.err = inner.err
	}
	return b
}

// instant reads milliseconds since the epoch.
func (r *modelReader) instant(key string) int64 {
	if !present(r.fields, key) {
		return 0
	}
	var ms int64
	if json.Unmarshal(r.fields[key], &ms) != nil || ms < 0 {
		r.fail(key, "a time in milliseconds since 1970")
	}
	return ms
}

// rangeOf is the range of the baseline of a query over chosen.
func (b Baseline) rangeOf(chosen pyroscope.Range) (pyroscope.Range, error) {
	if b.From == 0 && b.To == 0 {
		offset := b.Offset.Milliseconds()
		return pyroscope.Range{Start: chosen.Start - offset, End: chosen.End - offset}, nil
	}
	if b.From >= b.To {
		return pyroscope.Range{}, pyroscope.Faulty(pyroscope.BadQuery, "The baseline's time range is inverted or lacks an end. "+
			"Choose a range that ends after it begins.", nil)
	}
	return pyroscope.Range{Start: b.From, End: b.To}, nil
}
