package datasource

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSettings(t *testing.T) {
	defaults := Settings{MinStep: 15 * time.Second, MaxNodes: 8192, ResponseLimit: 128 << 20, IngestDelay: 90 * time.Second, Concurrency: 8, Timeout: 30 * time.Second}
	for _, text := range []string{"", "{}", `{"minStep":"","maxNodes":null,"tenant":"  "}`, `{"keepCookies":["a"],"httpHeaderName1":"X","timeout":0}`} {
		got, err := ParseSettings([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, defaults, got, text)
	}
	got, err := ParseSettings([]byte(`{"minStep":"1m","tenant":" team-a ","maxNodes":"16384","responseLimit":10,"ingestDelay":"3m",
		"instanceLabel":"node","cpuCoverage":0.5,"concurrency":2,"timeout":"7"}`))
	require.NoError(t, err)
	require.Equal(t, Settings{MinStep: time.Minute, Tenant: "team-a", MaxNodes: 16384, ResponseLimit: 10 << 20, IngestDelay: 3 * time.Minute,
		InstanceLabel: "node", CPUCoverage: 0.5, Concurrency: 2, Timeout: 7 * time.Second}, got)

	for text, says := range map[string]string{
		`[]`:                       "The setting jsonData",
		`{"minStep":"soon"}`:       `The setting minStep of the data source is "soon", which is not a duration`,
		`{"minStep":"-5s"}`:        "minStep",
		`{"ingestDelay":{}}`:       "ingestDelay",
		`{"maxNodes":0}`:           "maxNodes of the data source is 0, which is not a number from 1 to 1048576",
		`{"maxNodes":"many"}`:      "maxNodes",
		`{"tenant":5}`:             "tenant of the data source is not text",
		`{"cpuCoverage":7}`:        "cpuCoverage",
		`{"responseLimit":999999}`: "responseLimit",
		`{"concurrency":1.5}`:      "concurrency",
		`{"timeout":-1}`:           "timeout",
	} {
		_, err := ParseSettings([]byte(text))
		require.ErrorContains(t, err, says, text)
	}
}
