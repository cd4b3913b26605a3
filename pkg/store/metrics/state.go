package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/flamewatch/profiles/pkg/store/db"
)

// state reads the numbers of the database when they are asked for.
type state struct {
	db     *db.DB
	budget func() int64
}

func desc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, nil, nil)
}

var (
	descDisk       = desc("disk_bytes", "Space that the profiles take on disk.")
	descFree       = desc("disk_free_bytes", "Space left on the file system of the data folder.")
	descPartitions = desc("partitions", "Hours of services that are stored.")
	descTenants    = desc("tenants", "Tenants that have profiles.")
	descOldest     = desc("oldest_hour_timestamp_seconds", "Start of the oldest stored hour.")
	descTables     = desc("symbol_tables_bytes", "Memory of the symbol tables that are loaded.")
	descLoaded     = desc("symbol_tables_loaded", "Partitions whose symbol tables are loaded.")
	descEvicted    = desc("symbol_tables_evicted_total", "Symbol tables given up to make room.")
	descCache      = desc("block_cache_bytes", "Memory of the block cache.")
	descDuplicates = desc("duplicate_profiles_total", "Profiles that were pushed again and not counted twice.")
	descRefusing   = desc("refusing_pushes", "1 while pushes are refused for want of space.")
	descBudget     = desc("push_memory_bytes", "Bytes of pushes in memory.")
)

func (s *state) Describe(ch chan<- *prometheus.Desc) { prometheus.DescribeByCollect(s, ch) }

func (s *state) Collect(ch chan<- prometheus.Metric) {
	v := s.db.Stats()
	gauge := func(d *prometheus.Desc, value float64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	counter := func(d *prometheus.Desc, value uint64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(value))
	}
	gauge(descDisk, float64(v.DiskBytes))
	gauge(descFree, float64(v.DiskFreeBytes))
	gauge(descPartitions, float64(v.Partitions))
	gauge(descTenants, float64(v.Tenants))
	if !v.Oldest.IsZero() {
		gauge(descOldest, float64(v.Oldest.UnixMilli())/float64(time.Second/time.Millisecond))
	}
	gauge(descTables, float64(v.TablesBytes))
	gauge(descLoaded, float64(v.TablesLoaded))
	gauge(descCache, float64(v.CacheBytes))
	gauge(descBudget, float64(s.budget()))
	refusing := 0.0
	if v.Refusing {
		refusing = 1
	}
	gauge(descRefusing, refusing)
	counter(descEvicted, v.TablesEvicted)
	counter(descDuplicates, v.Duplicates)
}
