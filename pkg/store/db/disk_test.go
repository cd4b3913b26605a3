package db_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// fullDisk is a disk that is full while full is set, until the ballast is
// removed: then there is space for what was begun.
type fullDisk struct {
	full    atomic.Bool
	removed atomic.Bool
}

func (f *fullDisk) String() string { return "full disk" }

func (f *fullDisk) MaybeError(op errorfs.Op) error {
	ballast := filepath.Base(op.Path) == "ballast"
	switch {
	case !f.full.Load():
		return nil
	case ballast && op.Kind == errorfs.OpRemove:
		f.removed.Store(true)
	case op.Kind == errorfs.OpFileWrite && (ballast || !f.removed.Load()):
		return &fs.PathError{Op: "write", Path: op.Path, Err: syscall.ENOSPC}
	}
	return nil
}

// TestDiskFull fills the disk at a moment that nobody foresaw. The push under
// way ends well, those after it are refused, and nothing is stored in part.
func TestDiskFull(t *testing.T) {
	disk := &fullDisk{}
	dir := t.TempDir()
	d := open(t, dir, db.Options{FS: errorfs.Wrap(vfs.Default, disk)})
	if _, err := d.Enforce(t.Context(), db.Retention{}); err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(dir, "ballast")
	if file, err := os.Stat(ballast); err != nil || file.Size() != 16<<20 {
		t.Fatalf("no ballast: %v", err)
	}
	push(t, d, cpu("orders", noon, "main 1"))
	disk.full.Store(true)
	push(t, d, cpu("orders", noon, "main;begun 10"))
	if _, err := os.Stat(ballast); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the ballast is still there: %v", err)
	}
	refused := cpu("orders", noon, "main;refused 100")
	for _, want := range []string{"the disk is full", "no space left on device"} {
		err := d.Append(t.Context(), tenant, []db.Pushed{refused})
		if !errors.Is(err, db.ErrDiskFull) || !strings.Contains(err.Error(), want) {
			t.Fatalf("got %v", err)
		}
		wantSum(t, d, 11)
		// As long as there is no space for the ballast, nothing changes.
		if _, err := d.Enforce(t.Context(), db.Retention{}); err != nil {
			t.Fatal(err)
		}
	}
	disk.full.Store(false)
	if _, err := d.Enforce(t.Context(), db.Retention{}); err != nil {
		t.Fatal(err)
	}
	push(t, d, refused)
	wantSum(t, d, 111)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	wantSum(t, open(t, dir, db.Options{}), 111)
}

// readOnly refuses to make or to write files.
type readOnly struct{}

func (readOnly) String() string { return "read-only" }

func (readOnly) MaybeError(op errorfs.Op) error {
	if op.Kind.ReadOrWrite() == errorfs.OpIsWrite && op.Kind != errorfs.OpMkdirAll {
		return &fs.PathError{Op: "open", Path: op.Path, Err: syscall.EROFS}
	}
	return nil
}

func TestFolderThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("no folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(dir, "locked")
	open(t, locked, db.Options{})
	for _, test := range []struct {
		name, dir string
		options   db.Options
		want      []string
	}{
		{"read-only", dir, db.Options{FS: errorfs.Wrap(vfs.Default, readOnly{})}, []string{"cannot write to the data folder " + dir, "make it writable"}},
		{"in a file", filepath.Join(file, "data"), db.Options{}, []string{"cannot create the data folder", file}},
		{"locked", locked, db.Options{}, []string{"the data folder " + locked + " is in use", "stop that store first"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := db.Open(test.dir, test.options)
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want a sentence with %q", err, want)
				}
			}
			if err != nil && test.name == "read-only" && strings.Contains(err.Error(), "another process") {
				t.Errorf("a read-only folder is taken for a locked one: %v", err)
			}
		})
	}
}
