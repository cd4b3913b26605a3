package ingest

import (
	"fmt"

	"connectrpc.com/connect"
	parser "github.com/grafana/jfr-parser/pprof"
	jfrlabels "github.com/grafana/jfr-parser/pprof/pyroscope"

	"github.com/flamewatch/profiles/pkg/jfr"
	"github.com/flamewatch/profiles/pkg/store/budget"
)

// jfr reads a Java Flight Recorder file, as the Java agent sends it: a form
// with parts `jfr` and `labels`, or the file alone.
func (r *reading) jfr(mediaType, boundary string) ([]Series, error) {
	recording, contextLabels := r.Body, new(parser.LabelsSnapshot)
	if mediaType == "multipart/form-data" {
		parts, err := r.parts(boundary)
		if err != nil {
			return nil, err
		}
		recording = parts["jfr"]
		if raw := parts["labels"]; len(raw) > 0 {
			if raw, err = r.in.Unpack(r.ctx, raw); err != nil {
				return nil, r.unreadable(err)
			}
			if err := contextLabels.UnmarshalVT(raw); err != nil {
				return nil, r.unreadable(err)
			}
		}
	}
	recording, err := r.in.Unpack(r.ctx, recording)
	if err != nil {
		return nil, r.unreadable(err)
	}
	cost, err := jfr.Check(recording)
	if err != nil {
		return nil, refuse(connect.CodeUnknown, "malformed_profile", "the JFR recording of %s cannot be read: %v", r.name.app, err)
	}
	// Of which Unpack took a part.
	if err := budget.Take(r.ctx, max(0, cost-decodedSize*int64(len(recording)))); err != nil {
		return nil, err
	}
	input := parser.ParseInput{StartTime: r.from, EndTime: r.until, SampleRate: r.sampleRate()}
	found, err := parseJFR(recording, &input, contextLabels)
	if err != nil {
		return nil, refuse(connect.CodeUnknown, "malformed_profile", "the JFR recording of %s cannot be read: %v", r.name.app, err)
	}
	named := map[string]string{}
	for _, l := range r.name.labels {
		named[l.Name] = l.Value
	}
	var all []Series
	for _, one := range found.Profiles {
		raw, err := one.Profile.MarshalVT()
		if err != nil {
			return nil, r.unreadable(err)
		}
		var labels []Label
		for _, l := range jfrlabels.Labels(named, found.JFREvent, one.Metric, r.name.app, r.spy) {
			labels = append(labels, Label{l.Name, l.Value})
		}
		all = append(all, Series{Labels: labels, Profiles: []RawProfile{{Raw: raw}}})
	}
	return all, nil
}

// parseJFR guards against what is left of recordings that the parser was not made for: it
// indexes tables by numbers from the file.
func parseJFR(recording []byte, input *parser.ParseInput, contextLabels *parser.LabelsSnapshot) (found *parser.Profiles, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the file makes no sense: %v", p)
		}
	}()
	return parser.ParseJFR(recording, input, contextLabels)
}
