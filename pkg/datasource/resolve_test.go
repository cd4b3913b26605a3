package datasource

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestTypesByAliasPrefixAndDefault(t *testing.T) {
	at := noon.Add(-time.Second)
	one := func(service, profileType, frame string) pyroscopetest.Profile {
		return pyroscopetest.Profile{Type: profileType, At: at, Labels: map[string]string{"service_name": service, "pod": service},
			Stacks: map[string]int64{frame: 100}}
	}
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{
		one("go", cpu, "main"), one("go", allocSpace, "make"), one("go", "mutex:delay:nanoseconds:contentions:count", "lock"),
		one("go", goroutines, "run"), one("python", "goroutines:goroutine:count::", "greenlet"),
		one("java", "cpu:cpu:nanoseconds::", "Main.run"), one("java", "memory:alloc_in_new_tlab_bytes:bytes::", "new"),
		one("java", "wall:wall:nanoseconds::", "Thread.run"),
	}}
	d := open(t, server, nil)
	for _, c := range []struct {
		text, selector string
		want           map[string]int64
		fault, notice  string
	}{
		{text: "cpu", selector: `{service_name="go"}`, want: map[string]int64{"main": 100}},
		{text: "process_cpu", want: map[string]int64{"main": 100}},
		{text: "process_cpu:cpu", want: map[string]int64{"main": 100}},
		{text: "cpu", want: map[string]int64{"main": 100, "Main.run": 100}}, // one meaning, two ids
		{text: "allocs", want: map[string]int64{"make": 100, "new": 100}},
		{text: "goroutine", want: map[string]int64{"run": 100, "greenlet": 100}},
		{text: "mutex", want: map[string]int64{"lock": 100}},
		{text: "", selector: `{service_name="java"}`, want: map[string]int64{"Main.run": 100}, notice: "this is cpu:cpu:nanoseconds::"},
		{text: "", selector: `{service_name="python"}`, want: map[string]int64{"greenlet": 100}, notice: "this is goroutines:"},
		{text: "heap", fault: `Type "heap" was not found`},
		{text: "memory", fault: `Type "memory" means different things here`},
		{text: "a:b:c:d:e:f:g", fault: "was not found"},
	} {
		model := map[string]any{"profileTypeId": c.text, "labelSelector": c.selector, "queryType": "profile"}
		answer := ask(t, d, time.Minute, model)
		if c.want == nil {
			require.ErrorContains(t, answer.Error, c.fault, c.text)
			continue
		}
		require.NoError(t, answer.Error, c.text)
		require.Equal(t, c.want, rows(t, answer.Frames[0]), "%q of %s", c.text, c.selector)
		if c.notice != "" {
			require.Contains(t, strings.Join(notices(answer.Frames), " "), c.notice)
		}
	}
	server.Profiles = append(server.Profiles, one("go", inuse, "hold"))
	answer := ask(t, d, time.Minute, map[string]any{"profileTypeId": "memory", "queryType": "profile"})
	require.ErrorContains(t, answer.Error, `Type "memory" is ambiguous: service "go"`)
}
