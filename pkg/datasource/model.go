package datasource

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Query is a query as it is saved: the model of core's profile data source, and
// what this one adds. Absent fields have their zero value.
type Query struct {
	QueryType         string
	ProfileTypeID     string
	LabelSelector     string
	GroupBy           []string
	SpanSelector      []string
	ProfileIDSelector []string
	TraceIDSelector   []string
	// CallSite is a call path, outermost function first: only stacks that begin with it count.
	CallSite         []string
	Limit            int64
	MaxNodes         int64
	Annotations      bool
	IncludeExemplars bool
	IncludeHeatmap   bool
	HeatmapType      string

	// Levels is how profiles of a state (memory in use, goroutines) become one
	// flame graph: latest or average.
	Levels string
	// FillGaps asks for a null where a bucket has no profile.
	FillGaps bool

	// FlameQL is the query as text. What it says wins over the fields.
	FlameQL string
	// Baseline is what a diff holds the query against; nil for none.
	Baseline *Baseline
	// Normalise is share, instance, rate or none; empty for the default.
	Normalise string
	// Function, Focus and Hide are regular expressions, not anchored: only stacks
	// through such functions and a series of each; only such stacks; without such
	// frames. Hide is written hideFrames: Grafana's own field hide switches a query off.
	Function, Focus, Hide string
	// FunctionValue is what a series per function shows: total (default) or self.
	FunctionValue string
	// AsShare shows shares of the whole in place of costs.
	AsShare bool
	// Number is what an alert rule sees of a diff: ratio (default) or change; of its range the ends, from and
	// to (of a diff also baselineFrom and baselineTo); of regressions also what
	// frames.RegressionNumberNames lists.
	Number string

	// LegendFormat names the lines of a series: {{label}} is replaced by the label's value.
	LegendFormat string
	// LeastRatio and LeastShare are how large a regression must be to be told: comparison over baseline of a function's
	// share, above 1, and the change of that share, from 0 to 1. 0 for the default.
	LeastRatio, LeastShare float64
	// WarmUp is how long after its start an instance is left out of regressions, such as 10m; empty for the default.
	WarmUp string

	// Deploys asks for nothing but deploys, as annotations of a dashboard.
	Deploys bool
	// Findings asks for nothing but regressions, as annotations of a dashboard.
	Findings bool

	// Packed says that the asker unpacks flame graphs; see frames.Pack. Our own front end does, and nobody else asks so.
	Packed bool

	// WallMS is how long the spans took that are looked at, in milliseconds; 0 where the asker does not know.
	WallMS int64
	// SpanName is the name of the span that SpanSelector chooses, and AncestorOf that of the span below it that was meant
	// and has no profile of its own; empty where the span itself was meant.
	SpanName, AncestorOf string

	// Unresolved says that a span, trace or profile selector held a template that
	// nothing replaced; such entries are left out.
	Unresolved bool
}

// ParseQuery reads a saved query. It is lenient where a dashboard may have been
// written by hand or by an older version: null is absent, a number may be text,
// one text may stand for a list of one. What cannot be meant is a fault that
// names the field.
func ParseQuery(model []byte) (Query, error) {
	var q Query
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(model, &fields); err != nil {
		return q, pyroscope.Faulty(pyroscope.BadQuery, "The query is not a JSON object. Open it in the query editor and save it again.", err)
	}
	r := modelReader{fields: fields}
	q.QueryType = r.text("queryType")
	q.ProfileTypeID = r.text("profileTypeId")
	q.LabelSelector = r.text("labelSelector")
	q.GroupBy = r.list("groupBy")
	q.SpanSelector = r.ids("spanSelector", &q.Unresolved)
	q.ProfileIDSelector = r.ids("profileIdSelector", &q.Unresolved)
	q.TraceIDSelector = r.ids("traceIdSelector", &q.Unresolved)
	q.CallSite = r.names("callSite")
	q.Limit = r.count("limit")
	q.MaxNodes = r.count("maxNodes")
	q.Annotations = r.flag("annotations")
	q.IncludeExemplars = r.flag("includeExemplars")
	q.IncludeHeatmap = r.flag("includeHeatmap")
	q.HeatmapType = r.text("heatmapType")
	q.Levels = r.text("levels")
	q.FillGaps = r.flag("fillGaps")
	q.FlameQL = r.text("flameql")
	q.Baseline = r.baseline("baseline")
	q.Normalise = r.text("normalise")
	q.Function, q.Focus, q.Hide = r.text("function"), r.text("focus"), r.text("hideFrames")
	q.FunctionValue = r.text("functionValue")
	q.AsShare = r.flag("asShare")
	q.Number = r.text("number")
	q.Deploys, q.Findings = r.flag("deploys"), r.flag("findings")
	q.Packed = r.flag("packed")
	q.WallMS = r.count("wallMs")
	q.SpanName, q.AncestorOf = r.text("spanName"), r.text("ancestorOf")
	q.LegendFormat = r.text("legendFormat")
	q.LeastRatio, q.LeastShare = r.number("leastRatio"), r.number("leastShare")
	q.WarmUp = r.text("warmUp")
	return q, r.err
}

// modelReader reads fields and keeps the first fault.
type modelReader struct {
	fields map[string]json.RawMessage
	err    error
}

func (r *modelReader) fail(key, wanted string) {
	if r.err == nil {
		r.err = pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The field %s of the query is %s where %s is expected. "+
			"Open the query in the editor and choose it again.", key, shorten(string(r.fields[key])), wanted), nil)
	}
}

func (r *modelReader) text(key string) string {
	if !present(r.fields, key) {
		return ""
	}
	var text string
	if json.Unmarshal(r.fields[key], &text) != nil {
		r.fail(key, "text")
	}
	return strings.TrimSpace(text)
}

func (r *modelReader) flag(key string) bool {
	return strings.Trim(string(r.fields[key]), `" `) == "true"
}

// list reads a list of texts without its empty entries.
func (r *modelReader) list(key string) []string {
	if !present(r.fields, key) {
		return nil
	}
	var many []string
	var one string
	if json.Unmarshal(r.fields[key], &many) != nil {
		if json.Unmarshal(r.fields[key], &one) != nil {
			r.fail(key, "a list of texts")
			return nil
		}
		many = strings.Split(one, ",")
	}
	var kept []string
	for _, entry := range many {
		if entry = strings.TrimSpace(entry); entry != "" {
			kept = append(kept, entry)
		}
	}
	return kept
}

// names reads a list of function names as they are: they may hold commas and spaces.
func (r *modelReader) names(key string) []string {
	var names []string
	if present(r.fields, key) && json.Unmarshal(r.fields[key], &names) != nil {
		r.fail(key, "a list of texts")
	}
	return names
}

// ids reads a list and leaves out templates that nothing replaced, such as
// ${__span.tags["pyroscope.profile.id"]} of a span without that tag.
func (r *modelReader) ids(key string, unresolved *bool) []string {
	var kept []string
	for _, id := range r.list(key) {
		if strings.Contains(id, "${") || strings.HasPrefix(id, "$") {
			*unresolved = true
			continue
		}
		kept = append(kept, id)
	}
	return kept
}

// count reads a whole number; 0 and absent are the same, negative is a fault.
func (r *modelReader) count(key string) int64 {
	if !present(r.fields, key) {
		return 0
	}
	number, err := strconv.ParseFloat(strings.Trim(string(r.fields[key]), `" `), 64)
	if err != nil || number < 0 || number > math.MaxInt32 || number != math.Trunc(number) {
		r.fail(key, "a whole number that is not negative")
		return 0
	}
	return int64(number)
}

// number reads a number; 0 and absent are the same, negative is a fault.
func (r *modelReader) number(key string) float64 {
	if !present(r.fields, key) {
		return 0
	}
	number, err := strconv.ParseFloat(strings.Trim(string(r.fields[key]), `" `), 64)
	if err != nil || number < 0 || math.IsNaN(number) || math.IsInf(number, 0) {
		r.fail(key, "a number that is not negative")
		return 0
	}
	return number
}

func shorten(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
