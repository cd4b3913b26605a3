package pyroscopetest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"connectrpc.com/connect"
	"github.com/grafana/pyroscope/api/gen/proto/go/querier/v1/querierv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Profile is one profile of one type.
type Profile struct {
	Type   string
	Labels map[string]string
	At     time.Time
	// Stacks are self values by frames, root first, separated by semicolons.
	Stacks map[string]int64
	Span   string
	Trace  string
	// ID is what the server calls the profile, a UUID.
	ID string
}

// Server answers the calls of a Pyroscope server from a list of profiles, in the
// plainest way that keeps to its contract. The zero value holds no profiles.
type Server struct {
	querierv1connect.UnimplementedQuerierServiceHandler

	Profiles []Profile
	// MaxRange is the longest range that is answered, 0 for any.
	MaxRange time.Duration
	// Unknown are the calls that the server does not know.
	Unknown []string
	// Old says that the server does not see selectors of traces and profiles, and does not count spans.
	Old bool
	// Annotation stands on every point of a series, if there is one.
	Annotation *typesv1.ProfileAnnotation
	// Version is what build information says.
	Version string

	guard sync.Mutex
	calls []string
}

// Calls returns the names of the calls so far.
func (s *Server) Calls() []string {
	s.guard.Lock()
	defer s.guard.Unlock()
	return slices.Clone(s.calls)
}

// ServeHTTP answers Connect calls and build information.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	s.guard.Lock()
	s.calls = append(s.calls, name)
	s.guard.Unlock()
	if slices.Contains(s.Unknown, name) {
		http.NotFound(w, r)
		return
	}
	if name == "buildinfo" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"status":"success","data":{"version":%q}}`, s.Version)
		return
	}
	_, handler := querierv1connect.NewQuerierServiceHandler(s)
	handler.ServeHTTP(w, r)
}

func (s *Server) labelsOf(p Profile) map[string]string {
	all := maps.Clone(p.Labels)
	if all == nil {
		all = map[string]string{}
	}
	all["__profile_type__"] = p.Type
	return all
}

// matching returns the profiles of a type (any if empty) that match in a range.
func (s *Server) matching(selectors []string, profileType string, start, end int64) ([]Profile, error) {
	if s.MaxRange > 0 && end-start > s.MaxRange.Milliseconds() {
		return nil, connect.NewError(connect.CodeInvalidArgument, fmt.Errorf("the query time range exceeds the limit "+
			"(max_query_length, actual: %s, limit: %s)", time.Duration(end-start)*time.Millisecond, shortly(s.MaxRange)))
	}
	var matchers []*pyroscope.Matcher
	for _, text := range selectors {
		selector, err := pyroscope.ParseSelector(text)
		if err != nil {
			return nil, connect.NewError(connect.CodeInvalidArgument, err)
		}
		matchers = append(matchers, selector.Matchers...)
	}
	var found []Profile
	for _, p := range s.Profiles {
		at, labels := p.At.UnixMilli(), s.labelsOf(p)
		if at < start || at > end || (profileType != "" && p.Type != profileType) ||
			slices.ContainsFunc(matchers, func(m *pyroscope.Matcher) bool { return !m.Matches(labels[m.Name]) }) {
			continue
		}
		found = append(found, p)
	}
	return found, nil
}

// shortly writes 24h as 1d, as the server does.
func shortly(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return d.String()
}
