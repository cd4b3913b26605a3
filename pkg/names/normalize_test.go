package names

import (
	"encoding/json"
	"os"
	"testing"
)

func TestNormalizeVectors(t *testing.T) {
	text, err := os.ReadFile("../../testdata/names/normalized.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct{ Name, Normalized string }
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) == 0 {
		t.Fatal("no vectors")
	}
	for _, vector := range file.Vectors {
		if got := Normalize(vector.Name); got != vector.Normalized {
			t.Errorf("Normalize(%q) = %q, want %q", vector.Name, got, vector.Normalized)
		}
		if again := Normalize(Normalize(vector.Name)); again != Normalize(vector.Name) {
			t.Errorf("%q is not stable: %q", vector.Name, again)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	f.Add("main.Map[go.shape.[]uint8,go.shape.int].func1.2")
	f.Fuzz(func(t *testing.T, name string) {
		if len(Normalize(name)) > len(name)+len(name)/2+8 {
			t.Errorf("%q grew to %q", name, Normalize(name))
		}
	})
}
