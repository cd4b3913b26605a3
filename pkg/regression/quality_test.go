package regression

import (
	"flag"
	"testing"
)

// What the method must reach, on generated services whose truth is known.
const (
	mostFalse       = 0.05
	leastOfOracle   = 0.9
	leastFirst      = 0.9
	mostAlertsAWeek = 0.1
	mostHarmless    = 0.05
	leastBegun      = 0.8
)

var full = flag.Bool("full", false, "draw five times as many services")

// howMany services are drawn: few enough for every run, five times as many to be sure.
func howMany(few int) int {
	if *full {
		return 5 * few
	}
	return few
}

func TestQuality(t *testing.T) {
	total := score{}
	for _, s := range scenarios {
		own := score{}
		for seed := range howMany(8) {
			s.compare(uint64(seed), &own)
		}
		t.Logf("%-20s false %.3f, found %.3f, oracle %.3f of %.0f", s.name, own.falses/max(1, own.discoveries),
			own.found/own.sought, own.oracle/own.sought, own.sought)
		total.add(own)
	}
	opposed := score{}
	for seed := range howMany(8) {
		againstEachOther.compare(uint64(seed), &opposed)
	}
	falseOpposed := opposed.falses / max(1, opposed.discoveries)
	falsePackages := (total.falsePackages + opposed.falsePackages) / max(1, total.packages+opposed.packages)
	t.Logf("%-20s false %.3f, found %.3f, oracle %.3f of %.0f", againstEachOther.name, falseOpposed,
		opposed.found/opposed.sought, opposed.oracle/opposed.sought, opposed.sought)
	alone, apart := thinlySpread(t)
	t.Logf("packages tested apart: false %.3f of %.0f; growth spread thin over one: found %.2f, by functions alone %.2f",
		falsePackages, total.packages+opposed.packages, apart, alone)
	if falseOpposed > mostFalse || falsePackages > mostFalse || apart < leastBegun || apart <= alone {
		t.Error("packages, or functions that move against each other, are not told as they must be")
	}
	first := namedFirst(t)
	woken := harmlessAlerts(t)
	begun, dated := deploysInTheMiddle(t)
	t.Logf("harmless changes that would wake somebody up: %.3f; growth that begins inside the window: %.2f found, %.2f of them dated to a bucket",
		woken, begun, dated)
	alerts, delay := alertsAWeek()
	fdr := total.falses / total.discoveries
	power, oracle := total.found/total.sought, total.oracle/total.sought
	rule := powerAt(total.ratios, fdr)
	t.Logf("two proportions at the same false discovery rate: power %.3f; a change is told after %.0f minutes (median)",
		powerAt(total.zs, fdr), delay)
	t.Logf("quality fdr=%.3f power=%.3f oracle=%.3f first=%.3f false_alerts_per_service_week=%.3f rule15_power=%.3f",
		fdr, power, oracle, first, alerts, rule)
	if fdr > mostFalse || power < leastOfOracle*oracle || first < leastFirst || alerts > mostAlertsAWeek {
		t.Error("the method does not reach what it must")
	}
	if woken > mostHarmless || begun < leastBegun || dated < leastBegun {
		t.Error("harmless changes wake people up, or growth inside a window is missed")
	}
	if oracle < 0.7 {
		t.Error("the scenarios are too hard to tell anything: the oracle itself finds little")
	}
}
