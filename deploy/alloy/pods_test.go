package alloy

import (
	"fmt"
	"regexp"
)

// pod is what matters of a pod for discovery.
type pod struct {
	name, phase         string // phase is Running where empty
	labels, annotations map[string]string
	containers          []container
}

type container struct {
	name, image string
	init        bool
	pending     bool           // has no id yet
	ports       map[string]int // by name
}

var notInLabels = regexp.MustCompile(`[^a-zA-Z0-9_]`)

// discovered are the targets of pods as discovery.kubernetes gives them in the role pod: one for each declared port, one
// without a port for a container that declares none. Labels as in its reference.
func discovered(pods ...pod) targets {
	all := targets{}
	for _, p := range pods {
		phase := p.phase
		if phase == "" {
			phase = "Running"
		}
		for _, c := range p.containers {
			target := map[string]string{
				"__address__":                          "10.0.0.1",
				"__meta_kubernetes_namespace":          "shop",
				"__meta_kubernetes_pod_name":           p.name,
				"__meta_kubernetes_pod_phase":          phase,
				"__meta_kubernetes_pod_node_name":      "node-1",
				"__meta_kubernetes_pod_container_name": c.name,
			}
			if c.image != "" {
				target["__meta_kubernetes_pod_container_image"] = c.image
			}
			if !c.pending {
				target["__meta_kubernetes_pod_container_id"] = "containerd://" + c.name
			}
			if c.init {
				target["__meta_kubernetes_pod_container_init"] = "true"
			}
			for key, value := range p.labels {
				target["__meta_kubernetes_pod_label_"+notInLabels.ReplaceAllString(key, "_")] = value
			}
			for key, value := range p.annotations {
				target["__meta_kubernetes_pod_annotation_"+notInLabels.ReplaceAllString(key, "_")] = value
			}
			if len(c.ports) == 0 {
				all = append(all, target)
			}
			for portName, number := range c.ports {
				withPort := map[string]string{}
				for key, value := range target {
					withPort[key] = value
				}
				withPort["__address__"] = fmt.Sprintf("10.0.0.1:%d", number)
				withPort["__meta_kubernetes_pod_container_port_number"] = fmt.Sprint(number)
				withPort["__meta_kubernetes_pod_container_port_name"] = portName
				all = append(all, withPort)
			}
		}
	}
	return all
}
