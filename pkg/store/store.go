// Package store is the embedded profile store: it takes profiles in as Pyroscope
// does, keeps them in one folder and answers Pyroscope's queries. What it
// promises, what it is not for and how it is kept on disk is in docs/store.md.
//
// A push travels from api (HTTP, limits) through ingest (unpack, decode, check)
// to db, which interns its stacks in symbols and writes rows; a query from api
// through query, which adds up rows by stack, to tree, which cuts and writes call
// trees. pull fetches what programs serve and pushes it the same way.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/flamewatch/profiles/pkg/store/api"
	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/metrics"
	"github.com/flamewatch/profiles/pkg/store/pull"
	"github.com/flamewatch/profiles/pkg/store/query"
)

// Options say how a store is opened. Dir alone is needed; other zero values
// mean the defaults.
type Options struct {
	Dir     string // folder of the data, created where missing
	Tenants bool   // keep tenants apart by the header X-Scope-OrgID

	RetentionAge  time.Duration // hours older than this are dropped; zero keeps all
	RetentionSize uint64        // bytes on disk, above which the oldest hours are dropped; zero means no limit
	FreeDisk      uint64        // bytes to leave free on the disk; default 256 MiB

	MaxBodyBytes int64         // of a request, unpacked; default 64 MiB
	PushMemory   int64         // bytes that all pushes and pulls together may hold; default 512 MiB
	TablesMemory int64         // bytes of symbol tables to keep in memory; default 256 MiB
	CacheMemory  int64         // bytes of data blocks to keep in memory; default 64 MiB
	QueryTimeout time.Duration // default 1 min

	Ingest ingest.Limits
	Query  query.Limits
	Pull   *pull.Config // programs to pull from; none where nil
	Build  api.Build

	Logger *slog.Logger
	Now    func() time.Time // for tests
}

func (o *Options) fill() {
	orDefault(&o.FreeDisk, 256<<20)
	orDefault(&o.MaxBodyBytes, 64<<20)
	orDefault(&o.PushMemory, 512<<20)
	orDefault(&o.QueryTimeout, time.Minute)
	o.Ingest.Fill()
	o.Query.Fill()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

func orDefault[T uint64 | int64 | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// Store is an open store.
type Store struct {
	opt      Options
	db       *db.DB
	ingester *ingest.Ingester
	metrics  *metrics.Metrics
	handler  http.Handler

	stop       context.CancelFunc
	background sync.WaitGroup
}

// Open opens the store in a folder and begins to enforce retention and to pull.
// Close it to give the folder free.
func Open(o Options) (*Store, error) {
	o.fill()
	if err := o.checkPull(); err != nil {
		return nil, err
	}
	d, err := db.Open(o.Dir, db.Options{
		CacheBytes: o.CacheMemory, TablesBytes: o.TablesMemory, Logger: o.Logger, Now: o.Now,
	})
	if err != nil {
		return nil, err
	}
	memory := budget.New(o.PushMemory)
	m := metrics.New(d, memory.Used)
	s := &Store{opt: o, db: d, metrics: m}
	s.ingester = &ingest.Ingester{DB: d, Limits: o.Ingest, Now: o.Now, Observe: m.Pushed}
	s.handler = api.New(api.Options{
		Engine:   &query.Engine{DB: d, Limits: o.Query, Now: o.Now},
		Ingester: s.ingester, Metrics: m, Budget: memory, Logger: o.Logger, Now: o.Now,
		Tenants: o.Tenants, MaxBodyBytes: o.MaxBodyBytes, QueryTimeout: o.QueryTimeout, Build: o.Build,
	})
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	if err := s.enforce(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.background.Go(func() { s.enforceEvery(ctx, enforceInterval) })
	if o.Pull != nil {
		p := &pull.Puller{
			Config: o.Pull, Ingester: s.ingester, Budget: memory, Tenant: api.Anonymous, Logger: o.Logger, Now: o.Now, Observe: m.Pulled,
		}
		s.background.Go(func() { p.Run(ctx) })
	}
	return s, nil
}

// checkPull holds the tenants of pulled targets against the setting.
func (o *Options) checkPull() error {
	if o.Pull == nil {
		return nil
	}
	for _, t := range o.Pull.Targets {
		switch {
		case o.Tenants && !api.ValidTenant(t.Tenant):
			return fmt.Errorf("the pulled target %s needs a valid `tenant`, for tenants are kept apart; %q is none", t.Service, t.Tenant)
		case !o.Tenants && t.Tenant != "":
			return fmt.Errorf("the pulled target %s names the tenant %q, but tenants are not kept apart: leave it out", t.Service, t.Tenant)
		}
	}
	return nil
}

// enforceInterval is how often retention and the space of the disk are looked at.
const enforceInterval = 15 * time.Second

func (s *Store) enforceEvery(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.enforce(ctx); err != nil && ctx.Err() == nil {
			s.metrics.Failed(s.opt.Logger, "retention", err)
		}
	}
}

func (s *Store) enforce(ctx context.Context) error {
	dropped, err := s.db.Enforce(ctx, db.Retention{
		Age: s.opt.RetentionAge, Size: s.opt.RetentionSize, FreeDisk: s.opt.FreeDisk,
	})
	s.metrics.Dropped(dropped)
	if dropped.Windows > 0 {
		s.opt.Logger.Info("retention dropped the oldest hours", "hours", dropped.Windows, "profiles", dropped.Profiles)
	}
	return err
}

// Handler answers all requests.
func (s *Store) Handler() http.Handler { return s.handler }

// Close ends the store: it waits for pushes and queries and gives the folder
// free. Everything acknowledged is on disk already.
func (s *Store) Close() error {
	s.stop()
	s.background.Wait()
	return s.db.Close()
}
