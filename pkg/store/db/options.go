package db

import (
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Options say how a database is opened. Zero values mean the defaults.
type Options struct {
	CacheBytes  int64 // blocks of the database kept in memory; default 64 MiB
	TablesBytes int64 // symbol tables kept in memory; default 256 MiB
	MaxStacks   int   // different stacks of one service in an hour; default 4 million
	MaxSeries   int   // series of one service in an hour; default 20,000
	Logger      *slog.Logger
	Now         func() time.Time
	FS          vfs.FS // where the folder is, for tests; default the file system of the machine
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
	if o.FS == nil {
		o.FS = vfs.Default
	}
}

func setDefault[T int | int64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

func pebbleOptions(opt Options, fs vfs.FS, lock *pebble.Lock) *pebble.Options {
	o := &pebble.Options{
		FS:                          fs,
		CacheSize:                   opt.CacheBytes,
		MemTableSize:                16 << 20,
		MemTableStopWritesThreshold: 4,
		MaxOpenFiles:                512,
		FormatMajorVersion:          pebble.FormatNewest,
		Lock:                        lock,
		Logger:                      pebbleLogger{opt.Logger},
		// Pebble would end the program. Whoever reads the damaged part gets the error; the rest can still be read.
		EventListener: &pebble.EventListener{DataCorruption: func(found pebble.DataCorruptionInfo) {
			opt.Logger.Error("a file of the store is damaged: restore the data folder from a backup, or start with an empty one",
				"component", "pebble", "damage", found.String())
		}},
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
