package profile

import "strings"

// DropGoTypeParameters cuts type arguments from function names of Go
// profiles: `main.(*Cache[go.shape.string]).Get` becomes `main.(*Cache).Get`.
// The Go runtime names any one of the instances whatever the call site
// (golang/go#64528), so they would only split one function into several.
// A profile counts as Go when the file of a function ends in .go.
func (p *Profile) DropGoTypeParameters() {
	if !p.looksLikeGo() {
		return
	}
	for i, s := range p.Strings {
		p.Strings[i] = dropTypeParameters(s)
	}
}

func (p *Profile) looksLikeGo() bool {
	for _, f := range p.Functions {
		if strings.HasSuffix(p.Strings[f.File], ".go") {
			return true
		}
	}
	return false
}

const shapePrefix = "[go.shape."

func dropTypeParameters(name string) string {
	start := strings.Index(name, shapePrefix)
	if start < 0 {
		return name
	}
	end := closingBracket(name, start)
	if end < 0 {
		return name
	}
	return name[:start] + dropTypeParameters(name[end+1:])
}

// closingBracket finds the bracket that closes the one at open, or -1.
func closingBracket(s string, open int) int {
	depth := 0
	for i := open; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
