package flameql

import (
	"slices"
	"strings"
)

const (
	serviceLabel     = "service_name"
	profileTypeLabel = "__profile_type__"
)

// readType checks a type as written. A bare word with a dot before its first
// colon is the legacy form service.type and yields a matcher as well.
func readType(t token, word string) (profileType string, matchers []Matcher, bad *fault) {
	if t.kind == tokWord {
		head, _, _ := strings.Cut(word, ":")
		if dot := strings.LastIndexByte(head, '.'); dot >= 0 {
			service := head[:dot]
			word = word[dot+1:]
			if service == "" || word == "" || strings.HasPrefix(word, ":") {
				return "", nil, &fault{span: t.span, found: describeToken(t),
					expected: []string{"a service, a dot and a profile type, such as order-service.cpu"}}
			}
			matchers = []Matcher{{Label: serviceLabel, Op: Equal, Value: service, ValueSpan: t.span}}
		}
	}
	if bad := checkTypeParts(t, strings.Split(word, ":")); bad != nil {
		return "", nil, bad
	}
	return word, matchers, nil
}

// checkTypeParts: one to five parts. Only the period of a full id may be empty
// (memory:alloc_space:bytes::), as a server writes it for profiles without one.
func checkTypeParts(t token, parts []string) *fault {
	refuse := func(expected, hint string) *fault {
		return &fault{span: t.span, found: describeToken(t), expected: []string{expected}, hint: hint}
	}
	if len(parts) > maxTypeParts {
		hint := ""
		if len(parts) == maxTypeParts+1 && parts[maxTypeParts] == "delta" {
			hint = hintParca
		}
		return refuse("a profile type of at most five parts", hint)
	}
	if len(parts) == maxTypeParts && parts[3] == "" && parts[4] == "" {
		parts = parts[:3]
	}
	if slices.Contains(parts, "") {
		return refuse("a profile type such as cpu or process_cpu:cpu, without empty parts", "")
	}
	return nil
}

// isFullType reports whether a type has all its five parts.
func isFullType(profileType string) bool {
	parts := strings.Split(profileType, ":")
	return len(parts) == maxTypeParts && checkTypeParts(token{}, parts) == nil
}

// isBareType reports whether a type can be written without quotes.
func isBareType(profileType string) bool {
	head, _, _ := strings.Cut(profileType, ":")
	return isWord(profileType) && !isKeyword(profileType) && !strings.Contains(head, ".")
}

// liftType makes the type of {__profile_type__="a:b:c:d:e"} the operand's type,
// so that it is inherited and shown as one.
func (o *Operand) liftType() {
	if o.Type != "" {
		return
	}
	i := slices.IndexFunc(o.Matchers, func(m Matcher) bool {
		return m.Label == profileTypeLabel && m.Op == Equal && isFullType(m.Value)
	})
	if i < 0 {
		return
	}
	o.Type = o.Matchers[i].Value
	o.TypeSpan = o.Matchers[i].ValueSpan
	o.Matchers = slices.Delete(o.Matchers, i, i+1)
}
