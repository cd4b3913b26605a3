// Package names matches function names across builds. The browser has the same rules in src/engine/names; both are held
// to the vectors in testdata/names.
package names

import (
	"regexp"
	"strings"
)

type rule struct {
	pattern     *regexp.Regexp
	replacement string
}

// rules take off what compilers and runtimes add to a name and change from build to build.
var rules = []rule{
	// Java: lambdas and hidden classes carry an address or a counter, generated classes a number or a hash.
	{regexp.MustCompile(`\$\$Lambda(\$\d+)?([/.+](0x[0-9a-f]+|\d+))?`), `$$$$Lambda`},
	{regexp.MustCompile(`[/.+]0x[0-9a-f]{6,16}`), ``},
	{regexp.MustCompile(`\blambda\$([\w$]+)\$\d+`), `lambda$$${1}`},
	{regexp.MustCompile(`\b(Generated(?:Method|Constructor|SerializationConstructor)Accessor)\d+`), `${1}`},
	{regexp.MustCompile(`\$\$((?:EnhancerBy|FastClassBy)?\w*CGLIB)\$\$[0-9a-f]+`), `$$$$${1}`},
	{regexp.MustCompile(`\bjdk([./])proxy\d+([./])`), `jdk${1}proxy${2}`},
	{regexp.MustCompile(`\$Proxy\d+`), `$$Proxy`},
	{regexp.MustCompile(`_\[[ij]\]$`), ``},
	// C#: closures, state machines, lambdas and local functions.
	{regexp.MustCompile(`<>c__DisplayClass\d+(_\d+)?`), `<>c__DisplayClass`},
	{regexp.MustCompile(`>d__\d+`), `>d__`},
	{regexp.MustCompile(`>b__\d+(_\d+)?`), `>b__`},
	{regexp.MustCompile(`>g__(\w+)\|\d+(_\d+)?`), `>g__${1}`},
	// Go: closures, range functions, wrappers of go and defer statements. Type arguments are handled by their brackets.
	{regexp.MustCompile(`\.func\d+(\.\d+)*`), `.func`},
	{regexp.MustCompile(`\.(gowrap|deferwrap)\d+`), `.${1}`},
	{regexp.MustCompile(`-range\d+`), `-range`},
	// Rust: hash of the legacy mangling, disambiguator of a crate.
	{regexp.MustCompile(`::h[0-9a-f]{16}$`), ``},
	{regexp.MustCompile(`\b([a-z_]\w*)\[[0-9a-f]{8,16}\]::`), `${1}::`},
	// C and C++: clones the optimiser made.
	{regexp.MustCompile(`(\.(constprop|isra|part|lto_priv|llvm)\.\d+)+`), ``},
	{regexp.MustCompile(`^([^./]+)\.cold(\.\d+)?$`), `${1}`},
	// JavaScript and Python: line and column.
	{regexp.MustCompile(`([^:\d]):\d+(:\d+)?(\)?)$`), `${1}${3}`},
}

// Normalize is a function's name without what changes from build to build, to match functions across versions. For
// matching only: people are shown the name as it is. Different closures of one function get one name.
func Normalize(name string) string {
	for _, rule := range rules {
		name = rule.pattern.ReplaceAllString(name, rule.replacement)
	}
	return withoutShapes(name)
}

const shape = "[go.shape."

// withoutShapes writes Go's type arguments, brackets inside them included, as [...], as pprof shows them.
func withoutShapes(name string) string {
	at := 0
	for {
		found := strings.Index(name[at:], shape)
		if found < 0 {
			return name
		}
		from := at + found
		name = name[:from] + "[...]" + name[closingBracket(name, from):]
		at = from + 1
	}
}

// closingBracket is one past the bracket that closes the one at open; the end of the name when none does.
func closingBracket(name string, open int) int {
	depth := 0
	for i := open; i < len(name); i++ {
		switch name[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(name)
}
