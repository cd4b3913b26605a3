package flameql

func (p *parser) time(o *Operand) *fault {
	start := p.token.span.Offset
	var bad *fault
	switch {
	case p.skip(kwOffset, wantTime):
		o.Time, bad = p.offset()
	case p.skip("@", wantTime):
		o.Time, bad = p.timeRange()
	default:
		return nil
	}
	o.TimeSpan = Span{Offset: start, Length: p.lexer.lastEnd - start}
	return bad
}

func (p *parser) offset() (*Time, *fault) {
	word, bad := p.word(wantDuration)
	if bad != nil {
		return nil, bad
	}
	ms, ok := parseDuration(word.text)
	if !ok {
		return nil, refuse(word, durationExpected(word.text), "")
	}
	return &Time{OffsetMs: ms}, nil
}

func (p *parser) timeRange() (*Time, *fault) {
	if bad := p.expect("[", wantOpenBracket); bad != nil {
		return nil, bad
	}
	_, from, bad := p.instant()
	if bad != nil {
		return nil, bad
	}
	if bad := p.expect(",", wantComma); bad != nil {
		return nil, bad
	}
	word, to, bad := p.instant()
	if bad != nil {
		return nil, bad
	}
	if bad := p.expect("]", wantCloseBracket); bad != nil {
		return nil, bad
	}
	if !from.isBefore(to) {
		return nil, refuse(word, []string{"an instant after " + formatInstant(from)}, "")
	}
	return &Time{From: &from, To: &to}, nil
}

func (p *parser) instant() (token, Instant, *fault) {
	word, bad := p.word(wantInstant)
	if bad != nil {
		return word, Instant{}, bad
	}
	instant, ok := parseInstant(word.text)
	if !ok {
		return word, Instant{}, refuse(word, wantInstant.phrases(), instantHint(word.text))
	}
	return word, instant, nil
}

// refuse is the fault of a token that stands in the right place but says
// something impossible.
func refuse(t token, expected []string, hint string) *fault {
	return &fault{span: t.span, expected: expected, found: describeToken(t), hint: hint}
}
