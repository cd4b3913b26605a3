// Package store is a small profile database that answers Pyroscope's API: a
// single process, its data in one folder. It takes profiles from Pyroscope's
// SDKs and agents, and the same datasource, dashboards and links that are used
// with Pyroscope work with it unchanged.
package store

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/flamewatch/profiles/pkg/store/api"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/query"
)

// Options say how a store is opened. Zero values mean the defaults.
type Options struct {
	Dir     string // folder of the data, created where missing
	Tenants bool   // keep tenants apart by the header X-Scope-OrgID
	Ingest  ingest.Limits
	Query   query.Limits
	Logger  *slog.Logger
	Now     func() time.Time // for tests
}

// Store is an open store.
type Store struct {
	db      *db.DB
	handler http.Handler
}

// Open opens the store in a folder. Close it to give the folder free.
func Open(o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Ingest.Fill()
	o.Query.Fill()
	d, err := db.Open(o.Dir, db.Options{Logger: o.Logger, Now: o.Now})
	if err != nil {
		return nil, err
	}
	return &Store{db: d, handler: api.New(api.Options{
		Engine:   &query.Engine{DB: d, Limits: o.Query, Now: o.Now},
		Ingester: &ingest.Ingester{DB: d, Limits: o.Ingest, Now: o.Now},
		Tenants:  o.Tenants,
	})}, nil
}

// Handler answers all requests.
func (s *Store) Handler() http.Handler { return s.handler }

// Close ends the store. Everything acknowledged is on disk already.
func (s *Store) Close() error { return s.db.Close() }
