package capture

import (
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/flamewatch/profiles/pkg/network/networktest"
)

func TestClientCertificateAndToken(t *testing.T) {
	cluster, clients := newAuthority(t, "cluster"), newAuthority(t, "clients")
	handler := program()
	server := cluster.serveTLS(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token of the test" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(w, r)
	}), loopback(), clients)
	certificate, key := clients.issue(x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	secrets := map[string]string{
		"capture.shop.tlsCACert": cluster.pem(), "capture.shop.tlsClientCert": certificate, "capture.shop.tlsClientKey": key,
		"capture.shop.bearerToken": "token of the test",
	}
	without := func(names ...string) map[string]string {
		some := map[string]string{}
		for name, value := range secrets {
			some[name] = value
		}
		for _, name := range names {
			delete(some, "capture.shop."+name)
		}
		return some
	}
	kubelet := map[string]any{"kind": "kubelet"}

	_, err := take(t, targetAt(t, server.URL, kubelet, secrets), Ask{Profile: "heap"})
	require.NoError(t, err)
	_, err = take(t, targetAt(t, server.URL, map[string]any{"tlsSkipVerify": true}, without("tlsCACert")), Ask{Profile: "heap"})
	require.NoError(t, err)

	found := problemOf(t, targetAt(t, server.URL, kubelet, without("tlsCACert")))
	require.Contains(t, found.Sentence, "signed by an authority that the target does not name (TLS). A kubelet without serverTLSBootstrap")
	found = problemOf(t, targetAt(t, server.URL, kubelet, without("bearerToken")))
	require.Contains(t, found.Sentence, "does not accept the target's credentials (401). It takes a service account's bearer token")
	found = problemOf(t, targetAt(t, server.URL, kubelet, without("tlsClientCert", "tlsClientKey")))
	require.Contains(t, found.Sentence, "refused the TLS connection")
	stranger, strangersKey := newAuthority(t, "stranger").issue(x509.Certificate{})
	wrong := without()
	wrong["capture.shop.tlsClientCert"], wrong["capture.shop.tlsClientKey"] = stranger, strangersKey
	require.Contains(t, problemOf(t, targetAt(t, server.URL, kubelet, wrong)).Sentence, "Give the target a client certificate and key that it trusts")
}

func TestCertificatesOfTheServer(t *testing.T) {
	cluster := newAuthority(t, "cluster")
	ca := map[string]string{"capture.shop.tlsCACert": cluster.pem()}
	named := cluster.serveTLS(program(), x509.Certificate{DNSNames: []string{"etcd.local"}}, nil)
	require.Contains(t, problemOf(t, targetAt(t, named.URL, nil, ca)).Sentence, "is not for this name (TLS)")
	_, err := take(t, targetAt(t, named.URL, map[string]any{"tlsServerName": "etcd.local"}, ca), Ask{Profile: "heap"})
	require.NoError(t, err)

	old := loopback()
	old.NotAfter = time.Now().Add(-time.Minute)
	require.Contains(t, problemOf(t, targetAt(t, cluster.serveTLS(program(), old, nil).URL, nil, ca)).Sentence, "is not valid (TLS)")

	plain := serve(t, program().ServeHTTP)
	require.Contains(t, problemOf(t, targetAt(t, strings.Replace(plain.URL, "http:", "https:", 1), nil, ca)).Sentence, "does not speak TLS")
	require.Contains(t, problemOf(t, targetAt(t, strings.Replace(named.URL, "https:", "http:", 1), nil, ca)).Sentence, "speaks TLS. Use https://")
}

func TestBasicAuthentication(t *testing.T) {
	handler := program()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "grafana" || password != "secret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(w, r)
	})
	settings := map[string]any{"basicAuthUser": "grafana"}
	_, err := take(t, targetAt(t, server.URL, settings, map[string]string{"capture.shop.basicAuthPassword": "secret"}), Ask{Profile: "heap"})
	require.NoError(t, err)
	require.Contains(t, problemOf(t, targetAt(t, server.URL, settings, nil)).Sentence, "Set a bearer token, a user with password")
}

func TestWhereNobodyAnswers(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	for kind, says := range map[string]string{
		"kube-scheduler": "(connection refused). kubeadm and others bind it to loopback",
		"etcd":           "--listen-client-urls",
		"coredns":        "localhost:6053",
		"grafana":        "GF_DIAGNOSTICS_PROFILING_ADDR",
		"kubelet":        "10250 of each node",
		"go":             "that the program is running",
	} {
		require.Contains(t, problemOf(t, targetAt(t, closed.URL, map[string]any{"kind": kind}, nil)).Sentence, says)
	}
	require.Contains(t, problemOf(t, targetAt(t, "http://nobody.invalid", nil, nil)).Sentence, "The host nobody.invalid cannot be found (DNS)")

	hangsUp := networktest.Connections(t, func(net.Conn) {})
	require.Contains(t, problemOf(t, targetAt(t, "http://"+hangsUp, nil, nil)).Sentence, "broke off")
}

// The role in the explanation is the one that deploy/kubernetes has.
func TestRoleToCopy(t *testing.T) {
	for kind, file := range map[string]string{"kube-scheduler": "captures-rbac.yaml", "kubelet": "captures-kubelet-rbac.yaml"} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
		found := problemOf(t, targetAt(t, server.URL, map[string]any{"kind": kind}, nil))
		shipped, err := os.ReadFile("../../deploy/kubernetes/" + file)
		require.NoError(t, err)
		documents := 0
		for _, document := range strings.Split(found.Remedy, "---\n") {
			var role map[string]any
			require.NoError(t, yaml.Unmarshal([]byte(document), &role))
			for _, text := range strings.Split(string(shipped), "---\n") {
				var one map[string]any
				require.NoError(t, yaml.Unmarshal([]byte(text), &one))
				if one["kind"] == role["kind"] {
					require.Equal(t, one, role)
					documents++
				}
			}
		}
		require.Equal(t, 2, documents)
	}
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	require.Empty(t, problemOf(t, targetAt(t, server.URL, nil, nil)).Remedy)
}

func TestWhatComponentsAnswer(t *testing.T) {
	const forbidden = `{"kind":"Status","status":"Failure","message":"forbidden: User \"system:serviceaccount:monitoring:grafana\" cannot get path \"/debug/pprof/heap\"","code":403}`
	for _, one := range []struct {
		kind   string
		status int
		body   string
		says   []string
	}{
		{"kube-apiserver", 403, forbidden, []string{"forbids it (403: forbidden: User", "nonResourceURLs /debug/pprof/*"}},
		{"kubelet", 403, "Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=proxy)", []string{"resource=nodes", "nodes/proxy"}},
		{"go", 403, "", []string{"does not allow it"}},
		{"kube-apiserver", 404, "404 page not found", []string{"has no /debug/pprof/heap (404)", "--profiling=false"}},
		{"kube-controller-manager", 404, "", []string{"--profiling=false"}},
		{"etcd", 404, "", []string{"--enable-pprof"}},
		{"kubelet", 404, "", []string{"enableProfilingHandler"}},
		{"kubelet", 405, "profiling endpoint is disabled.", []string{"enableProfilingHandler"}},
		{"coredns", 404, "", []string{"plugin pprof"}},
		{"grafana", 404, "", []string{"GF_DIAGNOSTICS_PROFILING_ENABLED"}},
		{"prometheus", 404, "", []string{"path"}},
		{"go", 404, "", []string{"net/http/pprof"}},
		{"etcd", 401, "", []string{"--client-cert-auth"}},
		{"go", 500, "<html>", []string{"answered 500: a web page"}},
		{"go", 503, "overloaded\nat once", []string{"answered 503: overloaded"}},
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(one.status)
			_, _ = w.Write([]byte(one.body))
		})
		for _, part := range one.says {
			require.Contains(t, problemOf(t, targetAt(t, server.URL, map[string]any{"kind": one.kind}, nil)).Sentence, part)
		}
	}
}
