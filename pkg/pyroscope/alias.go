package pyroscope

import "strings"

// aliases are short names for a meaning. The same meaning has different ids in
// different languages and agents, so an alias is a test and not an id.
var aliases = map[string]func(ProfileType) bool{
	"cpu":          ProfileType.IsCPU,
	"process_cpu":  func(t ProfileType) bool { return t.Name == "process_cpu" && t.IsCPU() },
	"wall":         func(t ProfileType) bool { return t.SampleType == "wall" && t.SampleUnit == "nanoseconds" },
	"heap":         func(t ProfileType) bool { return t.SampleType == "inuse_space" },
	"allocs":       func(t ProfileType) bool { return t.SampleUnit == "bytes" && allocated[t.SampleType] },
	"goroutine":    func(t ProfileType) bool { return t.SampleType == "goroutine" || t.SampleType == "goroutines" },
	"mutex":        func(t ProfileType) bool { return t.Name == "mutex" && t.SampleType == "delay" },
	"block":        func(t ProfileType) bool { return t.Name == "block" && t.SampleType == "delay" },
	"threadcreate": func(t ProfileType) bool { return t.Name == "threadcreate" || t.SampleType == "threadcreate" },
}

// allocated are the sample types of allocated space, in bytes.
var allocated = map[string]bool{"alloc_space": true, "alloc_in_new_tlab_bytes": true, "alloc_size": true, "alloc": true}

// TypeNamed returns a test for the profile types that a short form means: an
// alias, or the first parts of an id (process_cpu:cpu).
func TypeNamed(text string) func(ProfileType) bool {
	if test, known := aliases[text]; known {
		return test
	}
	prefix := strings.TrimRight(text, ":") + ":"
	return func(t ProfileType) bool { return strings.HasPrefix(t.ID+":", prefix) }
}
