package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"
	"time"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/profile"
	"github.com/flamewatch/profiles/pkg/store/when"
)

// Upload is a request to /ingest, its body read and unpacked.
type Upload struct {
	Query       url.Values
	ContentType string
	Body        []byte
}

const defaultSampleRate = 100

// Series turns an upload into what Push takes. The format is what the format
// parameter says; else multipart forms are pprof as the SDKs send it, and
// anything else is folded text.
func (in *Ingester) Series(ctx context.Context, u Upload) ([]Series, error) {
	series, err := in.series(ctx, u)
	if err != nil && in.Observe != nil {
		in.Observe(Taken{}, 0, err)
	}
	return series, err
}

func (in *Ingester) series(ctx context.Context, u Upload) ([]Series, error) {
	name, err := parseAppName(u.Query.Get("name"))
	if err != nil {
		return nil, err
	}
	r := reading{ctx: ctx, in: in, name: name, Upload: u, spy: u.Query.Get("spyName")}
	if r.spy == "" {
		r.spy = "unknown"
	}
	r.from = when.Parse(u.Query.Get("from"), in.Now())
	r.until = when.Parse(u.Query.Get("until"), in.Now())
	format := u.Query.Get("format")
	mediaType, params, _ := mime.ParseMediaType(u.ContentType)
	switch {
	case format == "jfr":
		return r.jfr(mediaType, params["boundary"])
	case format == "pprof" && mediaType != "multipart/form-data":
		return r.pprof(u.Body, nil)
	case mediaType == "multipart/form-data":
		return r.form(params["boundary"])
	case format == "", format == "folded", format == "groups", format == "lines", format == "collapsed":
		return r.folded(format == "lines")
	}
	return nil, refuse(connect.CodeInvalidArgument, "unknown_format",
		"format %q is not known here: pprof, jfr, folded, groups and lines are", format)
}

// reading is the work on one upload.
type reading struct {
	ctx context.Context
	in  *Ingester
	Upload
	name        appName
	spy         string
	from, until time.Time
}

func (r *reading) sampleRate() int64 {
	n, err := strconv.ParseInt(r.Query.Get("sampleRate"), 10, 32)
	if err != nil || n <= 0 {
		return defaultSampleRate
	}
	return n
}

func (r *reading) folded(lines bool) ([]Series, error) {
	app, t, err := splitFoldedName(r.name.app)
	if err != nil {
		return nil, err
	}
	body, err := r.in.Unpack(r.ctx, r.Body)
	if err != nil {
		return nil, r.unreadable(err)
	}
	p, err := foldedProfile(body, lines, t, r.sampleRate())
	if err != nil {
		return nil, err
	}
	p.TimeNanos = r.from.UnixNano()
	named := r.name
	named.app = app
	return []Series{{Labels: named.series(t.metric, r.spy), Profiles: []RawProfile{{Raw: body, Decoded: p}}}}, nil
}

// form reads what the SDKs send: a part `profile`, and perhaps a part
// `sample_type_config` that tells what the sample types mean.
func (r *reading) form(boundary string) ([]Series, error) {
	parts, err := r.parts(boundary)
	if err != nil {
		return nil, err
	}
	if _, ok := parts["prev_profile"]; ok {
		return nil, refuse(connect.CodeUnknown, "unsupported_client",
			"unsupported client version: it sends prev_profile. Please update github.com/grafana/pyroscope-go to the latest version")
	}
	var config map[string]sampleTypeConfig
	if raw, ok := parts["sample_type_config"]; ok {
		if err := json.Unmarshal(raw, &config); err != nil {
			return nil, refuse(connect.CodeUnknown, "malformed_profile", "sample_type_config: %v", err)
		}
	}
	return r.pprof(parts["profile"], config)
}

// parts reads the parts of a form by name. The body is in memory and bounded.
func (r *reading) parts(boundary string) (map[string][]byte, error) {
	parts := map[string][]byte{}
	form := multipart.NewReader(bytes.NewReader(r.Body), boundary)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, refuse(connect.CodeUnknown, "malformed_profile", "cannot read the multipart form: %v", err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, refuse(connect.CodeUnknown, "malformed_profile", "cannot read part %q of the form: %v", part.FormName(), err)
		}
		parts[part.FormName()] = content
	}
}

func (r *reading) pprof(raw []byte, config map[string]sampleTypeConfig) ([]Series, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	unpacked, err := r.in.Unpack(r.ctx, raw)
	if err != nil {
		return nil, r.unreadable(err)
	}
	p, err := profile.Decode(unpacked, r.in.decodeLimits())
	if err != nil {
		return nil, r.unreadable(err)
	}
	if year := time.Unix(0, p.TimeNanos).UTC().Year(); year == 1970 {
		p.TimeNanos = r.from.UnixNano() // none, or in a wrong unit
	}
	// Named by what was sent, as in Pyroscope: config speaks of types by their own names.
	labels := r.name.series(metricName(p, config), r.spy)
	if r.spy == "dotnetspy" {
		withoutDashes(p)
	}
	return []Series{{Labels: labels, Profiles: []RawProfile{{Raw: unpacked, Decoded: p}}}}, nil
}

// withoutDashes renames sample types such as alloc-size, which the profiler of .NET sends and no profile type id can name.
func withoutDashes(p *profile.Profile) {
	for _, t := range p.SampleTypes {
		p.Strings[t.Type] = strings.ReplaceAll(p.Strings[t.Type], "-", "_")
	}
}

func (r *reading) unreadable(err error) error {
	var many *profile.ErrTooManySamples
	var large *profile.ErrTooLarge
	reason := "malformed_profile"
	switch {
	case errors.Is(err, budget.ErrSpent):
		return err
	case errors.As(err, &many):
		reason = "sample_limit"
	case errors.As(err, &large):
		reason = "size_limit"
	}
	return refuse(connect.CodeUnknown, reason, "the profile of %s cannot be read: %v", r.name.app, err)
}

// sampleTypeConfig is what an SDK says about a sample type.
type sampleTypeConfig struct {
	DisplayName string `json:"display-name"`
}

// displayNames are those of sample types that no config names.
var displayNames = map[string]string{
	"samples":     "cpu_samples",
	"contentions": "mutex_count",
	"delay":       "mutex_duration",
}

// metricName derives the name of a profile (process_cpu, memory, …) from its
// sample types: a pprof message does not carry it.
func metricName(p *profile.Profile, config map[string]sampleTypeConfig) string {
	name := ""
	for _, t := range p.SampleTypes {
		if p.Strings[t.Type] == "wall" {
			return "wall"
		}
	}
	for _, t := range p.SampleTypes {
		name = p.Strings[t.Type]
		if c, ok := config[name]; ok && c.DisplayName != "" {
			name = c.DisplayName
		} else if known, ok := displayNames[name]; ok && len(config) == 0 {
			name = known
		}
		switch {
		case strings.Contains(name, "cpu"):
			return "process_cpu"
		case strings.Contains(name, "alloc_"), strings.Contains(name, "inuse_"), name == "space", name == "objects":
			return "memory"
		case strings.Contains(name, "mutex_"):
			return "mutex"
		case strings.Contains(name, "block_"):
			return "block"
		case strings.Contains(name, "goroutines"):
			return "goroutines"
		}
	}
	return name
}
