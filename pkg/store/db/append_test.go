package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/db"
)

func TestTenantsAreApart(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	same := cpu("orders", noon, "main 1") // the very same push, from two tenants
	for tenant, profiles := range map[string][]db.Pushed{
		"a": {same}, "b": {same, cpu("orders", noon.Add(time.Second), "main;b 10")},
	} {
		if err := d.Append(t.Context(), tenant, profiles); err != nil {
			t.Fatal(err)
		}
	}
	check := func(d *db.DB) {
		t.Helper()
		for tenant, want := range map[string]int64{"a": 1, "b": 11, "c": 0, "": 0, "A": 0} {
			if got, _ := sum(t, d, tenant); got != want {
				t.Errorf("tenant %q has %d, want %d", tenant, got, want)
			}
		}
		if s := d.TenantStats("a"); s.Profiles != 1 {
			t.Errorf("stats of a: %+v", s)
		}
		if s := d.TenantStats("c"); s != (db.TenantStats{}) {
			t.Errorf("stats of a tenant that has nothing: %+v", s)
		}
	}
	check(d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	check(open(t, dir, db.Options{}))
}

func TestRetriedPushCountsOnce(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	retried := []db.Pushed{cpu("orders", noon, "main 1"), cpu("payments", noon, "main;pay 10")}
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for range 3 {
				if err := d.Append(t.Context(), tenant, retried); err != nil {
					t.Error(err)
				}
			}
		})
	}
	clients.Wait()
	wantSum(t, d, 11)
	if n := d.Stats().Duplicates; n != 2*(8*3-1) {
		t.Errorf("%d profiles were counted as duplicates", n)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir, db.Options{})
	push(t, d, retried...)
	// A push that has one new profile stores that one.
	push(t, d, retried[0], cpu("orders", noon.Add(time.Second), "main 100"))
	wantSum(t, d, 111)
	if s := d.TenantStats(tenant); s.Profiles != 3 {
		t.Errorf("stats count %d profiles", s.Profiles)
	}
}

func TestPushIsStoredWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{MaxSeries: 2})
	pod := func(n int) db.Pushed {
		p := cpu("orders", noon.Add(time.Duration(n)*time.Second), fmt.Sprintf("main;pod%d %d", n, 1<<n))
		p.Groups[0].Labels[0] = labels.NewBuilder(p.Groups[0].Labels[0]).Set("pod", fmt.Sprint(n)).Labels()
		return p
	}
	push(t, d, pod(0))
	err := d.Append(t.Context(), tenant, []db.Pushed{cpu("payments", noon, "main 1024"), pod(1), pod(2)})
	var full *db.FullError
	if !errors.As(err, &full) || full.Service != "orders" || full.What != "series" || full.Limit != 2 {
		t.Fatalf("got %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Append(cancelled, tenant, []db.Pushed{pod(1)}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	check := func(want int64) {
		t.Helper()
		wantSum(t, d, want)
		if s := d.TenantStats(tenant); int64(s.Profiles) != want {
			t.Errorf("stats count %d profiles", s.Profiles)
		}
	}
	check(1)
	// What the refused push left behind in the tables of the partition does no harm.
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir, db.Options{MaxSeries: 3})
	check(1)
	push(t, d, pod(1))
	wantSum(t, d, 3)
}

func TestTooManyStacksAreRefused(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{MaxStacks: 100})
	var full *db.FullError
	for i := range 200 {
		err := d.Append(t.Context(), tenant, []db.Pushed{cpu("orders", noon.Add(time.Duration(i)*time.Second), fmt.Sprintf("main;f%d 1", i))})
		if err == nil {
			continue
		}
		if !errors.As(err, &full) || full.What != "stacks" || i < 90 {
			t.Fatalf("profile %d: %v", i, err)
		}
		if _, profiles := sum(t, d, tenant); profiles != i {
			t.Errorf("%d profiles are there of %d", profiles, i)
		}
		break
	}
	if full == nil {
		t.Error("200 stacks went through a limit of 100")
	}
	push(t, d, cpu("payments", noon, "main 1")) // another service has its own limit
}

// TestTablesAreGivenUp writes to more partitions than memory is allowed for.
func TestTablesAreGivenUp(t *testing.T) {
	const services, limit = 30, 100 << 10
	d := open(t, t.TempDir(), db.Options{TablesBytes: limit})
	want := int64(0)
	for round := range 3 {
		for s := range services {
			var stacks []string
			for i := range 50 {
				stacks = append(stacks, fmt.Sprintf("main;round%d;f%d %d", round, i, s+1))
				want += int64(s + 1)
			}
			push(t, d, cpu(fmt.Sprint("service-", s), noon.Add(time.Duration(round)*time.Second), stacks...))
			if used := d.Stats().TablesBytes; used > limit {
				t.Fatalf("the tables take %d bytes of %d", used, limit)
			}
		}
	}
	if s := d.Stats(); s.TablesEvicted < services || s.TablesLoaded == 0 || s.TablesLoaded == services {
		t.Errorf("nothing was given up: %+v", s)
	}
	wantSum(t, d, want)
}
