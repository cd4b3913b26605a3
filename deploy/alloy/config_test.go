package alloy

import (
	"cmp"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// fromEnvironment sets what the manifests set.
func fromEnvironment(t *testing.T) {
	t.Helper()
	t.Setenv("PYROSCOPE_URL", "http://pyroscope:4040")
	t.Setenv("PYROSCOPE_TENANT", "shop")
	t.Setenv("CLUSTER", "main")
	t.Setenv("NODE_NAME", "node-1")
}

func TestConfigurationsAreFormatted(t *testing.T) {
	for _, path := range []string{"pull.alloy", "ebpf.alloy"} {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if want := formatted(t, path); string(source) != want {
			t.Errorf("%s is not as `alloy fmt` has it:\n%s", path, want)
		}
	}
}

// TestCompositionsConfiguration evaluates what docker-compose.yaml gives to Alloy.
func TestCompositionsConfiguration(t *testing.T) {
	got := evaluate(t, "../../provisioning/alloy/config.alloy", nil)
	if len(got.scrapes) != 1 || len(got.scrapes[0].Targets) != 1 || len(got.writes) != 1 {
		t.Errorf("%+v", got)
	}
}

// pulled is what is asked for a kind of profile, with the labels that profiles get.
func pulled(t *testing.T, kind string, pods ...pod) (urls []string, labels []map[string]string) {
	t.Helper()
	fromEnvironment(t)
	got := evaluate(t, "pull.alloy", discovered(pods...))
	paths := map[string]string{
		"cpu": "/debug/pprof/profile", "memory": "/debug/pprof/allocs", "goroutine": "/debug/pprof/goroutine",
		"block": "/debug/pprof/block", "mutex": "/debug/pprof/mutex",
	}
	for _, scrape := range got.scrapes {
		if scrape.JobName != "pods/"+kind {
			continue
		}
		for _, target := range scrape.Targets {
			scheme, path := cmp.Or(target["__scheme__"], "http"), cmp.Or(target["__profile_path__"], paths[kind])
			urls = append(urls, scheme+"://"+target["__address__"]+path)
			shown := maps.Clone(target)
			maps.DeleteFunc(shown, func(label, _ string) bool { return strings.HasPrefix(label, "__") })
			labels = append(labels, shown)
		}
	}
	slices.Sort(urls)
	return urls, labels
}

// TestAnnotationsAreHonoured goes through the annotations row by row, for each kind of profile.
func TestAnnotationsAreHonoured(t *testing.T) {
	app := container{name: "app", ports: map[string]int{"http": 8080, "pprof": 6060}}
	sidecar := container{name: "proxy"}
	rows := []struct {
		name        string
		annotations map[string]string // without profiles.grafana.com/<kind>.
		want        []string          // %s is the usual path
	}{
		{"nothing asked", nil, nil},
		{"a port and no wish", map[string]string{"port": "6060"}, nil},
		{"the wish is false", map[string]string{"scrape": "false", "port": "6060"}, nil},
		{"port", map[string]string{"scrape": "true", "port": "6060"}, []string{"http://10.0.0.1:6060%s"}},
		{"another port", map[string]string{"scrape": "true", "port": "8080"}, []string{"http://10.0.0.1:8080%s"}},
		{"port name", map[string]string{"scrape": "true", "port_name": "pprof"}, []string{"http://10.0.0.1:6060%s"}},
		{"the number wins", map[string]string{"scrape": "true", "port": "8080", "port_name": "pprof"}, []string{"http://10.0.0.1:8080%s"}},
		{"path", map[string]string{"scrape": "true", "port": "6060", "path": "/my/profile"}, []string{"http://10.0.0.1:6060/my/profile"}},
		{"a path that is none", map[string]string{"scrape": "true", "port": "6060", "path": "profile"}, []string{"http://10.0.0.1:6060%s"}},
		{"scheme", map[string]string{"scrape": "true", "port": "6060", "scheme": "https"}, []string{"https://10.0.0.1:6060%s"}},
		{"a scheme that is none", map[string]string{"scrape": "true", "port": "6060", "scheme": "file"}, []string{"http://10.0.0.1:6060%s"}},
		{"no port named", map[string]string{"scrape": "true"}, nil},
		{"a port that is not declared", map[string]string{"scrape": "true", "port": "9999"}, nil},
	}
	usual := map[string]string{
		"cpu": "/debug/pprof/profile", "memory": "/debug/pprof/allocs", "goroutine": "/debug/pprof/goroutine",
		"block": "/debug/pprof/block", "mutex": "/debug/pprof/mutex",
	}
	for kind, path := range usual {
		for _, row := range rows {
			t.Run(kind+"/"+row.name, func(t *testing.T) {
				annotations := map[string]string{}
				for key, value := range row.annotations {
					annotations["profiles.grafana.com/"+kind+"."+key] = value
				}
				got, _ := pulled(t, kind, pod{name: "checkout-1", annotations: annotations, containers: []container{app, sidecar}})
				var want []string
				for _, url := range row.want {
					want = append(want, strings.ReplaceAll(url, "%s", path))
				}
				if !slices.Equal(got, want) {
					t.Errorf("%v are pulled, and not %v", got, want)
				}
				for other := range usual {
					if urls, _ := pulled(t, other, pod{name: "checkout-1", annotations: annotations, containers: []container{app, sidecar}}); other != kind && len(urls) > 0 {
						t.Errorf("annotations for %s make %s be pulled: %v", kind, other, urls)
					}
				}
			})
		}
	}
}

var asksForCPU = map[string]string{"profiles.grafana.com/cpu.scrape": "true", "profiles.grafana.com/cpu.port": "6060"}

func TestLabelsOfPulledProfiles(t *testing.T) {
	ports := map[string]int{"pprof": 6060}
	with := func(more map[string]string) map[string]string {
		all := maps.Clone(asksForCPU)
		maps.Copy(all, more)
		return all
	}
	rows := []struct {
		name             string
		pod              pod
		service, version string
	}{
		{"bare", pod{annotations: asksForCPU, containers: []container{{name: "app", ports: ports}}}, "app", ""},
		{"image tag", pod{annotations: asksForCPU, containers: []container{{name: "app", image: "registry:5000/shop/checkout:v1.4.2", ports: ports}}}, "app", "v1.4.2"},
		{"tag and digest", pod{annotations: asksForCPU, containers: []container{{name: "app", image: "shop/checkout:v1@sha256:abc", ports: ports}}}, "app", "v1"},
		{"no tag but a port", pod{annotations: asksForCPU, containers: []container{{name: "app", image: "registry:5000/shop/checkout", ports: ports}}}, "app", ""},
		{"usual labels", pod{labels: map[string]string{"app.kubernetes.io/name": "checkout", "app.kubernetes.io/version": "2.0"}, annotations: asksForCPU, containers: []container{{name: "app", image: "x:1", ports: ports}}}, "checkout", "2.0"},
		{"annotated", pod{labels: map[string]string{"app.kubernetes.io/name": "checkout"}, annotations: with(map[string]string{"profiles.grafana.com/service_name": "shop/checkout"}), containers: []container{{name: "app", ports: ports}}}, "shop/checkout", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.pod.name = "checkout-1"
			want := map[string]string{"namespace": "shop", "pod": "checkout-1", "container": "app", "node": "node-1", "service_name": row.service}
			if row.version != "" {
				want["version"] = row.version
			}
			if _, got := pulled(t, "cpu", row.pod); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
				t.Errorf("labels %v, want %v", got, want)
			}
		})
	}
}

func TestPodsThatDoNotRunAreLeftOut(t *testing.T) {
	ports := map[string]int{"pprof": 6060}
	for _, phase := range []string{"Pending", "Succeeded", "Failed"} {
		if urls, _ := pulled(t, "cpu", pod{name: "a", phase: phase, annotations: asksForCPU, containers: []container{{name: "app", ports: ports}}}); len(urls) > 0 {
			t.Errorf("a pod that is %s is pulled", phase)
		}
	}
	if urls, _ := pulled(t, "cpu", pod{name: "a", annotations: asksForCPU, containers: []container{{name: "init", init: true, ports: ports}}}); len(urls) > 0 {
		t.Error("an init container is pulled")
	}
}

// writesAsTold holds where profiles go, as whom and with which labels to what the manifests set.
func writesAsTold(t *testing.T, got evaluated) {
	t.Helper()
	if len(got.writes) != 1 || len(got.writes[0].Endpoints) != 1 {
		t.Fatalf("profiles go to %+v", got.writes)
	}
	write := got.writes[0]
	endpoint := write.Endpoints[0]
	if endpoint.URL != "http://pyroscope:4040" || endpoint.Headers["X-Scope-OrgID"] != "shop" || len(endpoint.Headers) != 1 {
		t.Errorf("profiles go to %s with the headers %v", endpoint.URL, endpoint.Headers)
	}
	if !maps.Equal(write.ExternalLabels, map[string]string{"cluster": "main"}) {
		t.Errorf("every profile gets the labels %v", write.ExternalLabels)
	}
	for _, receivers := range got.forwards() {
		if !slices.Equal(receivers, []string{"pyroscope"}) {
			t.Errorf("what is collected goes to %v", receivers)
		}
	}
}

// TestPullsOneKindEach wants every kind to be switched on where it belongs and off everywhere else: what a configuration
// does not name is on by default.
func TestPullsOneKindEach(t *testing.T) {
	fromEnvironment(t)
	got := evaluate(t, "pull.alloy", nil)
	if len(got.scrapes) != 5 {
		t.Fatalf("%+v", got)
	}
	writesAsTold(t, got)
	for _, scrape := range got.scrapes {
		config := scrape.ProfilingConfig
		kinds := map[string]*profile{
			"cpu": config.ProcessCPU, "memory": config.Memory, "goroutine": config.Goroutine, "block": config.Block, "mutex": config.Mutex,
		}
		for kind, profile := range kinds {
			if profile == nil || profile.Enabled != (scrape.JobName == "pods/"+kind) {
				t.Errorf("%s has %s as %+v", scrape.JobName, kind, profile)
			}
		}
		if !config.Block.Delta || !config.Mutex.Delta {
			t.Errorf("%s asks for block and mutex since the program's start", scrape.JobName)
		}
		if scrape.Clustering == nil || !scrape.Clustering.Enabled || !slices.Equal(scrape.ForwardTo, []string{"pyroscope"}) {
			t.Errorf("%s: every Alloy pulls every pod, or it goes nowhere: %+v", scrape.JobName, scrape)
		}
	}
}

func TestEBPF(t *testing.T) {
	fromEnvironment(t)
	app := []container{{name: "app", image: "shop/checkout:v1.4.2"}}
	got := evaluate(t, "ebpf.alloy", discovered(
		pod{name: "checkout-1", containers: app, labels: map[string]string{"app.kubernetes.io/name": "checkout"}},
		pod{name: "pulled-1", containers: app, annotations: asksForCPU},
		pod{name: "unwilling-1", containers: app, annotations: map[string]string{"profiles.grafana.com/ebpf.scrape": "false"}},
		pod{name: "starting-1", containers: []container{{name: "app", pending: true}}},
		pod{name: "done-1", phase: "Succeeded", containers: app},
	))
	if len(got.discoveries) != 1 || len(got.discoveries[0].Selectors) != 1 || got.discoveries[0].Selectors[0].Field != "spec.nodeName=node-1" {
		t.Errorf("it does not ask for the pods of its node only: %+v", got.discoveries)
	}
	writesAsTold(t, got)
	if len(got.ebpf) != 1 || len(got.ebpf[0].Targets) != 1 {
		t.Fatalf("%+v", got.ebpf)
	}
	target := got.ebpf[0].Targets[0]
	want := map[string]string{
		"service_name": "checkout", "namespace": "shop", "pod": "checkout-1", "container": "app", "node": "node-1", "version": "v1.4.2",
		"__meta_kubernetes_pod_container_id": "containerd://app",
	}
	for label, value := range want {
		if target[label] != value {
			t.Errorf("%s is %q, want %q", label, target[label], value)
		}
	}
}
