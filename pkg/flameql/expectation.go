package flameql

// expectation is one kind of thing that may stand at a place of the query.
type expectation uint32

// In the order in which errors name them.
const (
	wantType expectation = 1 << iota
	wantLabel
	wantOperator
	wantValue
	wantPattern
	wantID
	wantDuration
	wantInstant
	wantCount
	wantNormalisation
	wantOpenParen
	wantOpenBracket
	wantOpenBrace
	wantComma
	wantCloseParen
	wantCloseBracket
	wantCloseBrace
	wantTime
	wantVs
	wantClause
	wantEnd
)

// The wording; src/flameql/expectations.ts has the same.
var phrases = []string{
	"a profile type",
	"a label name",
	"an operator (=, !=, =~ or !~)",
	"a value in quotes",
	"a pattern in quotes",
	"an id in quotes",
	"a duration such as 30m, 1h or 1d12h",
	"an instant (such as 2026-01-31T12:00:00Z, a Unix time in seconds or now-30m)",
	"a whole number",
	"share, instance, rate or none",
	`"("`,
	`"["`,
	`"{"`,
	`","`,
	`")"`,
	`"]"`,
	`"}"`,
	`a time ("offset" or "@")`,
	`"vs"`,
	`a clause such as "by"`,
	"the end of the query",
}

func (e expectation) has(other expectation) bool { return e&other != 0 }

func (e expectation) phrases() []string {
	var worded []string
	for i, phrase := range phrases {
		if e.has(1 << i) {
			worded = append(worded, phrase)
		}
	}
	return worded
}
