package capture

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

var kinds = []Kind{
	GoProgram, APIServer, Scheduler, ControllerManager, Kubelet, Etcd, CoreDNS, Prometheus, Grafana, Pyroscope,
}

// Limits of a list of targets, and of what a capture of one may take.
const (
	maxTargets         = 200
	maxInstances       = 1000
	maxSeconds         = 600
	defaultMostSeconds = 120
	maxAtOnce          = 16
	defaultPath        = "/debug/pprof"
)

// stored is a target as jsonData.captureTargets has it.
type stored struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Kind          Kind              `json:"kind"`
	URL           string            `json:"url"`
	Instances     []storedInstance  `json:"instances"`
	Path          string            `json:"path"`
	Labels        map[string]string `json:"labels"`
	MostSeconds   int               `json:"mostSeconds"`
	AtOnce        int               `json:"atOnce"`
	BasicAuthUser string            `json:"basicAuthUser"`
	TLSServerName string            `json:"tlsServerName"`
	TLSSkipVerify bool              `json:"tlsSkipVerify"`
}

type storedInstance struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

var (
	idForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	labelForm = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]{0,127}$`)
)

// ParseTargets reads the JSON list of targets, and their secrets from what Grafana decrypted. A target that cannot be used is
// left out, and leftOut names it and what is wrong with it: in an incident the others must be there. err says that the
// whole is no list.
func ParseTargets(list []byte, decrypted map[string]string) (targets []Target, leftOut []error, err error) {
	if len(list) == 0 || string(list) == "null" {
		return nil, nil, nil
	}
	var written []stored
	if err := json.Unmarshal(list, &written); err != nil {
		return nil, nil, fmt.Errorf("captureTargets is not a list of targets: %w", err)
	}
	if len(written) > maxTargets {
		return nil, nil, fmt.Errorf("captureTargets has %d targets, at most %d are possible", len(written), maxTargets)
	}
	known := map[string]bool{}
	for at, one := range written {
		target, err := one.target(decrypted)
		if err == nil && known[target.ID] {
			err = fmt.Errorf("the id %q is another target's already", target.ID)
		}
		if err != nil {
			leftOut = append(leftOut, fmt.Errorf("capture target %d (%s): %w", at+1, firstOf(target.Name, one.Name, "without a name"), err))
			continue
		}
		known[target.ID] = true
		targets = append(targets, target)
	}
	return targets, leftOut, nil
}

func (s stored) target(decrypted map[string]string) (Target, error) {
	t := Target{
		ID: s.ID, Name: firstOf(strings.TrimSpace(s.Name), s.ID), Kind: Kind(firstOf(string(s.Kind), string(GoProgram))),
		MostSeconds: s.MostSeconds, AtOnce: s.AtOnce, Labels: maps.Clone(s.Labels),
		path: firstOf(s.Path, defaultPath), basicAuthUser: s.BasicAuthUser,
		serverName: s.TLSServerName, skipsVerification: s.TLSSkipVerify,
	}
	switch {
	case !idForm.MatchString(t.ID):
		return t, fmt.Errorf("the id %q is not made of small letters, digits and dashes", t.ID)
	case !slices.Contains(kinds, t.Kind):
		return t, fmt.Errorf("the kind %q is not one of %v", t.Kind, kinds)
	case t.MostSeconds < 0 || t.MostSeconds > maxSeconds:
		return t, fmt.Errorf("mostSeconds is %d; from 1 to %d are possible", t.MostSeconds, maxSeconds)
	case t.AtOnce < 0 || t.AtOnce > maxAtOnce:
		return t, fmt.Errorf("atOnce is %d; from 1 to %d are possible", t.AtOnce, maxAtOnce)
	case !strings.HasPrefix(t.path, "/") || path.Clean(t.path) != strings.TrimRight(t.path, "/") || strings.ContainsAny(t.path, `?#%\`):
		return t, fmt.Errorf("the path %q is not a plain path such as %s", t.path, defaultPath)
	}
	t.MostSeconds = max(t.MostSeconds, 0)
	if t.MostSeconds == 0 {
		t.MostSeconds = defaultMostSeconds
	}
	t.AtOnce = max(t.AtOnce, 1)
	if err := t.readInstances(s); err != nil {
		return t, err
	}
	if err := t.readLabels(); err != nil {
		return t, err
	}
	t.secrets = secrets{}
	for field, into := range map[string]*string{
		"bearerToken": &t.secrets.bearerToken, "basicAuthPassword": &t.secrets.basicAuthPassword,
		"tlsCACert": &t.secrets.tlsCACert, "tlsClientCert": &t.secrets.tlsClientCert, "tlsClientKey": &t.secrets.tlsClientKey,
	} {
		*into = decrypted["capture."+t.ID+"."+field]
	}
	var err error
	t.client, err = t.httpClient()
	return t, err
}

func (t *Target) readInstances(s stored) error {
	written := s.Instances
	if s.URL != "" {
		written = append([]storedInstance{{URL: s.URL}}, written...)
	}
	if len(written) == 0 {
		return fmt.Errorf("it has no url")
	}
	if len(written) > maxInstances {
		return fmt.Errorf("it has %d instances, at most %d are possible", len(written), maxInstances)
	}
	for _, one := range written {
		base, err := readBase(one.URL)
		if err != nil {
			return err
		}
		name := firstOf(strings.TrimSpace(one.Name), base.Host)
		if slices.ContainsFunc(t.Instances, func(other Instance) bool { return other.Name == name }) {
			return fmt.Errorf("two instances are called %q", name)
		}
		t.Instances = append(t.Instances, Instance{Name: name, base: base})
	}
	return nil
}

// readBase reads an address to which paths are added: http or https, a host, nothing that could hide another.
func readBase(text string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil:
		// The cause quotes the url, which may hold a password.
		return nil, errors.New("the url cannot be read; it has to be like https://host:port")
	case base.User != nil:
		return nil, errors.New("the url has a user name or password in it; set basicAuthUser and its password instead")
	case (base.Scheme != "http" && base.Scheme != "https") || base.Hostname() == "":
		return nil, fmt.Errorf("the url %q is not like https://host:port", text)
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, fmt.Errorf("the url %q has a ? or # part; give the address and the path alone", text)
	}
	return base, nil
}

func (t *Target) readLabels() error {
	if t.Labels == nil {
		t.Labels = map[string]string{}
	}
	if t.Labels["service_name"] == "" {
		t.Labels["service_name"] = t.Name
	}
	for name := range t.Labels {
		if !isLabel(name) {
			return fmt.Errorf("%q is not the name of a label: letters, digits and _, not beginning with __ or a digit", name)
		}
	}
	return nil
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
