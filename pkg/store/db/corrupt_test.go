package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// filled is a folder with profiles on disk: tables, logs, a manifest, its marker and options.
func filled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	for i := range 200 {
		push(t, d, cpu(fmt.Sprint("service", i%7), noon, fmt.Sprintf("main;work%d %d", i, i+1)))
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

var numbers = regexp.MustCompile(`[0-9]+`)

// TestCorruptFiles damages each kind of file in each way. The store then says so, when it opens or when it reads, or it
// has lost nothing; it never ends the program, and never gives a wrong sum.
func TestCorruptFiles(t *testing.T) {
	whole := filled(t)
	files, err := os.ReadDir(whole)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, file := range files {
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		if file.Type().IsRegular() && file.Name() != "ballast" && file.Name() != "LOCK" && info.Size() > 0 {
			kinds[numbers.ReplaceAllString(file.Name(), "N")] = file.Name()
		}
	}
	if kinds["N.sst"] == "" || kinds["MANIFEST-N"] == "" {
		t.Fatalf("the folder holds %v", kinds)
	}
	noticed := 0
	for kind, name := range kinds {
		for way, damage := range map[string]func([]byte) []byte{
			"flipped in the middle": func(b []byte) []byte { b[len(b)/2] ^= 0x55; return b },
			"flipped at the start":  func(b []byte) []byte { b[0] ^= 0x55; return b },
			"cut in half":           func(b []byte) []byte { return b[:len(b)/2] },
			"emptied":               func([]byte) []byte { return nil },
		} {
			t.Run(kind+" "+way, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(dir, name)
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, damage(content), 0o600); err != nil {
					t.Fatal(err)
				}
				d, err := db.Open(dir, db.Options{})
				if err != nil {
					noticed++
					if !strings.Contains(err.Error(), "cannot open the data folder "+dir) {
						t.Errorf("it says: %v", err)
					}
					return
				}
				defer func() { _ = d.Close() }()
				// The sum is right, or an error.
				var sum int64
				all := db.Selection{Tenant: tenant, Start: 0, End: noon.Add(24 * time.Hour).UnixMilli()}
				err = d.Each(t.Context(), all, func(b *db.Block) error {
					return b.Totals(t.Context(), func(_ db.Row, value int64) { sum += value })
				})
				if err != nil {
					noticed++
					return
				}
				if want := int64(200 * 201 / 2); sum != want {
					t.Errorf("a sum of %d in silence, want %d", sum, want)
				}
			})
		}
	}
	if noticed == 0 {
		t.Error("no damage was noticed")
	}
}
