package datasource

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// farFromMeasured is by how much a share may differ from that in the flame graph, relative to it, without a word.
const farFromMeasured = 0.1

// sentenceOf says a finding in words: what grew from what to what, what that costs, how sure it is, since when, with which
// version and on how many instances.
func sentenceOf(service string, t pyroscope.ProfileType, f regression.Finding, c costly) string {
	var text strings.Builder
	whole := fmt.Sprintf("%s's %s", service, meaningOf(t))
	if f.Growth != nil {
		fmt.Fprintf(&text, "%s of %s grows by %s", meaningOf(t), service, f.Growth.Hourly(func(value float64) string {
			return amount(value, c.unit)
		}))
		fmt.Fprintf(&text, "; most of it is held by %s.", f.Function)
		return upperFirst(text.String())
	}
	switch f.Kind {
	case regression.New:
		fmt.Fprintf(&text, "%s is new and takes %.3g%% of %s", f.Function, 100*f.Comparison, whole)
	case regression.Gone:
		fmt.Fprintf(&text, "%s is gone; it took %.3g%% of %s", f.Function, 100*f.Baseline, whole)
	case regression.CutOff:
		fmt.Fprintf(&text, "%s takes %.3g%% of %s and may have done so before, below what the server cut off", f.Function,
			100*f.Comparison, whole)
	default:
		verb := map[regression.Kind]string{regression.Shrank: "shrank", regression.Transient: "grew for a while",
			regression.Shifted: "took over cost"}[f.Kind]
		if verb == "" {
			verb = "grew"
		}
		fmt.Fprintf(&text, "%s %s from %.3g%% to %.3g%% of %s", f.Function, verb, 100*f.Baseline, 100*f.Comparison, whole)
		if math.Abs(f.Measured-f.Comparison) > farFromMeasured*f.Comparison {
			fmt.Fprintf(&text, " as it was made up before, %.3g%% of it now", 100*f.Measured)
		}
	}
	if f.Kind == regression.Shifted && f.GivesBack != "" {
		fmt.Fprintf(&text, ", which %s gave back", f.GivesBack)
	}
	if more := amount(math.Abs(c.cost), c.unit); more != "" && f.Kind.Wakes() {
		fmt.Fprintf(&text, ", %s more", more)
	} else if more != "" && (f.Kind == regression.Shrank || f.Kind == regression.Gone) {
		fmt.Fprintf(&text, ", %s less", more)
	}
	fmt.Fprintf(&text, " (%+.2g to %+.2g points, 95%% sure)", 100*f.Low, 100*f.High)
	fmt.Fprintf(&text, ", since %s", f.Since.UTC().Format("2006-01-02 15:04 UTC"))
	if c.version != "" {
		fmt.Fprintf(&text, " with version %s", c.version)
		if c.before != "" {
			fmt.Fprintf(&text, " after %s", c.before)
		}
	}
	if f.Instances > 0 && f.Kind.Wakes() {
		fmt.Fprintf(&text, ", on %d of %d instances", f.InstancesGrown, f.Instances)
	}
	text.WriteString(".")
	if f.Package != nil {
		fmt.Fprintf(&text, " It is spread over the package %s, which went from %.3g%% to %.3g%%.", f.Package.Name, 100*f.Package.Baseline,
			100*f.Package.Comparison)
	}
	return text.String()
}

func upperFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// meaningOf is what a profile type measures, in words.
func meaningOf(t pyroscope.ProfileType) string {
	words := map[string]string{
		"cpu": "CPU time", "wall": "wall time", "alloc_space": "allocated bytes", "alloc_objects": "allocated objects",
		"inuse_space": "memory in use", "inuse_objects": "objects in use", "goroutine": "goroutines", "goroutines": "goroutines",
		"delay": "waiting time", "contentions": "contentions", "lock_duration": "waiting for locks", "threads": "threads",
	}[t.SampleType]
	if words == "" {
		return t.SampleType
	}
	if t.SampleType == "delay" || t.SampleType == "contentions" {
		return words + " (" + t.Name + ")"
	}
	return words
}

// amount writes a cost in a unit of Grafana's; empty where there is nothing to say.
func amount(value float64, unit string) string {
	if value == 0 || math.IsNaN(value) {
		return ""
	}
	switch unit {
	case "cores":
		return fmt.Sprintf("%.3g cores", value)
	case "binBps":
		return byteText(value) + "/s"
	case "bytes":
		return byteText(value)
	case "ops":
		return fmt.Sprintf("%.3g/s", value)
	case "ns":
		return time.Duration(value).Round(time.Microsecond).String() + " a second"
	default:
		return fmt.Sprintf("%.3g", value)
	}
}

func byteText(value float64) string {
	for _, unit := range []string{"B", "KiB", "MiB", "GiB"} {
		if math.Abs(value) < 1024 {
			return fmt.Sprintf("%.3g %s", value, unit)
		}
		value /= 1024
	}
	return fmt.Sprintf("%.3g TiB", value)
}
