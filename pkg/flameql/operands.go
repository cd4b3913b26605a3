package flameql

import "slices"

// Operands gives the operands in full. defaultType is the type chosen beside
// the query, for a query that names none. The right operand inherits type and
// matchers from the left; what it says about a label replaces all that the left
// says about that label. Time is not inherited. right is nil without "vs".
func (q *Query) Operands(defaultType string) (left Operand, right *Operand) {
	left = q.Left
	if left.Type == "" {
		left.Type = defaultType
	}
	if q.Right == nil {
		return left, nil
	}
	inherited := *q.Right
	if inherited.Type == "" {
		inherited.Type, inherited.TypeSpan = left.Type, left.TypeSpan
	}
	inherited.Matchers = inheritMatchers(left.Matchers, q.Right.Matchers)
	return left, &inherited
}

func inheritMatchers(left, right []Matcher) []Matcher {
	var effective []Matcher
	for _, m := range left {
		replaced := slices.ContainsFunc(right, func(r Matcher) bool { return r.Label == m.Label })
		if !replaced {
			effective = append(effective, m)
		}
	}
	return append(effective, right...)
}

// Window is a stretch of time in ms since the epoch, inclusive at both ends.
type Window struct {
	FromMs int64 `json:"from"`
	ToMs   int64 `json:"to"`
}

// Windows resolves the times of both operands. chosen is the range chosen
// beside the query; nowMs is what "now" means (the time of evaluation). An
// offset on the left moves the chosen range back, an offset on the right moves
// the left's. The error is an *Error at the time that ends before it begins.
func (q *Query) Windows(chosen Window, nowMs int64) (left Window, right *Window, err error) {
	if left, err = q.window(&q.Left, chosen, chosen, nowMs); err != nil || q.Right == nil {
		return left, nil, err
	}
	baseline, err := q.window(q.Right, chosen, left, nowMs)
	if err != nil {
		return left, nil, err
	}
	return left, &baseline, nil
}

func (q *Query) window(o *Operand, chosen, reference Window, nowMs int64) (Window, error) {
	switch {
	case o.Time == nil:
		return chosen, nil
	case o.Time.OffsetMs > 0:
		return Window{reference.FromMs - o.Time.OffsetMs, reference.ToMs - o.Time.OffsetMs}, nil
	}
	w := Window{o.Time.From.resolve(nowMs), o.Time.To.resolve(nowMs)}
	if w.FromMs >= w.ToMs {
		return Window{}, q.ErrorAt(o.TimeSpan, "a range that ends after it begins",
			"one from "+formatInstant(Instant{Ms: w.FromMs})+" to "+formatInstant(Instant{Ms: w.ToMs}), "")
	}
	return w, nil
}

// ErrorAt words an error that shows up after parsing, such as an ambiguous
// type, at its place in the text. A query that was not parsed has no places:
// its errors stand at line 1, column 1.
func (q *Query) ErrorAt(span Span, expected, found, hint string) *Error {
	bad := &fault{span: span, expected: []string{expected}, found: found, hint: hint}
	return bad.in(q.source)
}
