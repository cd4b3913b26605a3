package flameql

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// readVectors reads one file of the vectors shared with src/flameql.
func readVectors[T any](t testing.TB, name string) []T {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "testdata", "flameql", name))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	decoder.DisallowUnknownFields()
	var vectors []T
	if err := decoder.Decode(&vectors); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(vectors) == 0 {
		t.Fatalf("%s holds no vectors", name)
	}
	return vectors
}

type validVector struct {
	Name      string          `json:"name"`
	Query     string          `json:"query"`
	Formatted string          `json:"formatted"`
	Model     json.RawMessage `json:"model"`
}

func TestValidVectors(t *testing.T) {
	for _, v := range readVectors[validVector](t, "valid.json") {
		t.Run(v.Name, func(t *testing.T) {
			query, err := Parse(v.Query)
			if err != nil {
				t.Fatal(err)
			}
			equalJSON(t, query, v.Model)
			if got := query.Format(); got != v.Formatted {
				t.Errorf("formatted %s, want %s", got, v.Formatted)
			}
			again, err := Parse(v.Formatted)
			if err != nil {
				t.Fatalf("formatted text: %v", err)
			}
			equalJSON(t, again, v.Model)
			if got := again.Format(); got != v.Formatted {
				t.Errorf("format is not stable: %s, then %s", v.Formatted, got)
			}
		})
	}
}

func equalJSON(t *testing.T, got any, want json.RawMessage) {
	t.Helper()
	encoded, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(decodeJSON(t, encoded), decodeJSON(t, want)) {
		t.Errorf("model %s, want %s", encoded, want)
	}
}

func decodeJSON(t *testing.T, encoded []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(encoded, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

type errorVector struct {
	Name  string `json:"name"`
	Query string `json:"query"`
	Error *Error `json:"error"`
}

func TestErrorVectors(t *testing.T) {
	for _, v := range readVectors[errorVector](t, "errors.json") {
		t.Run(v.Name, func(t *testing.T) { expectError(t, v.Query, v.Error) })
	}
}

func expectError(t *testing.T, text string, want *Error) {
	t.Helper()
	_, err := Parse(text)
	if !reflect.DeepEqual(err, error(want)) {
		t.Errorf("got  %#v\nwant %#v", err, want)
	}
}

// largeVector is a text in parts, each repeated.
type largeVector struct {
	Name      string       `json:"name"`
	Parts     []repetition `json:"parts"`
	Formatted []repetition `json:"formatted"`
	Error     *Error       `json:"error"`
}

type repetition struct {
	text  string
	count int
}

func (r *repetition) UnmarshalJSON(encoded []byte) error {
	return json.Unmarshal(encoded, &[]any{&r.text, &r.count})
}

func build(parts []repetition) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(strings.Repeat(part.text, part.count))
	}
	return b.String()
}

func TestLargeVectors(t *testing.T) {
	for _, v := range readVectors[largeVector](t, "large.json") {
		t.Run(v.Name, func(t *testing.T) {
			if v.Error != nil {
				expectError(t, build(v.Parts), v.Error)
				return
			}
			query, err := Parse(build(v.Parts))
			if err != nil {
				t.Fatal(err)
			}
			if query.Format() != build(v.Formatted) {
				t.Error("formatted text differs")
			}
		})
	}
}

type resolvedOperand struct {
	Type     string `json:"type"`
	Selector string `json:"selector"`
	Window   Window `json:"window"`
}

type operandsVector struct {
	Name        string           `json:"name"`
	Query       string           `json:"query"`
	DefaultType string           `json:"defaultType"`
	Chosen      Window           `json:"chosen"`
	Now         int64            `json:"now"`
	Left        *resolvedOperand `json:"left"`
	Right       *resolvedOperand `json:"right"`
	Error       *Error           `json:"error"`
}

func TestOperandVectors(t *testing.T) {
	for _, v := range readVectors[operandsVector](t, "operands.json") {
		t.Run(v.Name, func(t *testing.T) {
			query, err := Parse(v.Query)
			if err != nil {
				t.Fatal(err)
			}
			left, right := query.Operands(v.DefaultType)
			leftWindow, rightWindow, err := query.Windows(v.Chosen, v.Now)
			if v.Error != nil {
				if !reflect.DeepEqual(err, error(v.Error)) {
					t.Errorf("got %#v, want %#v", err, v.Error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := (resolvedOperand{left.Type, Selector(left.Matchers), leftWindow}); got != *v.Left {
				t.Errorf("left %+v, want %+v", got, *v.Left)
			}
			if right == nil || v.Right == nil {
				if (right == nil) != (v.Right == nil) || (rightWindow == nil) != (v.Right == nil) {
					t.Errorf("right %+v %+v, want %+v", right, rightWindow, v.Right)
				}
				return
			}
			if got := (resolvedOperand{right.Type, Selector(right.Matchers), *rightWindow}); got != *v.Right {
				t.Errorf("right %+v, want %+v", got, *v.Right)
			}
		})
	}
}

type typeVector struct {
	Name    string         `json:"name"`
	Written string         `json:"written"`
	Found   []ServiceTypes `json:"found"`
	Types   []string       `json:"types"`
	Error   *struct {
		Kind       TypeErrorKind `json:"kind"`
		Service    string        `json:"service"`
		Candidates []string      `json:"candidates"`
		Message    string        `json:"message"`
	} `json:"error"`
}

func TestTypeVectors(t *testing.T) {
	for _, v := range readVectors[typeVector](t, "types.json") {
		t.Run(v.Name, func(t *testing.T) {
			types, err := ResolveType(v.Written, v.Found)
			if v.Error == nil {
				if err != nil || !reflect.DeepEqual(types, v.Types) {
					t.Errorf("got %v, %v, want %v", types, err, v.Types)
				}
				return
			}
			bad, ok := err.(*TypeError)
			if !ok {
				t.Fatalf("got %v, %v", types, err)
			}
			if bad.Kind != v.Error.Kind || bad.Service != v.Error.Service || bad.Written != v.Written ||
				strings.Join(bad.Candidates, " ") != strings.Join(v.Error.Candidates, " ") {
				t.Errorf("got %+v, want %+v", bad, v.Error)
			}
			if bad.Error() != v.Error.Message {
				t.Errorf("message %s\nwant    %s", bad.Error(), v.Error.Message)
			}
		})
	}
}

type regexVector struct {
	Pattern string `json:"pattern"`
	Fault   string `json:"fault"`
}

func TestRegexVectors(t *testing.T) {
	for _, v := range readVectors[regexVector](t, "regexes.json") {
		if got := regexFault(v.Pattern); got != v.Fault {
			t.Errorf("%q: got %q, want %q", v.Pattern, got, v.Fault)
		}
	}
}
