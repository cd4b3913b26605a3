package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/flamewatch/profiles/"

// arrows are the rules of the house: which rooms of pkg/ a room may use, by the first part of its path. A room that is
// not listed here has to be, with what it needs.
var arrows = map[string][]string{
	"":           {"datasource", "jfr"}, // the backend's entry
	"datasource": {"calltree", "capture", "flameql", "frames", "jfr", "names", "pyroscope", "redact", "regression"},
	"pyroscope":  {"calltree", "network", "redact"},
	"regression": {"calltree", "names"},
	"frames":     {"calltree", "names", "regression"},
	"capture":    {"calltree", "network", "redact"},
	"calltree":   {},
	"flameql":    {},
	"jfr":        {},
	"names":      {},
	"network":    {},
	"redact":     {},
	"store":      {"calltree", "jfr"},
	"hostpage":   {},
}

// harmless is all that code which runs inside Grafana may use of packages that reach the machine.
var harmless = map[string][]string{
	"os":            {"ErrDeadlineExceeded", "ErrNotExist", "IsTimeout"},
	"os/exec":       {},
	"os/user":       {},
	"os/signal":     {},
	"io/ioutil":     {},
	"path/filepath": {},
	"plugin":        {},
	"syscall":       {"ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "ETIMEDOUT"},
	"unsafe":        {},
}

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath, Dir        string
	GoFiles, Imports, Deps []string
}

func listPackages(t *testing.T, patterns ...string) []goPackage {
	t.Helper()
	arguments := append([]string{"list", "-json=ImportPath,Dir,GoFiles,Imports,Deps"}, patterns...)
	output, err := exec.CommandContext(t.Context(), "go", arguments...).Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("go list: %v: %s", err, failed.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var one goPackage
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, one)
	}
	if len(packages) == 0 {
		t.Fatal("go list found no packages")
	}
	return packages
}

// room is the first part of a package's path below pkg/; a package's own test support belongs to its room.
func room(importPath string) string {
	inside := strings.TrimPrefix(strings.TrimPrefix(importPath, module+"pkg"), "/")
	first, _, _ := strings.Cut(inside, "/")
	return first
}

func TestArrowsPointOneWay(t *testing.T) {
	for _, one := range listPackages(t, "./...") {
		from := room(one.ImportPath)
		allowed, listed := arrows[from]
		if !listed {
			t.Errorf("pkg/%s is not in the list of arrows; say there what it may use", from)
			continue
		}
		for _, used := range one.Imports {
			if !strings.HasPrefix(used, module) {
				continue
			}
			to := room(used)
			if strings.HasPrefix(used, module+"cmd/") || to != from && !slices.Contains(allowed, to) {
				t.Errorf("%s uses %s, which it must not; see \"Rules of the house\" in ARCHITECTURE.md",
					strings.TrimPrefix(one.ImportPath, module), strings.TrimPrefix(used, module))
			}
		}
	}
}

// The backend runs inside Grafana, whose users choose what it is asked: it starts no programs and reads no files and no
// environment. What the SDK does for itself is the SDK's.
func TestTheBackendStaysAwayFromTheMachine(t *testing.T) {
	backend := listPackages(t, ".")[0]
	own := []string{"."}
	for _, used := range backend.Deps {
		if strings.HasPrefix(used, module) {
			own = append(own, used)
		}
	}
	for _, one := range listPackages(t, own...) {
		for _, name := range one.GoFiles {
			for _, fault := range reachesMachine(t, filepath.Join(one.Dir, name)) {
				if one.ImportPath == strings.TrimSuffix(module+"pkg", "/") && fault == "os.Exit" {
					continue // the entry's own
				}
				t.Errorf("%s uses %s", filepath.Join(strings.TrimPrefix(one.ImportPath, module), name), fault)
			}
		}
	}
}

// reachesMachine lists what a file uses of the packages above that is not harmless.
func reachesMachine(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	allowed := map[string][]string{} // by the name that the file gives the package
	paths := map[string]string{}
	for _, spec := range parsed.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		permitted, watched := harmless[path]
		if !watched {
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." || name == "_" {
			faults = append(faults, path)
			continue
		}
		allowed[name], paths[name] = permitted, path
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && paths[name.Name] != "" {
			if used := selector.Sel.Name; !slices.Contains(allowed[name.Name], used) {
				faults = append(faults, paths[name.Name]+"."+used)
			}
		}
		return true
	})
	return faults
}
