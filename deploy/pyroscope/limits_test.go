package pyroscope

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"k8s.io/apimachinery/pkg/api/resource"
)

func days(t *testing.T, limits map[string]any, name string) float64 {
	t.Helper()
	text, _ := limits[name].(string)
	duration, err := model.ParseDuration(text)
	if err != nil {
		t.Fatalf("%s is %q: %v", name, text, err)
	}
	return float64(duration) / 24 / 3.6e12
}

// constant finds a number in a source file of the plugin, which is another module.
func constant(t *testing.T, path, expression string) string {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(expression).FindSubmatch(source)
	if found == nil {
		t.Fatalf("%s has no %s any more", path, expression)
	}
	return string(found[1])
}

// TestLimitsThatQueriesNeed holds the limits to what Flamewatch asks for, and the age of samples to what is documented.
func TestLimitsThatQueriesNeed(t *testing.T) {
	const settings = "../../pkg/datasource/settings.go"
	usual, err := strconv.Atoi(constant(t, settings, `defaultMaxNodes += (\d+)`))
	if err != nil {
		t.Fatal(err)
	}
	shift, err := strconv.Atoi(constant(t, settings, `serverMaxNodes = 1 << (\d+)`))
	if err != nil {
		t.Fatal(err)
	}
	for file, kept := range map[string]float64{"values-base.yaml": 30, "values-single-binary.yaml": 3} {
		values := merged(t, file)
		limits := at(t, values, "pyroscope/structuredConfig/limits").(map[string]any)
		if limits["max_flamegraph_nodes_default"] != usual || limits["max_flamegraph_nodes_max"] != 1<<shift {
			t.Errorf("%s: Flamewatch asks for %d nodes usually and %d at most, allowed are %v", file, usual, 1<<shift, limits)
		}
		if got := days(t, limits, "retention_period"); got != kept {
			t.Errorf("%s: profiles are kept for %v days, and not %v", file, got, kept)
		}
		if got := days(t, limits, "max_query_lookback"); got != kept {
			t.Errorf("%s: of the %v days that are kept %v can be asked for", file, kept, got)
		}
		if got := days(t, limits, "max_query_length"); got < min(7, kept) {
			t.Errorf("%s: a query may cover %v days; weeks are compared", file, got)
		}
		if limits["reject_older_than"] != "1h" {
			t.Errorf("%s: samples may be %v old", file, limits["reject_older_than"])
		}
		if got := at(t, values, "pyroscope/structuredConfig/server/http_server_write_timeout"); got != "2m" {
			t.Errorf("%s: an answer may take %v", file, got)
		}
	}
	if newer := at(t, merged(t, "values-base.yaml"), "pyroscope/structuredConfig/limits/reject_newer_than"); newer != "10m" {
		t.Errorf("samples may be %v ahead", newer)
	}
}

// TestObjectStorage wants each file to choose its own storage, whole, and S3 to ask for the role of the account.
func TestObjectStorage(t *testing.T) {
	s3 := at(t, merged(t, "values-s3.yaml"), "pyroscope/structuredConfig/storage").(map[string]any)
	part := at(t, s3, "s3").(map[string]any)
	region, _ := part["region"].(string)
	if s3["backend"] != "s3" || part["bucket_name"] == nil || region == "" || part["endpoint"] != "s3."+region+".amazonaws.com" {
		t.Errorf("values-s3.yaml: %v", s3)
	}
	if part["native_aws_auth_enabled"] != true {
		t.Error("values-s3.yaml: Pyroscope asks for keys, and not for the role of its account")
	}
	gcs := at(t, merged(t, "values-gcs.yaml"), "pyroscope/structuredConfig/storage").(map[string]any)
	if gcs["backend"] != "gcs" || at(t, gcs, "gcs/bucket_name") == nil {
		t.Errorf("values-gcs.yaml: %v", gcs)
	}
}

// TestTenants wants tenants to be told apart, and a retention of their own in both of the places that are read.
func TestTenants(t *testing.T) {
	values := merged(t, "values-base.yaml", "values-v2-small.yaml", "values-tenants.yaml")
	if at(t, values, "pyroscope/structuredConfig/multitenancy_enabled") != true {
		t.Error("all tenants are one")
	}
	usual := at(t, values, "pyroscope/structuredConfig/limits").(map[string]any)
	tenants := at(t, values, "pyroscope/tenantOverrides").(map[string]any)
	if len(tenants) < 2 {
		t.Errorf("%v", tenants)
	}
	for name, value := range tenants {
		tenant := value.(map[string]any)
		if tenant["retention_period"] != tenant["compactor_blocks_retention_period"] {
			t.Errorf("%s keeps %v with v2 storage and %v with v1", name, tenant["retention_period"], tenant["compactor_blocks_retention_period"])
		}
		if rate, burst := tenant["ingestion_rate_mb"].(int), tenant["ingestion_burst_size_mb"].(int); burst < rate {
			t.Errorf("%s may send %d MB a second and %d at once", name, rate, burst)
		}
	}
	if rate := at(t, tenants, "shop/ingestion_rate_mb"); rate != 2*usual["ingestion_rate_mb"].(int) {
		t.Errorf("shop has %v MB/s, which are not twice the %v of the small size", rate, usual["ingestion_rate_mb"])
	}
}

func quantity(t *testing.T, value any) resource.Quantity {
	t.Helper()
	parsed, err := resource.ParseQuantity(strings.TrimSpace(toText(value)))
	if err != nil {
		t.Fatalf("%v: %v", value, err)
	}
	return parsed
}

func toText(value any) string {
	if number, ok := value.(int); ok {
		return strconv.Itoa(number)
	}
	text, _ := value.(string)
	return text
}

// TestRequestsAreAsDocumented adds up what the components of a size ask for, and wants each to be allowed what it asks for.
func TestRequestsAreAsDocumented(t *testing.T) {
	docs, err := os.ReadFile("../../docs/deployment.md")
	if err != nil {
		t.Fatal(err)
	}
	number := func(value, unit int64) string {
		return strconv.FormatFloat(float64(value)/float64(unit), 'f', -1, 64)
	}
	for _, size := range []string{"small", "medium", "large"} {
		row := `\| ` + size
		for _, storage := range []string{"v2", "v1"} {
			var cpu, memory, disk resource.Quantity
			components := at(t, merged(t, "values-"+storage+"-"+size+".yaml"), "architecture/microservices/"+storage).(map[string]any)
			for name, value := range components {
				component := value.(map[string]any)
				replicas, _ := component["replicaCount"].(int)
				if replicas < 1 {
					t.Errorf("%s %s: %s has no replicas", storage, size, name)
				}
				asked, allowed := quantity(t, at(t, component, "resources/requests/memory")), quantity(t, at(t, component, "resources/limits/memory"))
				if allowed.Cmp(asked) < 0 {
					t.Errorf("%s %s: %s asks for %v of memory and is allowed %v", storage, size, name, &asked, &allowed)
				}
				for range replicas {
					cpu.Add(quantity(t, at(t, component, "resources/requests/cpu")))
					memory.Add(asked)
					if persistence, ok := component["persistence"].(map[string]any); ok {
						disk.Add(quantity(t, persistence["size"]))
					}
				}
			}
			row += ` +\| ` + number(cpu.MilliValue(), 1000) + ` cores, ` + number(memory.Value(), 1<<30) + ` GiB memory, ` + number(disk.Value(), 1<<30) + ` GiB disk`
		}
		if !regexp.MustCompile(strings.ReplaceAll(row, ".", `\.`)).Match(docs) {
			t.Errorf("docs/deployment.md has no row %s", row)
		}
	}
}

// TestSingleBinaryHasRoom holds its disk to what the small load stores in the days that it keeps.
func TestSingleBinaryHasRoom(t *testing.T) {
	var s sizing
	readYAML(t, "sizing.yaml", &s)
	values := merged(t, "values-single-binary.yaml")
	kept := days(t, at(t, values, "pyroscope/structuredConfig/limits").(map[string]any), "retention_period")
	needed := s.of(s.Loads["small"]).StoredGB * 1e9 / s.Assumptions.Days * kept
	disk := quantity(t, at(t, values, "pyroscope/persistence/size"))
	if at(t, values, "pyroscope/persistence/enabled") != true || disk.AsApproximateFloat64() < 1.2*needed {
		t.Errorf("%v of disk for %.0f GB in %v days", &disk, needed/1e9, kept)
	}
	if backend := at(t, values, "pyroscope/structuredConfig/storage/backend"); backend != "filesystem" {
		t.Errorf("it stores in %v", backend)
	}
}
