// Package dot draws merged profiles as Graphviz text, with the graph that
// `go tool pprof -dot -addresses` makes.
package dot

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/google/pprof/driver"
	"github.com/google/pprof/profile"
	googlev1 "github.com/grafana/pyroscope/api/gen/proto/go/google/v1"
)

// one lets a single graph be drawn at a time: pprof's driver keeps its settings
// in variables of the package.
var one sync.Mutex

// Write draws a profile. An empty profile is no text at all.
func Write(p *googlev1.Profile) (string, error) {
	if len(p.GetSample()) == 0 {
		return "", nil
	}
	raw, err := p.MarshalVT()
	if err != nil {
		return "", fmt.Errorf("dot: %w", err)
	}
	parsed, err := profile.ParseData(raw)
	if err != nil {
		return "", fmt.Errorf("dot: %w", err)
	}
	one.Lock()
	defer one.Unlock()
	var out buffer
	err = driver.PProf(&driver.Options{
		Writer: &out, Fetch: fetched{parsed}, UI: &out, Sym: symbolized{}, Flagset: flags{},
	})
	if err != nil {
		return "", fmt.Errorf("dot: %w", err)
	}
	return out.String(), nil
}

// fetched is the profile that the driver asks for.
type fetched struct{ profile *profile.Profile }

func (f fetched) Fetch(string, time.Duration, time.Duration) (*profile.Profile, string, error) {
	return f.profile, "", nil
}

// symbolized keeps the driver from looking for symbols: profiles bring theirs.
type symbolized struct{}

func (symbolized) Symbolize(string, driver.MappingSources, *profile.Profile) error { return nil }

// buffer takes what the driver writes, and is its silent user interface.
type buffer struct{ bytes.Buffer }

func (b *buffer) Open(string) (io.WriteCloser, error) { return b, nil }
func (b *buffer) Close() error                        { return nil }
func (b *buffer) ReadLine(string) (string, error)     { return "", io.EOF }
func (b *buffer) Print(...any)                        {}
func (b *buffer) PrintErr(...any)                     {}
func (b *buffer) IsTerminal() bool                    { return false }
func (b *buffer) WantBrowser() bool                   { return false }
func (b *buffer) SetAutoComplete(func(string) string) {}

// flags is the command line `-dot -addresses -output x profile`.
type flags struct{}

func (flags) Bool(name string, value bool, _ string) *bool {
	value = value || name == "dot" || name == "addresses"
	return &value
}

func (flags) String(name, value string, _ string) *string {
	if name == "output" {
		value = "x" // the writer takes it
	}
	return &value
}

func (flags) Int(_ string, value int, _ string) *int             { return &value }
func (flags) Float64(_ string, value float64, _ string) *float64 { return &value }
func (flags) StringList(_ string, _ string, _ string) *[]*string { return &[]*string{} }
func (flags) ExtraUsage() string                                 { return "" }
func (flags) AddExtraUsage(string)                               {}
func (flags) Parse(func()) []string                              { return []string{"profile"} }
