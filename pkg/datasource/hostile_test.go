package datasource

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

// overTheWire is a frame as the browser gets it.
func overTheWire(t *testing.T, frame *data.Frame) *data.Frame {
	t.Helper()
	text, err := json.Marshal(frame)
	require.NoError(t, err)
	var arrived data.Frame
	require.NoError(t, json.Unmarshal(text, &arrived))
	return &arrived
}

// Names of functions and labels are text of any kind, and arrive as they are.
func TestNamesWithEveryKindOfCharacter(t *testing.T) {
	stacks := map[string]int64{}
	for i, name := range []string{
		"<script>alert(1)</script>", "operator<<", `say "hi"`, `back\slash`, "two\nlines\tand a tab", "nul\x00byte", "\x1b[31mred",
		"føö", "функция", "関数", "👩‍👩‍👧", "\u202Eright to left", "zero\u200Bwidth", " ", "${jndi:ldap://x}", "{{.Secret}}", "a && b || c", "%s%n",
		"lambda$main$0", "[unknown]", "total", "__proto__", "constructor", "(*T[go.shape.int]).M", strings.Repeat("x", 20_000),
	} {
		stacks["main;"+name] = int64(i + 1)
	}
	label := map[string]string{"service_name": "shop", "pod": "p\"\\\n<b>ü👍"}
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon, Labels: label, Stacks: stacks}}}
	answer := ask(t, open(t, server, nil), time.Minute, map[string]any{"profileTypeId": cpu, "groupBy": []string{"pod"}})
	require.NoError(t, answer.Error)
	require.Len(t, answer.Frames, 2)
	require.Equal(t, label["pod"], overTheWire(t, answer.Frames[0]).Fields[1].Labels["pod"])
	require.Equal(t, stacks, rows(t, overTheWire(t, answer.Frames[1])))
}

func TestStacksOf300Levels(t *testing.T) {
	var deep []string
	for i := range 300 {
		deep = append(deep, fmt.Sprintf("f%d", i%7)) // and recursive
	}
	stacks := map[string]int64{strings.Join(deep, ";"): 5, strings.Join(deep[:299], ";"): 3}
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{{Type: cpu, At: noon, Stacks: stacks}}}
	for _, queryType := range []string{"profile", "functions"} {
		answer := ask(t, open(t, server, nil), time.Minute, map[string]any{"profileTypeId": cpu, "queryType": queryType})
		require.NoError(t, answer.Error)
		if queryType == "profile" {
			require.Equal(t, stacks, rows(t, overTheWire(t, answer.Frames[0])))
			continue
		}
		require.Equal(t, 7, answer.Frames[0].Rows(), "a function of a recursive stack counts once")
		for i := range 7 {
			total, err := answer.Frames[0].Fields[2].FloatAt(i)
			require.NoError(t, err)
			require.Equal(t, 8.0, total)
		}
	}
}

// The sum of a day of many machines is more than 2^53, which numbers of the
// browser hold, and still less than 2^63.
func TestValuesLargerThanAFloatHolds(t *testing.T) {
	const most = math.MaxInt64 / 4
	server := &pyroscopetest.Server{Profiles: []pyroscopetest.Profile{
		{Type: cpu, At: noon, Stacks: map[string]int64{"main;a": most, "main;b": most}}}}
	answer := ask(t, open(t, server, nil), time.Minute, map[string]any{"profileTypeId": cpu, "queryType": "profile"})
	require.NoError(t, answer.Error)
	require.Equal(t, map[string]int64{"main;a": most, "main;b": most}, rows(t, answer.Frames[0]))
}
