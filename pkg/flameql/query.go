package flameql

// Query is one parsed FlameQL query. Left is what is looked at (the comparison
// of a diff); Right, when present, is what it is held against (the baseline).
// Empty strings, nil slices and zero counts mean that a clause is absent.
type Query struct {
	Left  Operand  `json:"left"`
	Right *Operand `json:"right,omitempty"`

	By        []string      `json:"by,omitempty"`
	Function  string        `json:"function,omitempty"` // regular expression, not anchored
	Focus     string        `json:"focus,omitempty"`    // regular expression, not anchored
	Hide      string        `json:"hide,omitempty"`     // regular expression, not anchored
	Spans     []string      `json:"span,omitempty"`     // 16 hex digits each
	Traces    []string      `json:"trace,omitempty"`    // 32 hex digits each
	Profiles  []string      `json:"profile,omitempty"`  // UUIDs
	Nodes     int           `json:"nodes,omitempty"`
	Limit     int           `json:"limit,omitempty"`
	Normalise Normalisation `json:"normalise,omitempty"`

	source string
	spans  clauseSpans
}

// Operand selects profiles: by type, by labels and by time. A part that was
// not written is empty; Operands fills the right one in from the left.
type Operand struct {
	// Type is one to five parts joined by colons: an alias (cpu), a prefix
	// (process_cpu:cpu) or a full id. Empty when not written.
	Type     string    `json:"type,omitempty"`
	Matchers []Matcher `json:"matchers,omitempty"`
	Time     *Time     `json:"time,omitempty"`

	TypeSpan Span `json:"-"`
	TimeSpan Span `json:"-"`
}

// Matcher compares one label. Regular expressions are anchored at both ends by
// the server.
type Matcher struct {
	Label string `json:"label"`
	Op    Op     `json:"op"`
	Value string `json:"value"`

	ValueSpan Span `json:"-"`
}

// Op is the operator of a matcher.
type Op string

const (
	Equal    Op = "="
	NotEqual Op = "!="
	Match    Op = "=~"
	NotMatch Op = "!~"
)

// IsRegex reports whether the matcher's value is a regular expression.
func (o Op) IsRegex() bool { return o == Match || o == NotMatch }

// Time is either an offset or a range: OffsetMs > 0, or From and To set.
type Time struct {
	OffsetMs int64    `json:"offsetMs,omitempty"`
	From     *Instant `json:"from,omitempty"`
	To       *Instant `json:"to,omitempty"`
}

// Instant is a point in time. With Now, Ms counts backwards from the time of
// evaluation; otherwise it counts from the Unix epoch.
type Instant struct {
	Now bool  `json:"now,omitempty"`
	Ms  int64 `json:"ms"`
}

// Normalisation says how the sides of a comparison are made comparable.
type Normalisation string

const (
	NormaliseDefault  Normalisation = "" // by share
	NormaliseShare    Normalisation = "share"
	NormaliseInstance Normalisation = "instance"
	NormaliseRate     Normalisation = "rate"
	NormaliseNone     Normalisation = "none"
)

// Span is a stretch of the query text in UTF-16 code units.
type Span struct {
	Offset int
	Length int
}

// clauseSpans remembers where the patterns stood, for errors found later.
type clauseSpans struct {
	function, focus, hide Span
}
