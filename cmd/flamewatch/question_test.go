package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestQuestionsAreModels(t *testing.T) {
	for want, args := range map[string]string{
		`{"baseline":{"previousVersion":true},"labelSelector":"{service_name=\"shop\"}","profileTypeId":"cpu"}`:                                                            "--service shop",
		`{"baseline":{"labelSelector":"{service_name=\"shop\", \"version\"=\"v1\"}"},"labelSelector":"{service_name=\"shop\", \"version\"=\"v2\"}","profileTypeId":"cpu"}`: "--service shop --version v2 --baseline-version v1",
		`{"baseline":{"offset":"24h0m0s"},"labelSelector":"{service_name=\"shop\"}","profileTypeId":"mutex"}`:                                                              "--service shop --offset 24h --type mutex",
		`{"baseline":{"from":1795946400000,"to":1795950000000},"labelSelector":"{service_name=\"shop\"}","profileTypeId":"cpu"}`:                                           "--service shop --from 2026-11-29T12:00:00Z --to 2026-11-29T13:00:00Z --baseline-from 2026-11-29T10:00:00Z --baseline-to 2026-11-29T11:00:00Z",
	} {
		o, err := parseCheck(append([]string{"--server", "http://localhost:4040"}, strings.Fields(args)...), &strings.Builder{})
		if err != nil {
			t.Errorf("%s: %v", args, err)
			continue
		}
		model := map[string]any{}
		o.asked.model(model)
		if got, _ := json.Marshal(model); string(got) != want {
			t.Errorf("%s:\n%s, want\n%s", args, got, want)
		}
	}
}

func TestQuestionsThatCannotBeMeant(t *testing.T) {
	for args, want := range map[string]string{
		"--service shop --query cpu{}":                                         "not both",
		"--query cpu{} --version v2":                                           "need a --service",
		"--service shop --baseline-version v1":                                 "needs a --version",
		"--service shop --from 2026-11-29T12:00:00Z":                           "needs both ends",
		"--service shop --from now-1h --to now":                                `--from is "now-1h"`,
		"--service shop --dashboard x":                                         "--dashboard needs --grafana",
		"--service shop --grafana grafana:3000":                                "where http://host:port is expected",
		"--service shop --offset -1h":                                          "--offset is a duration",
		"--service shop --warm-up -1m":                                         "--warm-up are durations",
		"--service shop --from 2026-11-29T12:00:00Z --to 2026-11-29T11:00:00Z": "ends after it begins",
	} {
		code, _, faults := runCheck(append([]string{"--server", "http://localhost:4040"}, strings.Fields(args)...)...)
		if code != couldNotSay || !strings.Contains(faults, want) {
			t.Errorf("%s: code %d, %q lacks %q", args, code, faults, want)
		}
	}
}
