package flameql

import (
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/labels"
	promql "github.com/prometheus/prometheus/promql/parser"
)

func mustParse(t *testing.T, text string) *Query {
	t.Helper()
	query, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return query
}

func TestErrorSentence(t *testing.T) {
	_, err := Parse("cpu{a=b}")
	const want = `line 1, column 7: Expected a value in quotes, found "b". Put it in quotes: "b".`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestInvalidUTF8(t *testing.T) {
	_, err := Parse("{a=\"é\xff\"}")
	bad, ok := err.(*Error)
	if !ok || bad.Offset != 5 || bad.Length != 1 || bad.Found != "the byte 0xff" {
		t.Errorf("got %#v", err)
	}
	if _, err := Parse(strings.Repeat("\xff", 4*MaxTextLength)); err == nil {
		t.Error("a long text of invalid bytes was accepted")
	}
}

func TestCheckRegexes(t *testing.T) {
	for _, test := range []struct {
		text   string
		offset int
		found  string
	}{
		{`{a=~"x.*"} vs {b!~"y+"} function "f" focus "g" hide "h"`, 0, ""},
		{`{a="("} vs {b!="["}`, 0, ""},
		{`{a=~"("}`, 4, "missing closing )"},
		{`{a="1"} vs {b!~"["}`, 15, "missing closing ]"},
		{`cpu function "*"`, 13, "missing argument to repetition operator"},
		{`cpu focus "a**"`, 10, "invalid nested repetition operator"},
		{`cpu hide "(?<=a)b"`, 9, "invalid named capture"},
	} {
		err := mustParse(t, test.text).CheckRegexes()
		if test.found == "" {
			if err != nil {
				t.Errorf("%s: %v", test.text, err)
			}
			continue
		}
		bad, ok := err.(*Error)
		if !ok || bad.Offset != test.offset || bad.Found != test.found {
			t.Errorf("%s: got %v", test.text, err)
		}
		if strings.Contains(test.text, "(?<=") && bad.Hint != hintLookaround {
			t.Errorf("%s: hint %q", test.text, bad.Hint)
		}
	}
}

func TestErrorAtOfAQueryThatWasNotParsed(t *testing.T) {
	bad := (&Query{}).ErrorAt(Span{}, "one type", "two", "")
	if bad.Error() != "line 1, column 1: Expected one type, found two." {
		t.Error(bad)
	}
}

func TestSpansPointAtTheirText(t *testing.T) {
	const text = `{a="🔥"} vs cpu{b =~ "x"} @[now-1h, now ]  by (a)`
	query := mustParse(t, text)
	for _, test := range []struct {
		span Span
		want string
	}{
		{query.Left.Matchers[0].ValueSpan, `"🔥"`},
		{query.Right.TypeSpan, "cpu"},
		{query.Right.Matchers[0].ValueSpan, `"x"`},
		{query.Right.TimeSpan, "@[now-1h, now ]"},
	} {
		// 🔥 is one rune of two code units and four bytes.
		runes := []rune(text)
		from, to := test.span.Offset, test.span.Offset+test.span.Length
		if from > 4 {
			from--
		}
		if got := string(runes[from : to-1]); got != test.want {
			t.Errorf("span %v is %q, want %q", test.span, got, test.want)
		}
	}
}

// A Pyroscope server parses selectors with Prometheus' parser.
func TestSelectorIsReadBackByPrometheus(t *testing.T) {
	operators := map[Op]labels.MatchType{
		Equal: labels.MatchEqual, NotEqual: labels.MatchNotEqual, Match: labels.MatchRegexp, NotMatch: labels.MatchNotRegexp,
	}
	for _, v := range readVectors[validVector](t, "valid.json") {
		left, right := mustParse(t, v.Query).Operands("")
		for _, o := range []*Operand{&left, right} {
			if o == nil || len(o.Matchers) == 0 {
				continue
			}
			selector := Selector(o.Matchers)
			read, err := promql.NewParser(promql.Options{}).ParseMetricSelector(selector)
			if err != nil {
				t.Errorf("%s: %s: %v", v.Name, selector, err)
				continue
			}
			if len(read) != len(o.Matchers) {
				t.Errorf("%s: %s reads as %v", v.Name, selector, read)
				continue
			}
			for i, m := range o.Matchers {
				if read[i].Name != m.Label || read[i].Value != m.Value || read[i].Type != operators[m.Op] {
					t.Errorf("%s: %s: matcher %d reads as %v", v.Name, selector, i, read[i])
				}
			}
		}
	}
}

func TestAliasesAreWords(t *testing.T) {
	if len(aliases) < 8 {
		t.Fatalf("only %v", aliases)
	}
	for name := range aliases {
		if !isBareType(name) {
			t.Errorf("%s needs quotes", name)
		}
	}
}
