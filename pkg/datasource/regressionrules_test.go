package datasource

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

const mutexDelay = "mutex:delay:nanoseconds:contentions:count"

// growing holds more with every minute since so many minutes ago, so much a minute.
func growing(profileType string, each int64, minutes int) []pyroscopetest.Profile {
	random := rand.New(rand.NewPCG(7, 8))
	return every(profileType, "shop", pods[:2], time.Minute, 6*time.Hour, func(_, k int) map[string]int64 {
		return map[string]int64{"main;serve;session;newSession": 50*each + each*int64(max(0, minutes-k)), "main;serve;cache": 100*each + int64(random.IntN(int(each)))}
	})
}

// What every rule of regressions.yaml is for: profiles under which it fires, for which instances, and ones under which it
// does not.
func TestRegressionRulesFireAndResolve(t *testing.T) {
	waiting := func(ns int64) []pyroscopetest.Profile {
		return every(mutexDelay, "shop", pods[:2], 15*time.Second, time.Hour, func(_, k int) map[string]int64 {
			return map[string]int64{"main;lock": ns + int64(k%3)*1000}
		})
	}
	busy := every(cpu, "shop", pods[:1], time.Minute, 3*time.Hour, constant(map[string]int64{"main": 1e9}))
	cases := map[string]struct {
		fires, calm []pyroscopetest.Profile
		instances   []string
	}{
		"flamewatch-deploy-regression": {
			fires:     slices.Concat(shopRun(1, "v1", 240, 60, 1, 0), shopRun(2, "v2", 60, 0, 1.8, 0)),
			calm:      slices.Concat(shopRun(1, "v1", 240, 60, 1, 0), shopRun(2, "v2", 60, 0, 1, 0)),
			instances: []string{"baseline_version=v1, function=encode, kind=grew, service_name=shop, version=v2"},
		},
		"flamewatch-memory-leak": {
			fires: growing(inuse, 1e6, 360), calm: growing(inuse, 1e6, 0),
			instances: []string{"function=newSession, kind=leak, service_name=shop"},
		},
		"flamewatch-goroutine-leak": {
			fires: growing(goroutines, 10, 90), calm: every(goroutines, "shop", pods[:2], time.Minute, 3*time.Hour, constant(map[string]int64{"main": 20})),
			instances: []string{"function=newSession, kind=leak, service_name=shop"},
		},
		"flamewatch-lock-contention": {
			fires: waiting(6e9), calm: waiting(1e9), instances: []string{"service_name=shop"},
		},
		"flamewatch-no-profiles": {
			fires: slices.Concat(busy, until(renamed(busy, "cart"), 40*time.Minute)), calm: busy, instances: []string{"service_name=cart"},
		},
		"flamewatch-rules-in-error": {calm: busy, fires: nil},
	}
	rules := provisionedRules(t, "regressions.yaml")
	require.Len(t, rules, len(cases))
	for _, rule := range rules {
		c, known := cases[rule.UID]
		require.True(t, known, rule.UID)
		for _, run := range []struct {
			profiles []pyroscopetest.Profile
			want     []string
		}{{c.fires, c.instances}, {c.calm, nil}} {
			t.Run(rule.UID, func(t *testing.T) {
				d := openAt(t, storing(t, run.profiles), map[string]any{"minStep": "1m"})
				d.now = func() time.Time { return noon.Add(time.Second) }
				_, fires := evaluate(t, d, rule)
				var firing []string
				for instance, is := range fires {
					if is {
						firing = append(firing, instance)
					}
				}
				require.ElementsMatch(t, run.want, firing)
			})
		}
	}
}

// Rules keep their state when they cannot be evaluated, and do not fire without profiles; but for the two that are about
// just that.
func TestWhatRulesDoWithoutData(t *testing.T) {
	for _, rule := range provisionedRules(t, "regressions.yaml") {
		noData, failed := "OK", "KeepLast"
		switch rule.UID {
		case "flamewatch-no-profiles":
			noData = "Alerting"
		case "flamewatch-rules-in-error":
			failed = "Alerting"
		}
		require.Equal(t, noData, rule.NoDataState, rule.UID)
		require.Equal(t, failed, rule.ExecErrState, rule.UID)
	}
}
