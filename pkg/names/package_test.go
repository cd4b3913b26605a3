package names

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestPackageVectors(t *testing.T) {
	text, err := os.ReadFile("../../testdata/names/packages.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct{ Name, Package string }
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) == 0 {
		t.Fatal("no vectors")
	}
	for _, vector := range file.Vectors {
		if got := PackageOf(vector.Name); got != vector.Package {
			t.Errorf("PackageOf(%q) = %q, want %q", vector.Name, got, vector.Package)
		}
	}
}

func TestPackageOfALongName(t *testing.T) {
	if got := PackageOf("main.Map[" + strings.Repeat("go.shape.int,", 10_000) + "]"); got != "main" {
		t.Errorf("got %q", got)
	}
}

func FuzzPackageOf(f *testing.F) {
	for _, seed := range []string{"net/http.(*conn).serve", "a.b/c.D.e", ".", "/.", "::", "x!y", `\a\b`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got := PackageOf(name); len(got) > longestName {
			t.Errorf("%q", got)
		}
	})
}
