package kubernetes

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
)

var manifestFiles = []string{"*.yaml", "../alloy/*.yaml"}

// manifests are all objects of deploy/ by file. A field that the API does not have is an error.
func manifests(t *testing.T) map[string][]runtime.Object {
	t.Helper()
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme, rbacv1.AddToScheme} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	all := map[string][]runtime.Object{}
	for _, pattern := range manifestFiles {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("nothing in %s: %v", pattern, err)
		}
		for _, path := range paths {
			if filepath.Base(path) == "kustomization.yaml" {
				continue
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			documents := yamlutil.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
			for {
				document, err := documents.Read()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				object, _, err := decoder.Decode(document, nil, nil)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				all[path] = append(all[path], object)
			}
		}
	}
	return all
}

func TestManifestsAreValid(t *testing.T) {
	dns := regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)
	seen := map[string]string{}
	for path, objects := range manifests(t) {
		for _, object := range objects {
			meta, err := runtimeMeta(object)
			if err != nil {
				t.Fatal(err)
			}
			kind := object.GetObjectKind().GroupVersionKind().Kind
			key := fmt.Sprintf("%s %s/%s", kind, meta.GetNamespace(), meta.GetName())
			if !dns.MatchString(meta.GetName()) {
				t.Errorf("%s: %q is no name", path, meta.GetName())
			}
			if other, ok := seen[key]; ok {
				t.Errorf("%s and %s both have %s", path, other, key)
			}
			seen[key] = path
		}
	}
	if len(seen) < 15 {
		t.Errorf("only %d objects", len(seen))
	}
}

func runtimeMeta(object runtime.Object) (metav1.Object, error) {
	accessor, ok := object.(metav1.ObjectMetaAccessor)
	if !ok {
		return nil, fmt.Errorf("%T has no name", object)
	}
	return accessor.GetObjectMeta(), nil
}

// workloads are the pod templates by name.
func workloads(t *testing.T) map[string]corev1.PodTemplateSpec {
	t.Helper()
	all := map[string]corev1.PodTemplateSpec{}
	for _, objects := range manifests(t) {
		for _, object := range objects {
			switch w := object.(type) {
			case *appsv1.DaemonSet:
				all[w.Name] = matching(t, w.Name, w.Spec.Selector, w.Spec.Template)
			case *appsv1.StatefulSet:
				all[w.Name] = matching(t, w.Name, w.Spec.Selector, w.Spec.Template)
			case *appsv1.Deployment:
				all[w.Name] = matching(t, w.Name, w.Spec.Selector, w.Spec.Template)
			}
		}
	}
	return all
}

func matching(t *testing.T, name string, selector *metav1.LabelSelector, template corev1.PodTemplateSpec) corev1.PodTemplateSpec {
	t.Helper()
	if !selects(t, selector, template.Labels) {
		t.Errorf("%s does not select its own pods", name)
	}
	return template
}

func TestWorkloadsArePinnedAndTight(t *testing.T) {
	pinned := regexp.MustCompile(`^[a-z0-9./-]+:v?\d+\.\d+\.\d+$`)
	all := workloads(t)
	for name, template := range all {
		for _, c := range template.Spec.Containers {
			if !pinned.MatchString(c.Image) {
				t.Errorf("%s: the image %q has no whole version", name, c.Image)
			}
			security := c.SecurityContext
			if security == nil || security.Capabilities == nil || !slices.Equal(security.Capabilities.Drop, []corev1.Capability{"ALL"}) ||
				security.ReadOnlyRootFilesystem == nil || !*security.ReadOnlyRootFilesystem || security.AllowPrivilegeEscalation == nil || *security.AllowPrivilegeEscalation {
				t.Errorf("%s: %s may more than it needs: %+v", name, c.Name, security)
			}
			if c.ReadinessProbe == nil || c.Resources.Requests.Cpu().IsZero() || c.Resources.Limits.Memory().IsZero() {
				t.Errorf("%s: %s has no probe, or no request and limit", name, c.Name)
			}
			for _, mount := range c.VolumeMounts {
				if !slices.ContainsFunc(template.Spec.Volumes, func(v corev1.Volume) bool { return v.Name == mount.Name }) {
					t.Errorf("%s mounts %s, which is no volume", name, mount.Name)
				}
			}
		}
	}
	if len(all) != 2 {
		t.Errorf("%d workloads", len(all))
	}
}

// TestEBPFMayWhatItNeeds holds the DaemonSet to what the reference of pyroscope.ebpf lists under "Required privileges"
// (Alloy v1.20): the node's process namespace, root, these capabilities and these two mounts.
func TestEBPFMayWhatItNeeds(t *testing.T) {
	template := workloads(t)["alloy-ebpf"]
	security := template.Spec.Containers[0].SecurityContext
	want := []corev1.Capability{"BPF", "PERFMON", "SYS_PTRACE", "CHECKPOINT_RESTORE", "SYS_RESOURCE", "DAC_READ_SEARCH", "SYSLOG"}
	if !template.Spec.HostPID || template.Spec.HostNetwork || *security.RunAsUser != 0 || *security.Privileged || !slices.Equal(security.Capabilities.Add, want) {
		t.Errorf("host PID %v, %+v", template.Spec.HostPID, security)
	}
	var mounted []string
	for _, volume := range template.Spec.Volumes {
		if volume.HostPath != nil {
			mounted = append(mounted, volume.HostPath.Path)
		}
	}
	if !slices.Equal(mounted, []string{"/sys/kernel/debug", "/sys/kernel/tracing"}) {
		t.Errorf("mounts of the node: %v", mounted)
	}
	for _, mount := range template.Spec.Containers[0].VolumeMounts {
		if strings.HasPrefix(mount.MountPath, "/sys") && !mount.ReadOnly {
			t.Errorf("%s can be written to", mount.MountPath)
		}
	}
}

// TestRightsAreSmall wants reading rights only, and nobody to be able to read secrets.
func TestRightsAreSmall(t *testing.T) {
	roles := map[string][]rbacv1.PolicyRule{}
	for path, objects := range manifests(t) {
		for _, object := range objects {
			if role, ok := object.(*rbacv1.ClusterRole); ok {
				roles[role.Name] = role.Rules
				for _, rule := range role.Rules {
					for _, verb := range rule.Verbs {
						if !slices.Contains([]string{"get", "list", "watch"}, verb) {
							t.Errorf("%s: %s may %s", path, role.Name, verb)
						}
					}
					if slices.Contains(rule.Resources, "secrets") || slices.Contains(rule.Resources, "*") {
						t.Errorf("%s: %s may read %v", path, role.Name, rule.Resources)
					}
				}
			}
		}
	}
	for path, objects := range manifests(t) {
		for _, object := range objects {
			if binding, ok := object.(*rbacv1.ClusterRoleBinding); ok && roles[binding.RoleRef.Name] == nil {
				t.Errorf("%s binds %s, which is not there", path, binding.RoleRef.Name)
			}
		}
	}
	captures := roles["flamewatch-captures"]
	if len(captures) != 1 || !slices.Equal(captures[0].NonResourceURLs, []string{"/debug/pprof", "/debug/pprof/*"}) || len(captures[0].Resources) != 0 {
		t.Errorf("captures may %+v", captures)
	}
	if kubelet := roles["flamewatch-captures-kubelet"]; len(kubelet) != 1 || !slices.Equal(kubelet[0].Resources, []string{"nodes/proxy"}) || !slices.Equal(kubelet[0].Verbs, []string{"get"}) {
		t.Errorf("captures of kubelets may %+v", kubelet)
	}
}
