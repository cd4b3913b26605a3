package datasource

import (
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

func FuzzParseSettings(f *testing.F) {
	f.Add([]byte(`{"minStep":"15s","tenant":"a","maxNodes":8192,"responseLimit":"128","cpuCoverage":0.5,"concurrency":8,"timeout":30}`))
	f.Add([]byte(`{"timeout":""}`))
	f.Fuzz(func(t *testing.T, jsonData []byte) {
		s, err := ParseSettings(jsonData)
		if err == nil && (s.Timeout <= 0 || s.Concurrency < 1 || s.ResponseLimit < 1 || s.MaxNodes < 1 || s.MinStep < 0 || s.CPUCoverage < 0 || s.CPUCoverage > 1) {
			t.Fatalf("%s gives %+v", jsonData, s)
		}
	})
}

func FuzzReadParams(f *testing.F) {
	f.Add("services?start=1&end=2&query={a=\"b\"}")
	f.Add("x?start=1e300")
	f.Add("%zz")
	f.Fuzz(func(t *testing.T, address string) {
		if p, err := readParams(address, noon); err == nil && p.Start > p.End {
			t.Fatalf("%q gives %+v", address, p)
		}
	})
}

// A request about regressions is refused, or stays within its limits.
func FuzzRegressionRequests(f *testing.F) {
	f.Add([]byte(`{"query":{"profileTypeId":"process_cpu:cpu:nanoseconds:cpu:nanoseconds"},"from":1,"to":2,"budget":1000,"services":["a"],"maxServices":3}`))
	f.Add([]byte(`{"budget":18446744073709}`))
	f.Add([]byte(`{"hours":24,"relativeFrom":3600,"relativeTo":0,"budget":9223372036854775807}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var findings findingsRequest
		if readBody(body, &findings) == nil {
			if budget, err := budgetOf(findings.Budget, streamBudget); err == nil && (budget <= 0 || budget > mostBudget) {
				t.Fatalf("%s gives the budget %s", body, budget)
			}
		}
		var replay replayRequest
		if readBody(body, &replay) == nil && replay.check() == nil {
			if reach := time.Duration(*replay.RelativeFrom-replay.RelativeTo) * time.Second; reach <= 0 || reach > 30*24*time.Hour || replay.Hours < 1 || replay.Hours > mostHours {
				t.Fatalf("%s gives %+v", body, replay)
			}
		}
	})
}

func FuzzRemarks(f *testing.F) {
	f.Add("pyroscope.ingest.throttled", `{"body":{"periodType":"day","periodLimitMb":1024,"limitResetTime":1795435200}}`)
	f.Add("pyroscope.ingest.sampled", `{"body":{"source":{"probability":0.25}}}`)
	f.Fuzz(func(t *testing.T, key, value string) {
		for _, one := range remarksOf([]pyroscope.Annotation{{Time: 1, Key: key, Value: value}}, noon) {
			if one.Text == "" || !isText(one.Text) {
				t.Fatalf("%s gives %q", value, one.Text)
			}
		}
	})
}

// isText says that nothing in a text is markup.
func isText(text string) bool {
	for _, c := range text {
		if c == '<' || c == '>' || c == '"' {
			return false
		}
	}
	return true
}
