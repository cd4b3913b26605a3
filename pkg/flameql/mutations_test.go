package flameql

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/flameql/mutations.json anew")

// mutation is a damaged query with what this parser makes of it. Nobody has
// judged each: src/flameql has to agree, which is what they are for.
type mutation struct {
	Query     string `json:"query"`
	Formatted string `json:"formatted,omitempty"`
	Error     string `json:"error,omitempty"`
	Length    int    `json:"length,omitempty"`
}

func outcome(text string) mutation {
	query, err := Parse(text)
	if err != nil {
		bad := err.(*Error)
		return mutation{Query: text, Error: bad.Error(), Length: bad.Length}
	}
	return mutation{Query: text, Formatted: query.Format()}
}

func TestMutations(t *testing.T) {
	if *update {
		writeMutations(t)
	}
	for _, m := range readVectors[mutation](t, "mutations.json") {
		if got := outcome(m.Query); got != m {
			t.Errorf("got  %+v\nwant %+v", got, m)
		}
	}
}

const mutationCount = 1500

func writeMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 2026))
	var sources []string
	for _, v := range readVectors[validVector](t, "valid.json") {
		if len(v.Query) < 200 {
			sources = append(sources, v.Query)
		}
	}
	seen := map[string]bool{}
	lines := make([]string, 0, mutationCount)
	for len(lines) < mutationCount {
		text := mutate(random, sources)
		if seen[text] {
			continue
		}
		seen[text] = true
		lines = append(lines, "  "+encode(t, outcome(text)))
	}
	path := filepath.Join("..", "..", "testdata", "flameql", "mutations.json")
	if err := os.WriteFile(path, []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func encode(t *testing.T, m mutation) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(m); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// mutate damages a query in one to three places: characters and tokens are
// left out, doubled, moved or brought in from another query.
func mutate(random *rand.Rand, sources []string) string {
	tokens := tokensOf(sources[random.IntN(len(sources))])
	for range 1 + random.IntN(3) {
		if len(tokens) == 0 {
			break
		}
		i, j := random.IntN(len(tokens)), random.IntN(len(tokens))
		switch random.IntN(6) {
		case 0:
			tokens = slices.Delete(tokens, i, i+1)
		case 1:
			tokens = slices.Insert(tokens, i, tokens[j])
		case 2:
			tokens[i], tokens[j] = tokens[j], tokens[i]
		case 3:
			other := tokensOf(sources[random.IntN(len(sources))])
			if len(other) > 0 {
				tokens = slices.Insert(tokens, i, other[random.IntN(len(other))])
			}
		case 4:
			tokens[i] = mutateCharacter(random, tokens[i])
		case 5:
			tokens = tokens[:i]
		}
	}
	separators := []string{" ", "", "\n", " "}
	var b strings.Builder
	for _, text := range tokens {
		b.WriteString(text + separators[random.IntN(len(separators))])
	}
	return b.String()
}

func mutateCharacter(random *rand.Rand, text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return text
	}
	i := random.IntN(len(runes))
	const strange = "\"'`\\{}()[]=~!,@#$.:-0 xé🔥\n\u200b“"
	alphabet := []rune(strange)
	switch random.IntN(3) {
	case 0:
		runes = slices.Delete(runes, i, i+1)
	case 1:
		runes[i] = alphabet[random.IntN(len(alphabet))]
	case 2:
		runes = slices.Insert(runes, i, alphabet[random.IntN(len(alphabet))])
	}
	return string(runes)
}

func tokensOf(text string) []string {
	l := lexer{text: text}
	var tokens []string
	for next := l.next(); next.kind != tokEnd; next = l.next() {
		tokens = append(tokens, next.text)
	}
	return tokens
}
