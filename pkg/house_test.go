package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
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

// goPackage is what `go list` says of a package.
type goPackage struct {
	ImportPath, Dir                                  string
	GoFiles, CgoFiles, IgnoredGoFiles, Imports, Deps []string
}

func listPackages(t *testing.T, patterns ...string) []goPackage {
	t.Helper()
	arguments := append([]string{"list", "-json=ImportPath,Dir,GoFiles,CgoFiles,IgnoredGoFiles,Imports,Deps"}, patterns...)
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
