// Package db keeps profiles on disk: partitions by tenant, service and hour,
// each with its own symbol table, in a Pebble database.
//
// Pebble was chosen over bbolt because of what a profile store does all day:
// it appends small rows from many connections and drops the oldest hour.
// Pebble writes to one log, and commits that wait for the disk at the same time
// share one fsync; bbolt rewrites tree pages and syncs twice for each commit.
// Pebble compresses blocks and gives the space of a dropped range back; a bbolt
// file never shrinks. Both are pure Go and well kept; Pebble carries
// CockroachDB.
package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// formatVersion is written into every database; see keys.go for the layout.
const formatVersion = 1

// Options say how a database is opened. Zero values mean the defaults.
type Options struct {
	CacheBytes  int64 // blocks of the database kept in memory; default 64 MiB
	TablesBytes int64 // symbol tables kept in memory; default 256 MiB
	MaxStacks   int   // different stacks of one service in an hour; default 4 million
	MaxSeries   int   // series of one service in an hour; default 20,000
	Logger      *slog.Logger
	Now         func() time.Time
}

func (o *Options) fill() {
	setDefault(&o.CacheBytes, 64<<20)
	setDefault(&o.TablesBytes, 256<<20)
	setDefault(&o.MaxStacks, 4<<20)
	setDefault(&o.MaxSeries, 20_000)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

func setDefault[T int | int64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// DB is an open database. All methods may be called at the same time.
type DB struct {
	opt    Options
	dir    string
	pebble *pebble.DB

	// drop keeps windows from being dropped while a push writes to them:
	// pushes hold it for reading, retention for writing.
	drop sync.RWMutex

	mu      sync.RWMutex // guards the directory
	tenants map[string]map[partitionKey]*partition
	numbers map[uint32]uint32 // last partition number of each window

	cache cache

	duplicates atomic.Uint64
	refusing   atomic.Pointer[error] // why pushes are refused, nil while they are taken

	// life is held for reading by whoever uses the database, and for writing
	// by Close.
	life   sync.RWMutex
	closed bool
}

type partitionKey struct {
	window  uint32
	service string
}

// Open opens the database in a folder, which is created where it is missing.
// A folder that another process has open is refused.
func Open(dir string, opt Options) (*DB, error) {
	opt.fill()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot create the data folder: %w", err)
	}
	lock, err := pebble.LockDirectory(dir, vfs.Default)
	if err != nil {
		return nil, fmt.Errorf("the data folder %s is in use by another process: "+
			"stop that store first or choose another folder (%w)", dir, err)
	}
	d := &DB{opt: opt, dir: dir, tenants: map[string]map[partitionKey]*partition{}, numbers: map[uint32]uint32{}}
	d.cache.limit = opt.TablesBytes
	d.pebble, err = pebble.Open(dir, pebbleOptions(opt, lock))
	// Pebble holds its own reference to the lock from here on.
	err = errors.Join(err, lock.Close())
	if err == nil {
		if err = d.readDirectory(); err != nil {
			err = errors.Join(err, d.pebble.Close())
		}
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open the data folder %s: %w", dir, err)
	}
	return d, nil
}

func pebbleOptions(opt Options, lock *pebble.Lock) *pebble.Options {
	o := &pebble.Options{
		CacheSize:                   opt.CacheBytes,
		MemTableSize:                16 << 20,
		MemTableStopWritesThreshold: 4,
		MaxOpenFiles:                512,
		FormatMajorVersion:          pebble.FormatNewest,
		Lock:                        lock,
		Logger:                      pebbleLogger{opt.Logger},
	}
	for i := range o.Levels {
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	o.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return pebble.DBCompressionBalanced })
	return o
}

// pebbleLogger passes on what matters; Pebble's own events are noise here.
type pebbleLogger struct{ *slog.Logger }

func (l pebbleLogger) Infof(string, ...any) {}
func (l pebbleLogger) Errorf(format string, args ...any) {
	l.Error(fmt.Sprintf(format, args...), "component", "pebble")
}

// Fatalf is called when the log cannot be written: whatever was acknowledged
// is on disk, and nothing more can be.
func (l pebbleLogger) Fatalf(format string, args ...any) {
	l.Error(fmt.Sprintf(format, args...), "component", "pebble")
	os.Exit(1)
}

// readDirectory finds all partitions by jumping from one to the next.
func (d *DB) readDirectory() (err error) {
	if err := d.checkFormat(); err != nil {
		return err
	}
	it, err := d.pebble.NewIter(&pebble.IterOptions{LowerBound: []byte{0, 0, 0, 1}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for valid := it.First(); valid; {
		key := it.Key()
		if len(key) < 9 {
			return fmt.Errorf("unknown key %x: this is not a folder of this store", key)
		}
		id := partitionID(binary.BigEndian.Uint64(key))
		if len(key) == 9 && key[8] == kindMeta {
			value, err := it.ValueAndErr()
			if err != nil {
				return err
			}
			p, err := parseMeta(id, value)
			if err != nil {
				return err
			}
			d.enter(p)
		}
		valid = it.SeekGE(binary.BigEndian.AppendUint64(nil, uint64(id)+1))
	}
	return it.Error()
}

func (d *DB) checkFormat() error {
	value, closer, err := d.pebble.Get(formatKey)
	switch {
	case errors.Is(err, pebble.ErrNotFound):
		return d.pebble.Set(formatKey, []byte{formatVersion}, pebble.Sync)
	case err != nil:
		return err
	}
	defer closer.Close()
	if len(value) != 1 || value[0] != formatVersion {
		return fmt.Errorf("it was written in format %v and this program reads format %d: use the program that wrote it or another folder", value, formatVersion)
	}
	return nil
}

// enter adds a partition to the directory; mu is held or nobody else is there.
func (d *DB) enter(p *partition) {
	byKey := d.tenants[p.tenant]
	if byKey == nil {
		byKey = make(map[partitionKey]*partition)
		d.tenants[p.tenant] = byKey
	}
	byKey[partitionKey{p.id.window(), p.service}] = p
	d.numbers[p.id.window()] = max(d.numbers[p.id.window()], p.id.number())
}

// partition gives the partition of a service and window, made where missing.
func (d *DB) partition(tenant, service string, window uint32) *partition {
	key := partitionKey{window, service}
	d.mu.RLock()
	p := d.tenants[tenant][key]
	d.mu.RUnlock()
	if p != nil {
		return p
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if p := d.tenants[tenant][key]; p != nil {
		return p
	}
	p = &partition{id: newPartitionID(window, d.numbers[window]+1), tenant: tenant, service: service}
	d.enter(p)
	return p
}

// hold keeps the database open until life is given free.
func (d *DB) hold() error {
	d.life.RLock()
	if d.closed {
		d.life.RUnlock()
		return ErrClosed
	}
	return nil
}

// Close waits for pushes and queries to end, writes what is in memory to disk
// and gives the folder free.
func (d *DB) Close() error {
	d.life.Lock()
	defer d.life.Unlock()
	if d.closed {
		return nil
	}
	d.closed = true
	return errors.Join(d.pebble.Flush(), d.pebble.Close())
}
