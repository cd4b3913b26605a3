package pull

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// Puller pulls all targets of a configuration.
type Puller struct {
	Config   *Config
	Ingester *ingest.Ingester
	Budget   *budget.Budget // of memory, shared with pushes
	Tenant   string         // of targets that name none
	Logger   *slog.Logger
	Now      func() time.Time
	// Observe is told of every pull.
	Observe func(service, profile, target string, took time.Duration, err error)
}

// Bounds of pulling.
const (
	// atATime is how many answers are read and stored at a time. Waiting for a
	// CPU profile to be taken is not counted.
	atATime = 8
	// grace is how much longer than its duration a profile may take to arrive.
	grace = 15 * time.Second
)

// Run pulls until the context ends, each profile of each target in its own
// rhythm and never twice at a time.
func (p *Puller) Run(ctx context.Context) {
	client := &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a target is where it was said to be
		},
	}
	turns := make(chan struct{}, atATime)
	var all sync.WaitGroup
	for t := range p.Config.Targets {
		for i := range p.Config.Targets[t].Profiles {
			s := &scraper{
				Puller: p, client: client, turns: turns,
				target: &p.Config.Targets[t], profile: &p.Config.Targets[t].Profiles[i],
				delta: delta{cumulative: p.Config.Targets[t].Profiles[i].Cumulative},
			}
			all.Go(func() { s.run(ctx) })
		}
	}
	all.Wait()
	client.CloseIdleConnections()
}

// scraper pulls one profile of one target.
type scraper struct {
	*Puller
	client  *http.Client
	turns   chan struct{}
	target  *Target
	profile *Profile
	delta   delta
	failing bool
}

func (s *scraper) run(ctx context.Context) {
	// Not all at once: the first pull comes somewhere in the first interval,
	// but soon enough to see something.
	wait := time.Duration(rand.Int64N(int64(min(s.profile.Interval, 2*time.Second))))
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		began := time.Now()
		err := s.pull(ctx)
		if ctx.Err() != nil {
			return
		}
		s.report(time.Since(began), err)
		wait = max(0, s.profile.Interval-time.Since(began))
	}
}

// report logs when pulls begin to fail and when they work again, not each.
func (s *scraper) report(took time.Duration, err error) {
	s.Observe(s.target.Service, s.profile.Name, s.target.URL, took, err)
	log := s.Logger.With("service", s.target.Service, "profile", s.profile.Name, "url", s.target.URL+s.profile.Path)
	switch {
	case err != nil && !s.failing:
		log.Warn("cannot pull", "error", err)
	case err == nil && s.failing:
		log.Info("pulling works again")
	}
	s.failing = err != nil
}

func (s *scraper) pull(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(s.profile.Seconds)*time.Second+grace)
	defer cancel()
	resp, err := s.request(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	share := s.Budget.Share()
	defer share.Release()
	packed, err := s.read(resp, share)
	if err != nil {
		return err
	}
	raw, err := s.Ingester.Unpack(budget.With(ctx, share), packed)
	if err != nil {
		return err
	}
	limits := s.Ingester.Limits
	decoded, err := profile.Decode(raw, profile.Limits{Samples: limits.Samples, Depth: limits.Depth})
	if err != nil {
		return err
	}
	decoded.TimeNanos = s.Now().UnixNano() // one clock for all targets
	if err := s.delta.subtract(decoded); err != nil {
		decoded.Free()
		return err
	}
	tenant := s.target.Tenant
	if tenant == "" {
		tenant = s.Tenant
	}
	return s.Ingester.Push(ctx, tenant, []ingest.Series{{
		Labels: s.labels(), Profiles: []ingest.RawProfile{{Raw: raw, Decoded: decoded}},
	}})
}

func (s *scraper) request(ctx context.Context) (*http.Response, error) {
	address := s.target.URL + s.profile.Path
	if s.profile.Seconds > 0 {
		separator := "?"
		if strings.Contains(address, "?") {
			separator = "&"
		}
		address += separator + "seconds=" + strconv.Itoa(s.profile.Seconds)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	return s.client.Do(req)
}

func (s *scraper) read(resp *http.Response, share *budget.Share) ([]byte, error) {
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 200))
		return nil, fmt.Errorf("it answered %s: %s", resp.Status, strings.TrimSpace(string(text)))
	}
	limit := int64(s.Ingester.Limits.ProfileBytes)
	body := &budget.Reader{ReadCloser: resp.Body, Share: share, Spent: func(err error) error { return err }}
	packed, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err == nil && int64(len(packed)) > limit {
		err = &profile.ErrTooLarge{Limit: int(limit)}
	}
	return packed, err
}

func (s *scraper) labels() []ingest.Label {
	labels := []ingest.Label{{Name: "__name__", Value: s.profile.Name}, {Name: "service_name", Value: s.target.Service}}
	for name, value := range s.target.Labels {
		labels = append(labels, ingest.Label{Name: name, Value: value})
	}
	slices.SortFunc(labels, func(a, b ingest.Label) int { return strings.Compare(a.Name, b.Name) })
	return labels
}
