package kubernetes

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"
)

// kustomization of deploy/alloy; other keys are an error.
type kustomization struct {
	APIVersion, Kind, Namespace string
	Resources                   []string
	ConfigMapGenerator          []struct {
		Name            string
		Files, Literals []string
	}
}

// generated are the config maps that deploy/alloy/kustomization.yaml makes: for each its keys, and the file or the text
// behind them.
func generated(t *testing.T) map[string]map[string]string {
	t.Helper()
	content, err := os.ReadFile("../alloy/kustomization.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var k kustomization
	if err := yaml.UnmarshalStrict(content, &k); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../alloy/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := filepath.Base(file); name != "kustomization.yaml" && !slices.Contains(k.Resources, name) {
			t.Errorf("`kubectl apply -k` leaves out %s", name)
		}
	}
	all := map[string]map[string]string{}
	for _, configMap := range k.ConfigMapGenerator {
		all[configMap.Name] = map[string]string{}
		for _, entry := range append(configMap.Files, configMap.Literals...) {
			key, value, _ := strings.Cut(entry, "=")
			all[configMap.Name][key] = value
		}
	}
	if k.Namespace != "profiling" {
		t.Errorf("everything is put into the namespace %q", k.Namespace)
	}
	return all
}

// TestAlloysAreWired follows what an Alloy needs to start: its configuration in the place that it is told, each variable
// that this asks for, and the port that others look for.
func TestAlloysAreWired(t *testing.T) {
	configMaps := generated(t)
	for name, template := range workloads(t) {
		c := template.Spec.Containers[0]
		var configuration string
		for _, volume := range template.Spec.Volumes {
			if volume.ConfigMap == nil {
				continue
			}
			configuration = configMaps[volume.ConfigMap.Name]["config.alloy"]
			mount := slices.IndexFunc(c.VolumeMounts, func(m corev1.VolumeMount) bool { return m.Name == volume.Name })
			if mount < 0 || !slices.Contains(c.Args, c.VolumeMounts[mount].MountPath+"/config.alloy") {
				t.Errorf("%s runs with %v, its configuration is elsewhere", name, c.Args)
			}
		}
		if configuration != strings.TrimPrefix(name, "alloy-")+".alloy" {
			t.Errorf("%s has the configuration %q", name, configuration)
			continue
		}
		source, err := os.ReadFile("../alloy/" + configuration)
		if err != nil {
			t.Fatal(err)
		}
		set := map[string]bool{}
		for _, variable := range c.Env {
			set[variable.Name] = true
			if variable.Name == "NODE_NAME" && (variable.ValueFrom == nil || variable.ValueFrom.FieldRef == nil || variable.ValueFrom.FieldRef.FieldPath != "spec.nodeName") {
				t.Errorf("%s does not know its node: %+v", name, variable)
			}
		}
		for _, from := range c.EnvFrom {
			if configMaps[from.ConfigMapRef.Name] == nil {
				t.Errorf("%s has its environment from %s, which nobody makes", name, from.ConfigMapRef.Name)
			}
			for variable := range configMaps[from.ConfigMapRef.Name] {
				set[variable] = true
			}
		}
		for _, asked := range regexp.MustCompile(`sys\.env\("(\w+)"\)`).FindAllSubmatch(source, -1) {
			if !set[string(asked[1])] {
				t.Errorf("%s asks for %s, which %s does not set", configuration, asked[1], name)
			}
		}
		if port := c.Ports[0]; port.Name != "http-metrics" || !slices.Contains(c.Args, "--server.http.listen-addr=0.0.0.0:"+strconv.Itoa(int(port.ContainerPort))) || c.ReadinessProbe.HTTPGet.Port.StrVal != port.Name {
			t.Errorf("%s listens with %v, others look for it at %+v", name, c.Args, port)
		}
	}
}

// TestPullingAlloysShareTheWork wants the two to find each other by a service that selects them: apart, each would pull
// every pod, and all profiles would be there twice.
func TestPullingAlloysShareTheWork(t *testing.T) {
	template := workloads(t)["alloy-pull"]
	args := template.Spec.Containers[0].Args
	join := slices.IndexFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "--cluster.join-addresses=") })
	if !slices.Contains(args, "--cluster.enabled=true") || join < 0 {
		t.Fatalf("they are no cluster: %v", args)
	}
	_, address, _ := strings.Cut(args[join], "=")
	for _, objects := range manifests(t) {
		for _, object := range objects {
			service, ok := object.(*corev1.Service)
			if !ok || service.Name != address {
				continue
			}
			for label, value := range service.Spec.Selector {
				if template.Labels[label] != value {
					t.Errorf("the service %s selects %s=%s, the pods have %v", address, label, value, template.Labels)
				}
			}
			port := service.Spec.Ports[0]
			if container := template.Spec.Containers[0].Ports[0]; port.TargetPort.StrVal != container.Name || port.Port != container.ContainerPort || service.Spec.ClusterIP != corev1.ClusterIPNone || !service.Spec.PublishNotReadyAddresses {
				t.Errorf("they do not find each other by %+v", service.Spec)
			}
			return
		}
	}
	t.Errorf("there is no service %s", address)
}

// TestAlloysMayDiscoverPods follows an Alloy's service account over its binding to the role: pods to list and watch, and
// nothing else.
func TestAlloysMayDiscoverPods(t *testing.T) {
	accounts, roles, bound := map[string]bool{}, map[string][]rbacv1.PolicyRule{}, map[string]string{}
	for _, objects := range manifests(t) {
		for _, object := range objects {
			switch o := object.(type) {
			case *corev1.ServiceAccount:
				accounts[o.Namespace+"/"+o.Name] = true
			case *rbacv1.ClusterRole:
				roles[o.Name] = o.Rules
			}
		}
	}
	for path, objects := range manifests(t) {
		for _, object := range objects {
			binding, ok := object.(*rbacv1.ClusterRoleBinding)
			if !ok {
				continue
			}
			for _, subject := range binding.Subjects {
				account := subject.Namespace + "/" + subject.Name
				if subject.Kind != rbacv1.ServiceAccountKind || !accounts[account] {
					t.Errorf("%s gives rights to %s, who is not there", path, account)
				}
				bound[account] = binding.RoleRef.Name
			}
		}
	}
	for name, template := range workloads(t) {
		rules := roles[bound["profiling/"+template.Spec.ServiceAccountName]]
		if len(rules) != 1 || !slices.Equal(rules[0].APIGroups, []string{""}) || !slices.Equal(rules[0].Resources, []string{"pods"}) || !slices.Equal(rules[0].Verbs, []string{"get", "list", "watch"}) {
			t.Errorf("%s, as %s, may %+v", name, template.Spec.ServiceAccountName, rules)
		}
	}
}

// TestNamespaceAllowsEBPF wants the namespace to allow what the DaemonSet asks for, and it to be let at other processes.
func TestNamespaceAllowsEBPF(t *testing.T) {
	for _, object := range manifests(t)["../alloy/namespace.yaml"] {
		if namespace := object.(*corev1.Namespace); namespace.Name != "profiling" || namespace.Labels["pod-security.kubernetes.io/enforce"] != "privileged" {
			t.Errorf("the namespace %s has %v; host PID and capabilities would be refused", namespace.Name, namespace.Labels)
		}
	}
	security := workloads(t)["alloy-ebpf"].Spec.Containers[0].SecurityContext
	if security.AppArmorProfile == nil || security.AppArmorProfile.Type != corev1.AppArmorProfileTypeUnconfined {
		t.Errorf("AppArmor keeps it from other processes: %+v", security.AppArmorProfile)
	}
	if security.SeccompProfile == nil || security.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		t.Errorf("its system calls are not confined: %+v", security.SeccompProfile)
	}
}
