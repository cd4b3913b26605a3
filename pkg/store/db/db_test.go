package db_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

const (
	tenant  = "anonymous"
	cpuType = "process_cpu:cpu:nanoseconds:cpu:nanoseconds"
)

// noon is the clock of these tests.
var noon = time.Date(2026, time.March, 3, 12, 30, 0, 0, time.UTC)

// open opens a database that is closed when the test ends.
func open(t *testing.T, dir string, o db.Options) *db.DB {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	d, err := db.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// cpu is a CPU profile of stacks such as `main;work 10`.
func cpu(service string, at time.Time, stacks ...string) db.Pushed {
	p := &profile.Profile{
		Code:        profile.Code{Strings: []string{"", "cpu", "nanoseconds"}},
		SampleTypes: []profile.ValueType{{Type: 1, Unit: 2}},
	}
	locations := map[string]uint32{}
	for _, stack := range stacks {
		frames, value, _ := strings.Cut(stack, " ")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			panic(err)
		}
		start := uint32(len(p.Stacks))
		names := strings.Split(frames, ";")
		for i := len(names) - 1; i >= 0; i-- {
			at, ok := locations[names[i]]
			if !ok {
				at = uint32(len(p.Locations))
				locations[names[i]] = at
				p.Functions = append(p.Functions, profile.Function{Name: uint32(len(p.Strings))})
				p.Strings = append(p.Strings, names[i])
				p.Lines = append(p.Lines, profile.Line{Function: at})
				p.Locations = append(p.Locations, profile.Location{Mapping: profile.NoMapping, LineStart: at, LineEnd: at + 1})
			}
			p.Stacks = append(p.Stacks, at)
		}
		p.Samples = append(p.Samples, profile.Sample{StackStart: start, StackEnd: uint32(len(p.Stacks))})
		p.Values = append(p.Values, n)
	}
	digest := sha256.Sum256(fmt.Append(nil, service, at, stacks))
	return db.Pushed{
		ID: db.ProfileID(digest[:16]), Service: service, TimeMs: at.UnixMilli(), Profile: p,
		Groups: []db.Group{{Labels: []labels.Labels{labels.FromStrings("__profile_type__", cpuType, "service_name", service)}}},
	}
}

func push(t *testing.T, d *db.DB, profiles ...db.Pushed) {
	t.Helper()
	if err := d.Append(t.Context(), tenant, profiles); err != nil {
		t.Fatal(err)
	}
}

// sum is the sum of everything that a tenant has, and in how many profiles.
func sum(t *testing.T, d *db.DB, tenant string) (total int64, profiles int) {
	t.Helper()
	all := db.Selection{Tenant: tenant, Start: 0, End: noon.Add(24 * time.Hour).UnixMilli()}
	err := d.Each(t.Context(), all, func(b *db.Block) error {
		return b.Totals(t.Context(), func(_ db.Row, value int64) {
			total += value
			profiles++
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return total, profiles
}

func wantSum(t *testing.T, d *db.DB, want int64) {
	t.Helper()
	if got, profiles := sum(t, d, tenant); got != want {
		t.Errorf("the sum of %d profiles is %d, want %d", profiles, got, want)
	}
}

func TestClosedDatabaseSaysSo(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	push := d.Append(t.Context(), tenant, []db.Pushed{cpu("orders", noon, "main 1")})
	read := d.Each(t.Context(), db.Selection{Tenant: tenant}, func(*db.Block) error { return nil })
	_, enforce := d.Enforce(t.Context(), db.Retention{})
	for _, err := range []error{push, read, enforce} {
		if err == nil || err.Error() != "the store is shutting down" {
			t.Errorf("got %v", err)
		}
	}
}

func TestReadingStopsWhenCancelled(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{})
	var profiles []db.Pushed
	for i := range 600 {
		profiles = append(profiles, cpu("orders", noon.Add(time.Duration(i)*time.Second), "main 1"))
	}
	push(t, d, profiles...)
	ctx, cancel := context.WithCancel(t.Context())
	seen := 0
	err := d.Each(ctx, db.Selection{Tenant: tenant, End: noon.Add(time.Hour).UnixMilli()}, func(b *db.Block) error {
		return b.Totals(ctx, func(db.Row, int64) {
			seen++
			cancel()
		})
	})
	if !errors.Is(err, context.Canceled) || seen == 0 || seen > 256 {
		t.Errorf("read %d of 600 rows, then %v", seen, err)
	}
}

func TestOtherFormatIsRefused(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	db.WriteFormat(t, dir, 9)
	_, err := db.Open(dir, db.Options{})
	if err == nil || !strings.Contains(err.Error(), "format [9]") || !strings.Contains(err.Error(), "use the program that wrote it") {
		t.Errorf("got %v", err)
	}
}

func TestProfileID(t *testing.T) {
	id := db.ProfileID(bytes.Repeat([]byte{0xa1}, 16))
	if text := id.String(); text != "a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1" {
		t.Error(text)
	}
}
