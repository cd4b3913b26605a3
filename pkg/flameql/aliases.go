package flameql

import (
	"slices"
	"strings"
)

// typePattern describes profile types by their first three parts; an empty
// list admits anything.
type typePattern struct {
	names   []string
	samples []string
	units   []string
}

var (
	timeUnits  = []string{"nanoseconds", "microseconds", "milliseconds", "seconds"}
	byteUnits  = []string{"bytes", "byte"}
	countUnits = []string{"count"}
)

var (
	cpuTime       = typePattern{samples: []string{"cpu"}, units: timeUnits}
	cpuSamples    = typePattern{names: []string{"process_cpu", "cpu"}, samples: []string{"samples", "sample"}}
	inUseSpace    = typePattern{samples: []string{"inuse_space", "inuse_size", "space", "heap-live-size"}, units: byteUnits}
	inUseObjects  = typePattern{samples: []string{"inuse_objects", "objects", "live", "heap-live-samples"}, units: countUnits}
	allocSpace    = typePattern{samples: []string{"alloc_space", "alloc_size", "alloc-size"}, units: byteUnits}
	allocTLAB     = typePattern{samples: []string{"alloc_in_new_tlab_bytes", "alloc_outside_tlab_bytes"}, units: byteUnits}
	allocObjects  = typePattern{samples: []string{"alloc_objects", "alloc_samples", "alloc-samples"}, units: countUnits}
	allocTLABs    = typePattern{samples: []string{"alloc_in_new_tlab_objects", "alloc_outside_tlab_objects"}, units: countUnits}
	mutexDelay    = typePattern{names: []string{"mutex"}, samples: []string{"delay"}, units: timeUnits}
	mutexEvents   = typePattern{names: []string{"mutex"}, samples: []string{"contentions"}, units: countUnits}
	lockTime      = typePattern{samples: []string{"lock_time"}, units: timeUnits}
	lockEvents    = typePattern{samples: []string{"lock_count"}, units: countUnits}
	blockDelay    = typePattern{names: []string{"block"}, samples: []string{"delay"}, units: timeUnits}
	blockEvents   = typePattern{names: []string{"block"}, samples: []string{"contentions"}, units: countUnits}
	wallTime      = typePattern{samples: []string{"wall"}, units: timeUnits}
	wallSamples   = typePattern{names: []string{"wall"}, samples: []string{"samples", "sample"}}
	goroutines    = typePattern{samples: []string{"goroutine", "goroutines"}, units: countUnits}
	threadCreate  = typePattern{samples: []string{"threadcreate"}, units: countUnits}
	offCPU        = typePattern{names: []string{"off_cpu"}, units: timeUnits}
	exceptions    = typePattern{samples: []string{"exception", "exceptions"}, units: countUnits}
	exceptionName = typePattern{names: []string{"exceptions"}}
)

// aliases maps a short name to what it means. The patterns of one alias are
// tried in turn for each service; the first that finds something counts. The
// names of Pyroscope's legacy app.type form are among them.
var aliases = map[string][]typePattern{
	"cpu":            {cpuTime, cpuSamples},
	"itimer":         {cpuTime, cpuSamples},
	"process_cpu":    {cpuTime.of("process_cpu")},
	"wall":           {wallTime, wallSamples},
	"off_cpu":        {offCPU},
	"heap":           {inUseSpace},
	"inuse_space":    {inUseSpace},
	"inuse_objects":  {inUseObjects},
	"allocs":         {allocSpace, allocTLAB},
	"alloc_space":    {allocSpace, allocTLAB},
	"alloc_objects":  {allocObjects, allocTLABs},
	"goroutine":      {goroutines},
	"goroutines":     {goroutines},
	"threadcreate":   {threadCreate},
	"mutex":          {mutexDelay, lockTime},
	"mutex_duration": {mutexDelay, lockTime},
	"mutex_count":    {mutexEvents, lockEvents},
	"block":          {blockDelay},
	"block_duration": {blockDelay},
	"block_count":    {blockEvents},
	"exceptions":     {exceptions, exceptionName},
}

func (p typePattern) of(name string) typePattern {
	p.names = []string{name}
	return p
}

func (p typePattern) matches(id string) bool {
	parts := strings.Split(id, ":")
	if len(parts) < 3 {
		return false
	}
	return admits(p.names, parts[0]) && admits(p.samples, parts[1]) && admits(p.units, parts[2])
}

func admits(allowed []string, part string) bool {
	return len(allowed) == 0 || slices.Contains(allowed, part)
}
