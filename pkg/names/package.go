package names

import (
	"regexp"
	"strings"
)

// longestName is how much of a name is read: names of templates can be tens of thousands of characters long, and the
// package stands near the beginning.
const longestName = 400

// PackageOf is the package that a function belongs to, read from its name: a Go package, a Java or .NET namespace, a Rust
// crate, a C++ namespace, an npm package, a Python module. It is empty when the name does not tell (C functions,
// addresses). One way of writing is tried after the other, those with the most telling marks first; the vectors, which
// src/engine/names/packageOf.ts is held to as well, are in testdata/names/packages.json.
func PackageOf(name string) string {
	if len(name) > longestName {
		name = name[:longestName]
	}
	for _, read := range packageWays {
		if found, ok := read(name); ok {
			return found
		}
	}
	return ""
}

// A way of writing names tells the package, or that the name is not written so.
type packageWay func(name string) (found string, ok bool)

var packageWays = []packageWay{
	kernelPackage, assemblyPackage, javascriptPackage, pythonPackage, rubyPackage, phpPackage, colonsPackage, javaPackage, goPackage,
}

var (
	ofKernel       = regexp.MustCompile(`(?:_\[k\]|\[kernel(?:\.kallsyms)?\])$`)
	ofAssembly     = regexp.MustCompile("^([\\w.-]+)[!`].")
	ofNode         = regexp.MustCompile(`\bnode:[\w/]+`)
	javascriptFile = regexp.MustCompile(`([\w@.\-+/\\: ]*\.[cm]?[jt]sx?)\b`)
	isJavascript   = regexp.MustCompile(`[(/\\:]|\.[cm]?[jt]sx?:`)
	nodeModule     = regexp.MustCompile(`.*node_modules[/\\](?:\.pnpm[/\\][^/\\]+[/\\]node_modules[/\\])?((?:@[^/\\]+[/\\])?[^/\\:]+)`)
	pythonFile     = regexp.MustCompile(`([^\s(:]+)\.pyx?\b`)
	pythonPackages = regexp.MustCompile(`.*(?:site|dist)-packages/([^/]+)`)
	pythonStandard = regexp.MustCompile(`.*/python\d[\d.]*/(.+)$`)
	rubyFile       = regexp.MustCompile(`([^\s(:]+)\.rb\b`)
	rubyGem        = regexp.MustCompile(`.*/gems/([^/]+?)-\d[^/]*/`)
	phpName        = regexp.MustCompile(`^\\?((?:\w+\\)+)\w+(?:::|->|$)`)
	scopedName     = regexp.MustCompile(`(?:^|[\s<&*(])([A-Za-z_]\w*)(?:\[[0-9a-f]+\])?::`)
	javaArray      = regexp.MustCompile(`^\[*L`)
	javaName       = regexp.MustCompile(`^((?:[a-z_][\w$]*[./])+)(?:[A-Z$][\w$]*)(?:[./+$]\S*|_\[\w\]|\[\]|$)`)
	goTypeFunction = regexp.MustCompile(`^type[:.]\.(?:eq|hash)\.`)
)

func kernelPackage(name string) (string, bool) { return "kernel", ofKernel.MatchString(name) }

// System.Private.CoreLib!System.String.Concat, libc.so.6`malloc
func assemblyPackage(name string) (string, bool) { return firstGroup(ofAssembly, name) }

// ./node_modules/@scope/name/lib/index.js, node:internal/process, /app/dist/app.js:handler:12
func javascriptPackage(name string) (string, bool) {
	if strings.Contains(name, "node:") && ofNode.MatchString(name) {
		return "node", true
	}
	file, found := firstGroup(javascriptFile, name)
	if !found || !isJavascript.MatchString(name) {
		return "", false
	}
	if installed, found := firstGroup(nodeModule, file); found {
		return installed, true
	}
	return folderOf(file), true
}

// place_order (orders/checkout.py:31), /usr/lib/python3.11/site-packages/django/core/base.py:run
func pythonPackage(name string) (string, bool) {
	file, found := firstGroup(pythonFile, name)
	if !found {
		return "", false
	}
	if installed, found := firstGroup(pythonPackages, file); found {
		return installed, true
	}
	path, isStandard := firstGroup(pythonStandard, file)
	if !isStandard {
		path = strings.TrimLeft(file, "./")
	}
	first, _, _ := strings.Cut(path, "/")
	return first, true
}

// /usr/lib/ruby/gems/3.3.0/gems/rack-3.0.8/lib/rack/builder.rb:12 - call
func rubyPackage(name string) (string, bool) {
	file, found := firstGroup(rubyFile, name)
	if !found {
		return "", false
	}
	if gem, found := firstGroup(rubyGem, file); found {
		return gem, true
	}
	return folderOf(file), true
}

// Symfony\Component\HttpKernel\HttpKernel::handle
func phpPackage(name string) (string, bool) {
	found, ok := firstGroup(phpName, name)
	return strings.TrimSuffix(found, `\`), ok
}

// tokio::runtime::task::poll, <alloc::vec::Vec<T> as core::ops::Drop>::drop, std::vector<int>::push_back(int)
func colonsPackage(name string) (string, bool) { return firstGroup(scopedName, name) }

// com.example.orders.Checkout.place, com/example/orders/Checkout$Inner.place, java.lang.String_[i]
func javaPackage(name string) (string, bool) {
	found, ok := firstGroup(javaName, javaArray.ReplaceAllString(name, ""))
	if !ok {
		return "", false
	}
	path := found[:len(found)-1]
	// One segment (time.Time.String, main.Order.Total) is a Go method as likely; both ways of writing agree there.
	if strings.Contains(path, ".") && strings.Contains(path, "/") {
		return "", false
	}
	return strings.ReplaceAll(path, "/", "."), true
}

// github.com/acme/orders/checkout.(*Server).Place, runtime.mallocgc, type:.eq.main.Order
func goPackage(name string) (string, bool) {
	plain := goTypeFunction.ReplaceAllString(name, "")
	end := len(plain)
	if brackets := strings.IndexByte(plain, '['); brackets >= 0 {
		end = brackets
	}
	slash := strings.LastIndexByte(plain[:end], '/')
	dot := strings.IndexByte(plain[slash+1:], '.') + slash + 1
	if dot <= slash || dot == 0 || dot == len(plain)-1 || strings.ContainsAny(plain[:dot], " \t\n:<>") {
		return "", false
	}
	return strings.ReplaceAll(plain[:dot], "%2e", "."), true
}

func firstGroup(pattern *regexp.Regexp, text string) (string, bool) {
	found := pattern.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	return found[1], true
}

func folderOf(file string) string {
	var kept []string
	parts := strings.Split(strings.ReplaceAll(file, `\`, "/"), "/")
	for _, part := range parts[:len(parts)-1] {
		if part != "." && part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "/")
}
