package datasource

import "testing"

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
