package db

import (
	"log/slog"
	"testing"

	"github.com/cockroachdb/pebble/v2"
)

// WriteFormat makes a folder look as if a program of another format wrote it.
func WriteFormat(t *testing.T, dir string, format byte) {
	t.Helper()
	p, err := pebble.Open(dir, &pebble.Options{FormatMajorVersion: pebble.FormatNewest, Logger: pebbleLogger{slog.New(slog.DiscardHandler)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Set(formatKey, []byte{format}, pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

// FormatVersion is the format that this program writes.
const FormatVersion = formatVersion
