package db

import "time"

// TenantStats says what a tenant has stored.
type TenantStats struct {
	Oldest, Newest  int64 // times of the oldest and the newest profile, ms
	Profiles, Bytes uint64
}

// TenantStats sums up the partitions of a tenant; zero when it has none.
func (d *DB) TenantStats(tenant string) TenantStats {
	var s TenantStats
	for _, p := range d.all(tenant) {
		p.mu.RLock()
		m := p.meta
		p.mu.RUnlock()
		if m.profiles == 0 {
			continue
		}
		if s.Profiles == 0 || m.minTime < s.Oldest {
			s.Oldest = m.minTime
		}
		if s.Profiles == 0 || m.maxTime > s.Newest {
			s.Newest = m.maxTime
		}
		s.Profiles += m.profiles
		s.Bytes += m.bytes
	}
	return s
}

func (d *DB) all(tenant string) []*partition {
	d.mu.RLock()
	defer d.mu.RUnlock()
	found := make([]*partition, 0, len(d.tenants[tenant]))
	for _, p := range d.tenants[tenant] {
		found = append(found, p)
	}
	return found
}

// Stats are numbers about the whole database.
type Stats struct {
	Tenants, Partitions       int
	Oldest                    time.Time // start of the oldest hour; zero when empty
	TablesBytes               int64     // memory of loaded tables
	TablesLoaded              int       // partitions with tables in memory
	TablesEvicted, Duplicates uint64
	DiskBytes, DiskFreeBytes  uint64
	CacheBytes                int64
	Refusing                  bool // pushes, for want of space
}

// Stats gives the numbers of this moment.
func (d *DB) Stats() Stats {
	s := Stats{Refusing: d.refusing.Load() != nil, Duplicates: d.duplicates.Load(), TablesEvicted: d.cache.evictions.Load()}
	if d.hold() != nil {
		return s
	}
	defer d.life.RUnlock()
	d.mu.RLock()
	s.Tenants = len(d.tenants)
	for _, byKey := range d.tenants {
		s.Partitions += len(byKey)
	}
	d.mu.RUnlock()
	if windows := d.windows(); len(windows) > 0 {
		s.Oldest = time.Unix(int64(windows[0]), 0)
	}
	s.TablesBytes, s.TablesLoaded = d.cache.state()
	m := d.pebble.Metrics()
	s.DiskBytes = m.DiskSpaceUsage()
	s.CacheBytes = m.BlockCache.Size
	s.DiskFreeBytes, _ = d.DiskFree()
	return s
}

// DiskFree is the space left on the file system of the data folder, in bytes.
func (d *DB) DiskFree() (uint64, error) {
	usage, err := d.opt.FS.GetDiskUsage(d.dir)
	return usage.AvailBytes, err
}
