package flameql

// Bounds of one query. The text is counted in UTF-16 code units, as editors
// and JavaScript count.
const (
	MaxTextLength = 65536
	MaxMatchers   = 100     // of one operand
	MaxGroupBy    = 20      // labels in by (…)
	MaxIDs        = 1000    // in each of span (…), trace (…), profile (…)
	MaxNodes      = 1 << 20 // what a Pyroscope server accepts
	MaxLimit      = 10000
	maxTypeParts  = 5
)
