package capture

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of what is kept with a profile; those of Pyroscope as it ships, or below.
const (
	maxLabels     = 25
	maxLabelValue = 2048
	nameLabel     = "__name__"
)

// Kept is a profile as it is sent to a server.
type Kept struct {
	Profile []byte
	Labels  map[string]string // with __name__
	// Types are ids of profile types, as servers make them.
	Types []string
	// At is the profile's own time.
	At time.Time
}

// Keep checks a profile and the labels to keep it with. profile is one of the profiles that can be captured. A profile
// without a time is taken for one of now.
func Keep(packed []byte, profile string, labels map[string]string, now time.Time) (Kept, error) {
	kept := Kept{Profile: packed, Labels: maps.Clone(labels)}
	kind, err := profileByName(profile)
	switch {
	case err != nil:
		return kept, err
	case kind.storedAs == "":
		return kept, problem(badRequest, fmt.Sprintf("A %s is no pprof profile, and cannot be kept. Download it.", kind.Name), nil)
	case strings.TrimSpace(labels["service_name"]) == "":
		return kept, problem(badRequest, "A profile is kept under a service: give the label service_name a value.", nil)
	case len(labels) > maxLabels:
		return kept, problem(badRequest, fmt.Sprintf("%d labels were given, at most %d are possible.", len(labels), maxLabels), nil)
	}
	for name, value := range labels {
		if !isLabel(name) {
			return kept, problem(badRequest, fmt.Sprintf("%q is not the name of a label: letters, digits and _, not beginning with __ or a digit.", clip(name)), nil)
		}
		if len(value) > maxLabelValue || !utf8.ValidString(value) {
			return kept, problem(badRequest, fmt.Sprintf("The value of the label %s is no text of at most %d bytes.", name, maxLabelValue), nil)
		}
	}
	parsed, err := parse(packed)
	if err != nil {
		found := AsProblem(err)
		return kept, problem(badRequest, found.Sentence, found.Cause)
	}
	if parsed.TimeNanos == 0 {
		parsed.TimeNanos = now.UnixNano()
		var timed bytes.Buffer
		if err := parsed.Write(&timed); err != nil {
			return kept, problem(badRequest, "The profile cannot be written anew with its time.", err)
		}
		kept.Profile = timed.Bytes()
	}
	kept.At = time.Unix(0, parsed.TimeNanos)
	kept.Labels[nameLabel] = kind.storedAs
	period := ":"
	if parsed.PeriodType != nil {
		period = parsed.PeriodType.Type + ":" + parsed.PeriodType.Unit
	}
	for _, sample := range parsed.SampleType {
		kept.Types = append(kept.Types, strings.Join([]string{kind.storedAs, sample.Type, sample.Unit, period}, ":"))
	}
	slices.Sort(kept.Types)
	return kept, nil
}

// isLabel says whether users may set a label; those that begin with __ are servers'.
func isLabel(name string) bool { return labelForm.MatchString(name) && !strings.HasPrefix(name, "__") }
