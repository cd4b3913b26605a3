package regression

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func levels(points int, at func(i int) float64) []Level {
	var series []Level
	for i := range points {
		series = append(series, Level{At: midnight.Add(time.Duration(i) * 5 * time.Minute), Value: at(i)})
	}
	return series
}

func TestSteadyGrowth(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	noise := func() float64 { return 5 * random.NormFloat64() }
	leak := func(i int) float64 { return 100 + 2*float64(i) + noise() }
	// A heap that is collected: up and down, going nowhere.
	saw := func(i int) float64 { return 100 + 10*float64(i%6) + noise() }
	flat := func(int) float64 { return 100 + noise() }

	got := SteadyGrowth([][]Level{levels(24, leak), levels(24, leak), levels(24, flat)})
	if !got.Steady || got.Growing != 2 || got.Instances != 3 {
		t.Errorf("two of three leak: %+v", got)
	}
	if got := SteadyGrowth([][]Level{levels(24, leak)}); got.PerHour < 18 || got.PerHour > 30 {
		t.Errorf("slope = %v, want about 24 an hour", got.PerHour)
	}
	for name, series := range map[string]func(int) float64{"saw": saw, "flat": flat} {
		if got := SteadyGrowth([][]Level{levels(24, series), levels(24, series)}); got.Steady {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := SteadyGrowth([][]Level{levels(7, leak)}); got.Steady || got.Instances != 0 {
		t.Errorf("seven points tell nothing: %+v", got)
	}
	if got := SteadyGrowth([][]Level{levels(20_000, leak)}); !got.Steady {
		t.Errorf("a long series: %+v", got)
	}
}

func TestStanding(t *testing.T) {
	a, b := []string{"a"}, []string{"a", "b"}
	for name, it := range map[string]struct {
		evaluations [][]string
		want        []string
	}{
		"none":                    {nil, nil},
		"twice is not enough":     {[][]string{a, a}, nil},
		"three in a row":          {[][]string{a, b, a}, []string{"a"}},
		"a gap begins anew":       {[][]string{a, a, {}, a, a}, nil},
		"one evaluation without":  {[][]string{a, a, a, {}}, []string{"a"}},
		"two without clear it":    {[][]string{a, a, a, {}, {}}, nil},
		"cleared and raised anew": {[][]string{a, a, a, {}, {}, a, a, a}, []string{"a"}},
		"several":                 {[][]string{b, b, b}, []string{"a", "b"}},
	} {
		if got := Standing(it.evaluations); !slices.Equal(got, it.want) {
			t.Errorf("%s: %v, want %v", name, got, it.want)
		}
	}
}
