package kubernetes

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

type labelled = map[string]string

// peer is a pod as a policy sees it.
type peer struct {
	namespace string
	labels    labelled
}

func selects(t *testing.T, selector *metav1.LabelSelector, of labelled) bool {
	t.Helper()
	parsed, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Matches(labels.Set(of))
}

// lets tells whether a policy, as it is defined (https://kubernetes.io/docs/concepts/services-networking/network-policies/),
// lets a connection in. A pod that it does not select is none of its concern and open.
func lets(t *testing.T, policy *networkingv1.NetworkPolicy, from peer, to peer, protocol corev1.Protocol, port int32) bool {
	t.Helper()
	if to.namespace != policy.Namespace || !selects(t, &policy.Spec.PodSelector, to.labels) {
		return true
	}
	for _, rule := range policy.Spec.Ingress {
		fromAllowed := len(rule.From) == 0
		for _, source := range rule.From {
			inNamespace := from.namespace == policy.Namespace
			if source.NamespaceSelector != nil {
				inNamespace = selects(t, source.NamespaceSelector, labelled{"kubernetes.io/metadata.name": from.namespace})
			}
			isPod := source.PodSelector == nil || selects(t, source.PodSelector, from.labels)
			fromAllowed = fromAllowed || inNamespace && isPod
		}
		portAllowed := len(rule.Ports) == 0
		for _, allowed := range rule.Ports {
			last := allowed.Port.IntVal
			if allowed.EndPort != nil {
				last = *allowed.EndPort
			}
			portAllowed = portAllowed || *allowed.Protocol == protocol && allowed.Port.IntVal <= port && port <= last
		}
		if fromAllowed && portAllowed {
			return true
		}
	}
	return false
}

func policy(t *testing.T, file string) *networkingv1.NetworkPolicy {
	t.Helper()
	objects := manifests(t)[file]
	if len(objects) != 1 {
		t.Fatalf("%s has %d objects", file, len(objects))
	}
	return objects[0].(*networkingv1.NetworkPolicy)
}

func TestOnlyTheCollectorReachesProfiles(t *testing.T) {
	p := policy(t, "networkpolicy-profiled-pods.yaml")
	p.Namespace = "shop" // where it is applied
	// The collector as it really is labelled, in the namespace it really runs in.
	collector := peer{"profiling", workloads(t)["alloy-pull"].Labels}
	stranger := peer{"shop", labelled{"app.kubernetes.io/name": "other"}}
	impostor := peer{"shop", collector.labels}
	app := peer{"shop", labelled{"app.kubernetes.io/name": "checkout", "profiles.grafana.com/pull": "true"}}
	annotated := peer{"shop", labelled{"app.kubernetes.io/name": "checkout"}}
	rows := []struct {
		what     string
		from, to peer
		protocol corev1.Protocol
		port     int32
		want     bool
	}{
		{"the collector pulls", collector, app, corev1.ProtocolTCP, 6060, true},
		{"a stranger pulls", stranger, app, corev1.ProtocolTCP, 6060, false},
		{"a pod with the collector's labels elsewhere pulls", impostor, app, corev1.ProtocolTCP, 6060, false},
		{"another of the collector's namespace pulls", peer{"profiling", labelled{"app.kubernetes.io/name": "alloy-ebpf"}}, app, corev1.ProtocolTCP, 6060, false},
		{"customers come in", stranger, app, corev1.ProtocolTCP, 8080, true},
		{"the port below", stranger, app, corev1.ProtocolTCP, 6059, true},
		{"the port above", stranger, app, corev1.ProtocolTCP, 6061, true},
		{"datagrams come in", stranger, app, corev1.ProtocolUDP, 53, true},
		{"a pod without the label is not closed", stranger, annotated, corev1.ProtocolTCP, 6060, true},
	}
	for _, row := range rows {
		if got := lets(t, p, row.from, row.to, row.protocol, row.port); got != row.want {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}

func TestWhoReachesPyroscope(t *testing.T) {
	p := policy(t, "networkpolicy-pyroscope.yaml")
	// As the chart labels its pods (templates/_helpers.tpl, selectorLabels).
	own := labelled{"app.kubernetes.io/name": "pyroscope", "app.kubernetes.io/instance": "pyroscope", "app.kubernetes.io/component": "distributor"}
	distributor := peer{"pyroscope", own}
	all := workloads(t)
	rows := []struct {
		what string
		from peer
		port int32
		want bool
	}{
		{"its own pods, on any port", distributor, 9095, true},
		{"the pulling Alloy", peer{"profiling", all["alloy-pull"].Labels}, 4040, true},
		{"the Alloy of a node", peer{"profiling", all["alloy-ebpf"].Labels}, 4040, true},
		{"Grafana", peer{"grafana", labelled{"app.kubernetes.io/name": "grafana"}}, 4040, true},
		{"Prometheus", peer{"monitoring", labelled{"app.kubernetes.io/name": "prometheus"}}, 4040, true},
		{"Grafana at the port of its members", peer{"grafana", labelled{"app.kubernetes.io/name": "grafana"}}, 9095, false},
		{"anybody else", peer{"shop", labelled{"app.kubernetes.io/name": "grafana"}}, 4040, false},
	}
	for _, row := range rows {
		if got := lets(t, p, row.from, distributor, corev1.ProtocolTCP, row.port); got != row.want {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}
