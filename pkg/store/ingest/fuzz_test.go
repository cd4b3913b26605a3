package ingest

import (
	"strings"
	"testing"
)

func FuzzAppName(f *testing.F) {
	f.Add("shop.cpu{version=v1,pod=a}")
	f.Add("a{b=c")
	f.Fuzz(func(t *testing.T, text string) {
		name, err := parseAppName(text)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, label := range name.series("process_cpu", "gospy") {
			if seen[label.Name] || label.Value == "" && label.Name != "pyroscope_spy" {
				t.Fatalf("%q gives %+v", text, name)
			}
			if strings.HasPrefix(label.Name, "__") && label.Name != labelName {
				t.Fatalf("%q sets the server's label %q", text, label.Name)
			}
			seen[label.Name] = true
		}
	})
}

func FuzzFolded(f *testing.F) {
	f.Add([]byte("main;a 1\nmain;b 2\n"), false)
	f.Add([]byte("main;a\nmain;a\n"), true)
	f.Add([]byte("9223372036854775807 9223372036854775807\n"), false)
	f.Fuzz(func(t *testing.T, body []byte, lines bool) {
		p, err := foldedProfile(body, lines, foldedTypes["cpu"], 100)
		if err != nil {
			return
		}
		if len(p.SampleTypes) != 1 {
			t.Fatalf("%q gives %d types", body, len(p.SampleTypes))
		}
	})
}
