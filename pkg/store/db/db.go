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
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// formatVersion is written into every database; see keys.go for the layout.
const formatVersion = 1

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
	last    uint32 // partition number; none is given twice while queries may know it

	cache   cache
	ballast *ballast

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
// A folder that another process has open, or that cannot be written to, is
// refused.
func Open(dir string, opt Options) (*DB, error) {
	opt.fill()
	if err := opt.FS.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot create the data folder: %w", err)
	}
	lock, err := pebble.LockDirectory(dir, opt.FS)
	if err != nil {
		return nil, lockFault(dir, err)
	}
	d := &DB{opt: opt, dir: dir, tenants: map[string]map[partitionKey]*partition{}, ballast: newBallast(opt.FS, dir)}
	d.cache.limit = opt.TablesBytes
	d.pebble, err = pebble.Open(dir, pebbleOptions(opt, vfs.OnDiskFull(opt.FS, d.diskFull), lock))
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

// lockFault tells a folder that is locked from one in which the file of the
// lock cannot be made.
func lockFault(dir string, err error) error {
	var file *fs.PathError
	if errors.As(err, &file) {
		return fmt.Errorf("cannot write to the data folder %s: make it writable for this user or choose another folder (%w)", dir, err)
	}
	return fmt.Errorf("the data folder %s is in use by another process: "+
		"stop that store first or choose another folder (%w)", dir, err)
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
