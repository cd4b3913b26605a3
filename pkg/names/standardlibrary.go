package names

import (
	"regexp"
	"strings"
)

// IsStandardLibrary says whether a function comes with the language or the operating system, as far as its name tells:
// nobody who runs a service has written it, and when it costs more, somebody else asked for more.
func IsStandardLibrary(name string) bool {
	return isGoStandard(name) || elsewhere.MatchString(name)
}

// elsewhere are the marks of other languages' standard libraries and runtimes, and of kernels.
var elsewhere = regexp.MustCompile(`^(?:java|javax|jdk|sun|com\.sun|kotlin|scala)[./]` + // Java, Kotlin, Scala
	`|^(?:System|Microsoft\.(?:Extensions|AspNetCore|CSharp))\.|^System\.Private\.` + // .NET
	`|^<?(?:std|core|alloc|__rustc|rust_begin_unwind)\b(?:::|$)|^<(?:std|core|alloc)::` + // Rust, C++
	`|\bnode:|\(anonymous\) native|^\(garbage collector\)$|^\(program\)$` + // Node
	`|/lib/python\d[\d.]*/(?:[^s]|s[^i]|si[^t])|^<frozen |<built-in ` + // Python
	`|^(?:__libc_|__GI_|_dl_|pthread_|malloc$|free$|memcpy|memmove|memset)|\blibc(?:\.so|-\d)` + // C
	`|_\[k\]$|\[kernel`)

// goRoots are the first elements of the import paths of Go's standard library.
var goRoots = map[string]bool{}

func init() {
	const roots = `archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar
		flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime
		slices sort strconv strings structs sync syscall testing text time type unicode unique unsafe vendor weak`
	for root := range strings.FieldsSeq(roots) {
		goRoots[root] = true
	}
}

func isGoStandard(name string) bool {
	end := strings.IndexAny(name, "./:")
	if end <= 0 || !goRoots[name[:end]] {
		return false
	}
	// A C++ or Rust name has :: there, a file a path and a suffix; a Go import path ends at a dot with a name behind it.
	return !strings.HasPrefix(name[end:], "::") && strings.Contains(name, ".")
}
