// Package pull fetches profiles from programs that serve them, as Go programs
// do with net/http/pprof, and pushes them into the store. Profiles that a
// program counts up since its start are turned into what was added between two
// pulls.
package pull

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Config is a list of targets, as the YAML file has it.
type Config struct {
	Targets []Target `yaml:"targets"`
}

// Target is a program to pull from.
type Target struct {
	Service  string            `yaml:"service"`
	URL      string            `yaml:"url"` // http or https, without the path of a profile
	Tenant   string            `yaml:"tenant"`
	Labels   map[string]string `yaml:"labels"`
	Interval time.Duration     `yaml:"interval"` // default 15 s
	Profiles []Profile         `yaml:"profiles"` // default: those of net/http/pprof
}

// Profile is one of the profiles of a target.
type Profile struct {
	Name     string        `yaml:"name"`     // process_cpu, memory, mutex, …
	Path     string        `yaml:"path"`     // below the URL of the target
	Interval time.Duration `yaml:"interval"` // default: that of the target
	Seconds  int           `yaml:"seconds"`  // profile for so long (`?seconds=`); 0 takes a snapshot
	// Cumulative names the sample types that count up since the start of the
	// program. A pull stores what they gained.
	Cumulative []string `yaml:"cumulative"`
}

// Bounds of a configuration.
const (
	defaultInterval = 15 * time.Second
	leastInterval   = time.Second
	mostTargets     = 1000
	mostProfiles    = 20
	largestConfig   = 1 << 20
)

// goProfiles are the profiles of net/http/pprof. A CPU profile runs for nearly
// the whole interval, so that profiling is continuous.
func goProfiles(interval time.Duration) []Profile {
	return []Profile{
		{Name: "process_cpu", Path: "/debug/pprof/profile", Seconds: max(1, int(interval/time.Second)-1)},
		{Name: "memory", Path: "/debug/pprof/allocs", Cumulative: []string{"alloc_objects", "alloc_space"}},
		{Name: "goroutine", Path: "/debug/pprof/goroutine"},
		{Name: "mutex", Path: "/debug/pprof/mutex", Cumulative: []string{"contentions", "delay"}},
		{Name: "block", Path: "/debug/pprof/block", Cumulative: []string{"contentions", "delay"}},
	}
}

// ReadConfig reads a YAML file.
func ReadConfig(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the targets to pull: %w", err)
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(io.LimitReader(file, largestConfig+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	case len(raw) > largestConfig:
		return nil, fmt.Errorf("%s is larger than %d bytes", path, largestConfig)
	}
	c, err := ParseConfig(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// ParseConfig reads YAML, checks it and fills in the defaults. Unknown keys are
// refused, with their line.
func ParseConfig(raw []byte) (*Config, error) {
	var c Config
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(c.Targets) == 0 {
		return nil, errors.New("it names no targets: it needs a list `targets`, each with `service` and `url`")
	}
	if len(c.Targets) > mostTargets {
		return nil, fmt.Errorf("it names %d targets; at most %d can be pulled", len(c.Targets), mostTargets)
	}
	for i := range c.Targets {
		if err := c.Targets[i].complete(); err != nil {
			return nil, fmt.Errorf("target %d (%s): %w", i+1, c.Targets[i].Service, err)
		}
	}
	return &c, nil
}

func (t *Target) complete() error {
	if t.Service == "" {
		return errors.New("it needs a `service`, the name under which its profiles are found")
	}
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("`url` must be like http://localhost:6060, not %q", t.URL)
	}
	t.URL = strings.TrimRight(t.URL, "/")
	if t.Interval == 0 {
		t.Interval = defaultInterval
	}
	if t.Profiles == nil {
		t.Profiles = goProfiles(t.Interval)
	}
	if len(t.Profiles) > mostProfiles {
		return fmt.Errorf("it has %d profiles; at most %d can be pulled", len(t.Profiles), mostProfiles)
	}
	for name := range t.Labels {
		if name == "service_name" || strings.HasPrefix(name, "__") {
			return fmt.Errorf("the label %q is set by the store: leave it out", name)
		}
	}
	for i := range t.Profiles {
		if err := t.Profiles[i].complete(t.Interval); err != nil {
			return fmt.Errorf("profile %d (%s): %w", i+1, t.Profiles[i].Name, err)
		}
	}
	return nil
}

func (p *Profile) complete(interval time.Duration) error {
	if p.Interval == 0 {
		p.Interval = interval
	}
	switch {
	case p.Name == "":
		return errors.New("it needs a `name` such as process_cpu, memory or mutex")
	case !strings.HasPrefix(p.Path, "/"):
		return fmt.Errorf("`path` must begin with /, not %q", p.Path)
	case p.Interval < leastInterval:
		return fmt.Errorf("`interval` must be at least %s, not %s", leastInterval, p.Interval)
	case p.Seconds < 0 || time.Duration(p.Seconds)*time.Second > p.Interval:
		return fmt.Errorf("`seconds` must lie between 0 and the interval of %s, not %d", p.Interval, p.Seconds)
	}
	return nil
}
