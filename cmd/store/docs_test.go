package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/flamewatch/profiles/pkg/store/pull"
)

// TestDocs holds docs/store.md to the flags that there are and to what the YAML of its example says.
func TestDocs(t *testing.T) {
	docs, err := os.ReadFile("../../docs/store.md")
	if err != nil {
		t.Fatal(err)
	}
	var help bytes.Buffer
	if _, err := parseFlags([]string{"-help"}, &help); err == nil {
		t.Fatal("no help")
	}
	flags := regexp.MustCompile(`(?m)^  -([a-z-]+)`).FindAllStringSubmatch(help.String(), -1)
	if len(flags) < 14 {
		t.Fatalf("found only %v", flags)
	}
	for _, flag := range flags {
		if !strings.Contains(string(docs), "`--"+flag[1]) {
			t.Errorf("the flag --%s is not described", flag[1])
		}
	}
	for _, named := range regexp.MustCompile("`--([a-z-]+)").FindAllStringSubmatch(string(docs), -1) {
		if !strings.Contains(help.String(), "\n  -"+named[1]) {
			t.Errorf("--%s is described, but there is no such flag", named[1])
		}
	}
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(docs)
	if example == nil {
		t.Fatal("no example of a file to pull with")
	}
	config, err := pull.ParseConfig(example[1])
	if err != nil || len(config.Targets) != 1 || len(config.Targets[0].Profiles) != 5 {
		t.Errorf("%+v, %v", config, err)
	}
}
