// Package capture takes profiles on demand from the pprof endpoints of programs. What it may call is a list of targets
// that an administrator wrote; a user chooses a target by its id, an instance by its name and a profile from a fixed
// list, and nothing of that becomes part of an address as it was typed.
package capture

import (
	"net/http"
	"net/url"
	"slices"
)

// Kind is what program a target is: it decides how failures are explained. Any other program is a GoProgram.
type Kind string

// The kinds of programs whose peculiarities are known.
const (
	GoProgram         Kind = "go"
	APIServer         Kind = "kube-apiserver"
	Scheduler         Kind = "kube-scheduler"
	ControllerManager Kind = "kube-controller-manager"
	Kubelet           Kind = "kubelet"
	Etcd              Kind = "etcd"
	CoreDNS           Kind = "coredns"
	Prometheus        Kind = "prometheus"
	Grafana           Kind = "grafana"
	Pyroscope         Kind = "pyroscope"
)

// Target is a program that may be asked for profiles, in one or more instances that differ in their address only.
type Target struct {
	ID, Name  string
	Kind      Kind
	Instances []Instance
	// Labels of the profiles that are kept of this target; service_name is always among them.
	Labels map[string]string
	// MostSeconds is how long a capture may take, AtOnce how many of a target's instance run at the same time.
	MostSeconds, AtOnce int

	path              string // of the endpoints, after an instance's address
	basicAuthUser     string
	serverName        string
	skipsVerification bool
	secrets           secrets
	client            *http.Client
}

// Instance is one running copy of a target, a node's kubelet say.
type Instance struct {
	Name string
	base *url.URL
}

// secrets of a target. Keys of secureJsonData: capture.<id>.<field>.
type secrets struct {
	bearerToken, basicAuthPassword         string
	tlsCACert, tlsClientCert, tlsClientKey string
}

// instance finds an instance by its name; without a name it is the first.
func (t *Target) instance(name string) (Instance, bool) {
	if name == "" {
		return t.Instances[0], true
	}
	at := slices.IndexFunc(t.Instances, func(one Instance) bool { return one.Name == name })
	if at < 0 {
		return Instance{}, false
	}
	return t.Instances[at], true
}
