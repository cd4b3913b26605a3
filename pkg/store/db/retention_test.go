package db_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// pushHours pushes a profile into each of the last hours, the present one first;
// that of hour i has the value 1<<i.
func pushHours(t *testing.T, d *db.DB, hours int) {
	t.Helper()
	for i := range hours {
		push(t, d, cpu("orders", noon.Add(-time.Duration(i)*time.Hour), fmt.Sprint("main;hour", i, " ", 1<<i)))
	}
}

func TestRetentionByAge(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	pushHours(t, d, 6)
	// It is 12:30. Of the last 2 h, 10:00 to 11:00 is covered in part: it stays whole.
	dropped, err := d.Enforce(t.Context(), db.Retention{Age: 2 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if want := (db.Dropped{Windows: 3, Partitions: 3, Profiles: 3}); dropped != want {
		t.Errorf("dropped %+v, want %+v", dropped, want)
	}
	wantSum(t, d, 1<<0+1<<1+1<<2)
	if s := d.TenantStats(tenant); s.Profiles != 3 || s.Oldest != noon.Add(-2*time.Hour).UnixMilli() {
		t.Errorf("stats say %+v", s)
	}

	// What was dropped is gone for good, and its hour may be filled again.
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir, db.Options{})
	wantSum(t, d, 7)
	push(t, d, cpu("orders", noon.Add(-5*time.Hour), "main;late 100"))
	wantSum(t, d, 107)
}

func TestRetentionByAgeOutlivesAWrongClock(t *testing.T) {
	now := noon.Add(30 * time.Minute)
	d := open(t, t.TempDir(), db.Options{Now: func() time.Time { return now }})
	pushHours(t, d, 3)
	now = now.AddDate(10, 0, 0)
	dropped, err := d.Enforce(t.Context(), db.Retention{Age: 90 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	// Counted from 13:00, when the newest hour is over: 10:00 to 11:00 is too old, as it would be then.
	if want := (db.Dropped{Windows: 1, Partitions: 1, Profiles: 1}); dropped != want {
		t.Errorf("dropped %+v, want %+v", dropped, want)
	}
	wantSum(t, d, 1<<0+1<<1)
}

func TestRetentionDropsAllTenants(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{})
	for _, tenant := range []string{"a", "b"} {
		for _, at := range []time.Time{noon, noon.Add(-5 * time.Hour)} {
			if err := d.Append(t.Context(), tenant, []db.Pushed{cpu("orders", at, "main 1")}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := d.Enforce(t.Context(), db.Retention{Age: time.Hour}); err != nil {
		t.Fatal(err)
	}
	for _, tenant := range []string{"a", "b"} {
		if total, _ := sum(t, d, tenant); total != 1 {
			t.Errorf("tenant %s has %d left", tenant, total)
		}
	}
}

// bulky is a profile that does not compress: many different stacks and values.
func bulky(at time.Time) db.Pushed {
	r := rand.New(rand.NewPCG(uint64(at.UnixNano()), 1))
	stacks := make([]string, 3000)
	for i := range stacks {
		stacks[i] = fmt.Sprintf("main;%x;%x %d", r.Uint64(), r.Uint64(), r.Uint32())
	}
	return cpu("orders", at, stacks...)
}

func TestRetentionBySize(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{})
	const hours = 6
	for i := range hours {
		push(t, d, bulky(noon.Add(-time.Duration(i)*time.Hour)))
	}
	// Without a limit, nothing goes.
	if dropped, err := d.Enforce(t.Context(), db.Retention{}); err != nil || dropped.Windows != 0 {
		t.Fatalf("dropped %+v, %v", dropped, err)
	}
	one := d.TenantStats(tenant).Bytes / hours
	if one < 10_000 {
		t.Fatalf("an hour takes only %d bytes: nothing is tested", one)
	}
	var dropped []int
	for limit := uint64(2 << 20); d.TenantStats(tenant).Profiles > 1 && limit > 0; limit -= 64 << 10 {
		was := d.TenantStats(tenant)
		gone, err := d.Enforce(t.Context(), db.Retention{Size: limit})
		if err != nil {
			t.Fatal(err)
		}
		now := d.TenantStats(tenant)
		dropped = append(dropped, gone.Windows)
		if now.Newest != noon.UnixMilli() {
			t.Fatal("the newest hour went before older ones")
		}
		if gone.Windows > 0 && now.Oldest != was.Oldest+int64(gone.Windows)*time.Hour.Milliseconds() {
			t.Fatalf("of the hours from %d on, %d went, and the oldest is %d now", was.Oldest, gone.Windows, now.Oldest)
		}
	}
	if most := slices.Max(dropped); most > 2 {
		t.Errorf("a limit a little lower dropped %d hours at once: %v", most, dropped)
	}
}

func TestPresentHourIsRefusedNotDropped(t *testing.T) {
	d := open(t, t.TempDir(), db.Options{})
	push(t, d, bulky(noon))
	for _, test := range []struct {
		r    db.Retention
		want string
	}{
		{db.Retention{Size: 1}, "the profiles of this hour alone take"},
		{db.Retention{FreeDisk: math.MaxUint64}, "are to stay free"},
	} {
		if dropped, err := d.Enforce(t.Context(), test.r); err != nil || dropped.Windows != 0 {
			t.Fatalf("dropped %+v, %v", dropped, err)
		}
		err := d.Append(t.Context(), tenant, []db.Pushed{cpu("orders", noon, "main 1")})
		if !errors.Is(err, db.ErrDiskFull) || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "--retention-age") {
			t.Errorf("%+v: got %v", test.r, err)
		}
		if _, profiles := sum(t, d, tenant); profiles != 1 || !d.Stats().Refusing {
			t.Errorf("%d profiles are there, refusing: %v", profiles, d.Stats().Refusing)
		}
	}
	if _, err := d.Enforce(t.Context(), db.Retention{}); err != nil {
		t.Fatal(err)
	}
	push(t, d, cpu("orders", noon, "main 1"))
}

// TestRetentionBesidePushes drops hours to which pushes are being written: a push is there whole, with the names of its
// stacks, or not at all, also after the next start.
func TestRetentionBesidePushes(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir, db.Options{})
	push(t, d, cpu("orders", noon, "main;now 1")) // the newest, from which age is counted
	var pushing sync.WaitGroup
	stop := make(chan struct{})
	for client := range int64(8) {
		pushing.Go(func() {
			for n := client; ; n += 8 {
				select {
				case <-stop:
					return
				default:
				}
				// The stacks come again and again: their names are written once an hour.
				push := cpu("orders", noon.Add(-3*time.Hour+time.Duration(n)*time.Millisecond), fmt.Sprintf("main;work%d 1", n%50))
				if err := d.Append(t.Context(), tenant, []db.Pushed{push}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	dropped := uint64(0)
	for round := 0; round < 3000 || dropped == 0 && round < 20_000; round++ {
		gone, err := d.Enforce(t.Context(), db.Retention{Age: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		dropped += gone.Profiles
	}
	close(stop)
	pushing.Wait()
	push(t, d, cpu("orders", noon.Add(-3*time.Hour+time.Hour/2), "main;last 1"))
	if dropped == 0 {
		t.Fatal("nothing was dropped, so that nothing was tested")
	}
	for range 2 {
		for stack, value := range stacksIn(t, d, tenant) {
			if value == 0 || !strings.Contains(stack, "main;") {
				t.Errorf("%q is %d", stack, value)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		d = open(t, dir, db.Options{})
	}
}
