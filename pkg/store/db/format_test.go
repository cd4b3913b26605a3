package db_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/symbols"
)

// Whoever changes the format writes the fixture of the new one too, and keeps the others: each folder that a release
// wrote must be read by all later ones, or refused with a sentence.
var writeFormat = flag.Bool("write-format", false, "writes the fixture of the present format to testdata/")

func formatFixture(version int) string {
	return filepath.Join("testdata", fmt.Sprintf("format-%d.zip", version))
}

// What every fixture holds, by tenant, labels, stack and span. Two hours, two services, two tenants, profile ids of spans; the
// first half in sorted files, the second in the log only, as a program that was killed leaves it.
var inFixture = map[string]int64{
	"anonymous orders v1 main;serve;encode 7": 10,
	"anonymous orders v1 main;serve 8":        20,
	"anonymous orders v1 main;serve;encode 0": 40,
	"anonymous orders v1 main;serve 0":        50,
	"anonymous orders v1 main;réserver 0":     3,
	"anonymous stock  main;lock 0":            7,
	"other orders v2 main;serve;encode 0":     60,
}

func fixtureProfile(service, version string, at time.Time, stacks ...string) db.Pushed {
	pushed := cpu(service, at, stacks...)
	all := []string{"__profile_type__", cpuType, "service_name", service}
	if version != "" {
		all = append(all, "version", version)
	}
	pushed.Groups = []db.Group{{Labels: []labels.Labels{labels.FromStrings(all...)}}}
	return pushed
}

// pushFixture does with a folder what the programs of every format can do.
func pushFixture(t *testing.T, dir string, copyTo func()) {
	hour := noon.Add(-time.Hour)
	d := open(t, dir, db.Options{})
	withSpans := fixtureProfile("orders", "v1", hour, "main;serve;encode 10", "main;serve 20")
	withSpans.Groups[0].Spans = []db.Span{{ID: 7}, {ID: 8, Trace: [16]byte{1}}}
	push(t, d, withSpans, fixtureProfile("stock", "", hour, "main;lock 7"))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir, db.Options{})
	push(t, d, fixtureProfile("orders", "v1", noon, "main;serve;encode 40", "main;serve 50", "main;réserver 3"))
	if err := d.Append(t.Context(), "other", []db.Pushed{fixtureProfile("orders", "v2", noon, "main;serve;encode 60")}); err != nil {
		t.Fatal(err)
	}
	copyTo()
}

// stacksIn are the sums of all stacks that a database holds, as inFixture names them.
func stacksIn(t *testing.T, d *db.DB, tenants ...string) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for _, tenant := range tenants {
		all := db.Selection{Tenant: tenant, End: noon.Add(24 * time.Hour).UnixMilli()}
		err := d.Each(t.Context(), all, func(b *db.Block) error {
			return b.Samples(t.Context(), func(view *symbols.View) func(db.Row, []byte) error {
				return func(row db.Row, samples []byte) error {
					of := b.Series[row.Series].Labels
					var damaged error
					err := db.Sections(samples, func(s *db.Section) bool {
						damaged = s.Samples(func(node uint32, value int64) {
							found[fmt.Sprintf("%s %s %s %s %d", tenant, of.Get("service_name"), of.Get("version"), stackText(view, node), s.Span.ID)] += value
						})
						return damaged == nil
					})
					return errors.Join(err, damaged)
				}
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func stackText(v *symbols.View, node uint32) string {
	var path []string
	for at := v.Name[node]; at != symbols.Root; at = v.NameParent[at] {
		path = append(path, v.Strings[v.NameText[at]])
	}
	slices.Reverse(path)
	return strings.Join(path, ";")
}

func TestEveryFormatIsRead(t *testing.T) {
	if *writeFormat {
		dir := t.TempDir()
		pushFixture(t, dir, func() {
			if err := os.WriteFile(formatFixture(db.FormatVersion), zipped(t, dir), 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
	for version := 1; version <= db.FormatVersion; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			raw, err := os.ReadFile(formatFixture(version))
			if err != nil {
				t.Fatalf("%v; go test ./pkg/store/db -run TestEveryFormatIsRead -write-format makes that of format %d", err, db.FormatVersion)
			}
			dir := t.TempDir()
			unzip(t, raw, dir)
			d := open(t, dir, db.Options{})
			if got := stacksIn(t, d, "anonymous", "other"); !maps.Equal(got, inFixture) {
				t.Errorf("got %v\nwant %v", got, inFixture)
			}
			// What was old goes on: the same stacks, the same hour, and both survive the next start.
			push(t, d, fixtureProfile("orders", "v1", noon.Add(time.Minute), "main;serve 5", "main;new 1"))
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			want := maps.Clone(inFixture)
			want["anonymous orders v1 main;serve 0"] += 5
			want["anonymous orders v1 main;new 0"] = 1
			if got := stacksIn(t, open(t, dir, db.Options{}), "anonymous", "other"); !maps.Equal(got, want) {
				t.Errorf("after a push got %v\nwant %v", got, want)
			}
		})
	}
}

// zipped packs a folder as it is at this moment, without the files that hold no profiles.
func zipped(t *testing.T, dir string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() || entry.Name() == "LOCK" || entry.Name() == "ballast" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		to, err := archive.Create(entry.Name())
		if err == nil {
			_, err = to.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unzip(t *testing.T, raw []byte, dir string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err == nil {
		err = os.CopyFS(dir, archive)
	}
	if err != nil {
		t.Fatal(err)
	}
}
