package capture

import "fmt"

// What to do when a component of a cluster, or another known program, does not give its profiles. Sources: the
// components' command line references (https://kubernetes.io/docs/reference/command-line-tools-reference/),
// https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/ and https://etcd.io/docs/v3.5/op-guide/configuration/.

const profilingFlag = "Hardened clusters start it with --profiling=false; it has to be true while you need profiles."

// whyNoEndpoint explains a 404.
func (p Plan) whyNoEndpoint() string {
	switch p.Target.Kind {
	case APIServer, Scheduler, ControllerManager:
		return profilingFlag
	case Kubelet:
		return "enableDebuggingHandlers and enableProfilingHandler have to be true in the kubelet's configuration."
	case Etcd:
		return "etcd serves profiles when it is started with --enable-pprof, on its client port."
	case CoreDNS:
		return "CoreDNS serves profiles when its Corefile has the plugin pprof, on port 6053 of loopback by default."
	case Grafana:
		return "Grafana serves profiles with GF_DIAGNOSTICS_PROFILING_ENABLED=true, on a port of its own (6060 by default)."
	default:
		return "In a Go program the import of net/http/pprof adds the endpoints to the default mux; a mux of its own needs them registered. Check the target's path too."
	}
}

// whyNothingListens explains a refused connection.
func (p Plan) whyNothingListens() string {
	switch p.Target.Kind {
	case Scheduler, ControllerManager:
		return "kubeadm and others bind it to loopback of its node (--bind-address=127.0.0.1), where Grafana cannot reach it: bind it to the node's address, or capture from the node with “flamewatch capture”."
	case Etcd:
		return "etcd listens for clients on --listen-client-urls, often on loopback and the node's address only, port 2379."
	case CoreDNS:
		return "CoreDNS binds its pprof port to localhost:6053 unless the Corefile says another address."
	case Kubelet:
		return "The kubelet listens on port 10250 of each node."
	case Grafana:
		return "Grafana's profiling port is 6060 on localhost; GF_DIAGNOSTICS_PROFILING_ADDR sets another address."
	default:
		return "Check the target's url, that the program is running, and that no network policy keeps Grafana away from it."
	}
}

// whichRight explains a 403.
func (p Plan) whichRight() string {
	switch p.Target.Kind {
	case APIServer, Scheduler, ControllerManager:
		return "The token's service account needs a ClusterRole with nonResourceURLs /debug/pprof/* and the verb get."
	case Kubelet:
		return "The token's service account needs a ClusterRole with the verb get on the resource nodes/proxy."
	default:
		return "The program knows who asks, and does not allow it."
	}
}

// whichCredentials explains a 401.
func (p Plan) whichCredentials() string {
	switch p.Target.Kind {
	case APIServer, Scheduler, ControllerManager, Kubelet:
		return "It takes a service account's bearer token, which may have run out, or a client certificate of the cluster's CA."
	case Etcd:
		return "etcd takes a client certificate signed by its own CA (--client-cert-auth)."
	default:
		return "Set a bearer token, a user with password or a client certificate on the data source's configuration page."
	}
}

// whereCA explains an unknown authority.
func (p Plan) whereCA() string {
	switch p.Target.Kind {
	case APIServer:
		return "The cluster's CA is in every pod: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt."
	case Scheduler, ControllerManager:
		return "Without --tls-cert-file it makes a certificate of its own at every start, which no CA can vouch for."
	case Kubelet:
		return "A kubelet without serverTLSBootstrap signs its own certificate; with it, it is the cluster's CA."
	case Etcd:
		return "etcd's CA is its own, in kubeadm's clusters /etc/kubernetes/pki/etcd/ca.crt."
	default:
		return "Give the target the CA certificate."
	}
}

// role is the ClusterRole that a component of a cluster asks for; a binding to the token's service account goes with it.
func (p Plan) role() string {
	switch p.Target.Kind {
	case APIServer, Scheduler, ControllerManager:
		return clusterRole("flamewatch-captures", "nonResourceURLs: [/debug/pprof, /debug/pprof/*]")
	case Kubelet:
		return clusterRole("flamewatch-captures-kubelet", "apiGroups: ['']\n    resources: [nodes/proxy]")
	default:
		return ""
	}
}

func clusterRole(name, rule string) string {
	return fmt.Sprintf(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: %[1]s
rules:
  - %[2]s
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: %[1]s
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: %[1]s
subjects:
  - kind: ServiceAccount
    name: flamewatch-captures # the token's service account
    namespace: grafana
`, name, rule)
}
