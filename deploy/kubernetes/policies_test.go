package kubernetes

import (
	"net/netip"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

type labelled = map[string]string

// peer is a pod as a policy sees it, or something outside of the cluster's network with an address.
type peer struct {
	namespace string
	labels    labelled
	address   string
}

func pod(namespace string, labels labelled) peer { return peer{namespace: namespace, labels: labels} }

func selects(t *testing.T, selector *metav1.LabelSelector, of labelled) bool {
	t.Helper()
	parsed, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Matches(labels.Set(of))
}

// lets tells whether a policy, as it is defined (https://kubernetes.io/docs/concepts/services-networking/network-policies/),
// lets a connection in. A pod that it does not select, or a direction that is none of its types, is open.
func lets(t *testing.T, policy *networkingv1.NetworkPolicy, from peer, to peer, protocol corev1.Protocol, port int32) bool {
	t.Helper()
	if !slices.Contains(policy.Spec.PolicyTypes, networkingv1.PolicyTypeIngress) || to.namespace != policy.Namespace || !selects(t, &policy.Spec.PodSelector, to.labels) {
		return true
	}
	return slices.ContainsFunc(policy.Spec.Ingress, func(rule networkingv1.NetworkPolicyIngressRule) bool {
		return isOne(t, policy, rule.From, from) && hasPort(rule.Ports, protocol, port)
	})
}

// letsOut tells the same of a connection that a pod makes.
func letsOut(t *testing.T, policy *networkingv1.NetworkPolicy, from peer, to peer, protocol corev1.Protocol, port int32) bool {
	t.Helper()
	if !slices.Contains(policy.Spec.PolicyTypes, networkingv1.PolicyTypeEgress) || from.namespace != policy.Namespace || !selects(t, &policy.Spec.PodSelector, from.labels) {
		return true
	}
	return slices.ContainsFunc(policy.Spec.Egress, func(rule networkingv1.NetworkPolicyEgressRule) bool {
		return isOne(t, policy, rule.To, to) && hasPort(rule.Ports, protocol, port)
	})
}

// isOne tells whether a pod, or an address, is among the peers of a rule; a rule without peers is for everybody.
func isOne(t *testing.T, policy *networkingv1.NetworkPolicy, peers []networkingv1.NetworkPolicyPeer, of peer) bool {
	t.Helper()
	return len(peers) == 0 || slices.ContainsFunc(peers, func(p networkingv1.NetworkPolicyPeer) bool {
		if p.IPBlock != nil || of.address != "" {
			return p.IPBlock != nil && of.address != "" && netip.MustParsePrefix(p.IPBlock.CIDR).Contains(netip.MustParseAddr(of.address))
		}
		inNamespace := of.namespace == policy.Namespace
		if p.NamespaceSelector != nil {
			inNamespace = selects(t, p.NamespaceSelector, labelled{"kubernetes.io/metadata.name": of.namespace})
		}
		return inNamespace && (p.PodSelector == nil || selects(t, p.PodSelector, of.labels))
	})
}

func hasPort(ports []networkingv1.NetworkPolicyPort, protocol corev1.Protocol, port int32) bool {
	return len(ports) == 0 || slices.ContainsFunc(ports, func(allowed networkingv1.NetworkPolicyPort) bool {
		last := allowed.Port.IntVal
		if allowed.EndPort != nil {
			last = *allowed.EndPort
		}
		return *allowed.Protocol == protocol && allowed.Port.IntVal <= port && port <= last
	})
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
	collector := pod("profiling", workloads(t)["alloy-pull"].Labels)
	stranger := pod("shop", labelled{"app.kubernetes.io/name": "other"})
	impostor := pod("shop", collector.labels)
	app := pod("shop", labelled{"app.kubernetes.io/name": "checkout", "profiles.grafana.com/pull": "true"})
	annotated := pod("shop", labelled{"app.kubernetes.io/name": "checkout"})
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
		{"another of the collector's namespace pulls", pod("profiling", labelled{"app.kubernetes.io/name": "alloy-ebpf"}), app, corev1.ProtocolTCP, 6060, false},
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
	distributor := pod("pyroscope", own)
	all := workloads(t)
	rows := []struct {
		what string
		from peer
		port int32
		want bool
	}{
		{"its own pods, on any port", distributor, 9095, true},
		{"the pulling Alloy", pod("profiling", all["alloy-pull"].Labels), 4040, true},
		{"the Alloy of a node", pod("profiling", all["alloy-ebpf"].Labels), 4040, true},
		{"Grafana", pod("grafana", labelled{"app.kubernetes.io/name": "grafana"}), 4040, true},
		{"Prometheus", pod("monitoring", labelled{"app.kubernetes.io/name": "prometheus"}), 4040, true},
		{"Grafana at the port of its members", pod("grafana", labelled{"app.kubernetes.io/name": "grafana"}), 9095, false},
		{"anybody else", pod("shop", labelled{"app.kubernetes.io/name": "grafana"}), 4040, false},
	}
	for _, row := range rows {
		if got := lets(t, p, row.from, distributor, corev1.ProtocolTCP, row.port); got != row.want {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}

func TestWhereCapturesGo(t *testing.T) {
	p := policy(t, "networkpolicy-captures.yaml")
	grafana := pod("grafana", labelled{"app.kubernetes.io/name": "grafana"})
	node, elsewhere := peer{address: "10.0.3.7"}, peer{address: "192.0.2.1"}
	dns := pod("kube-system", labelled{"k8s-app": "kube-dns"})
	pulled := pod("shop", labelled{"profiles.grafana.com/pull": "true"})
	rows := []struct {
		what     string
		from, to peer
		port     int32
		want     bool
	}{
		{"kube-apiserver", grafana, node, 6443, true},
		{"kubelet", grafana, node, 10250, true},
		{"kube-controller-manager", grafana, node, 10257, true},
		{"kube-scheduler", grafana, node, 10259, true},
		{"etcd", grafana, node, 2379, true},
		{"another port of a node", grafana, node, 22, false},
		{"an address that is no node's", grafana, elsewhere, 6443, false},
		{"CoreDNS", grafana, dns, 6053, true},
		{"another port of CoreDNS", grafana, dns, 9153, false},
		{"another pod of its namespace", grafana, pod("kube-system", labelled{"k8s-app": "other"}), 6053, false},
		{"a program that serves profiles", grafana, pulled, 6060, true},
		{"its other ports", grafana, pulled, 8080, false},
		{"a program that does not", grafana, pod("shop", labelled{"app.kubernetes.io/name": "checkout"}), 6060, false},
		{"another pod beside Grafana is not closed", pod("grafana", labelled{"app.kubernetes.io/name": "other"}), elsewhere, 443, true},
	}
	for _, row := range rows {
		if got := letsOut(t, p, row.from, row.to, corev1.ProtocolTCP, row.port); got != row.want {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}
