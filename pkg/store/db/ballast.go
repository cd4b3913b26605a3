package db

import (
	"errors"
	"sync"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// ballast is a file that takes up space for the moment when the disk is full:
// then it is removed, and what was begun can be written to its end. Without it
// the log of the database would break off and the process would have to end.
type ballast struct {
	fs   vfs.FS
	path string

	mu    sync.Mutex
	whole bool
}

// ballastBytes is more than the pushes of a moment write to the log.
const ballastBytes = 16 << 20

func newBallast(fs vfs.FS, dir string) *ballast {
	b := &ballast{fs: fs, path: fs.PathJoin(dir, "ballast")}
	if file, err := fs.Stat(b.path); err == nil {
		b.whole = file.Size() == ballastBytes
	}
	return b
}

// restore writes the file anew where it is missing.
func (b *ballast) restore() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.whole {
		return nil
	}
	file, err := b.fs.Create(b.path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	chunk := make([]byte, 1<<20)
	for written := 0; written < ballastBytes && err == nil; written += len(chunk) {
		_, err = file.Write(chunk)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, b.fs.Remove(b.path))
	}
	b.whole = true
	return nil
}

// release gives the space free.
func (b *ballast) release() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.whole = false
	return b.fs.Remove(b.path)
}
