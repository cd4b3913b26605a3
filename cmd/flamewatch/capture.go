package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/flamewatch/profiles/pkg/capture"
)

// captureOptions are the flags of capture. Unlike in Grafana, whoever runs it names the address and the files.
type captureOptions struct {
	target      captureTarget
	token       string // files
	password    string
	ca          string
	cert, key   string
	ask         capture.Ask
	output      string
	server      string
	tenant      string
	labels      labelFlags
	profileMode string
}

// captureTarget is the target as settings have it; see package capture.
type captureTarget struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Kind          string `json:"kind"`
	URL           string `json:"url"`
	Path          string `json:"path"`
	MostSeconds   int    `json:"mostSeconds"`
	BasicAuthUser string `json:"basicAuthUser"`
	TLSServerName string `json:"tlsServerName"`
	TLSSkipVerify bool   `json:"tlsSkipVerify"`
}

// labelFlags are the values of --label, each name=value.
type labelFlags map[string]string

func (l labelFlags) String() string { return "" }

func (l labelFlags) Set(text string) error {
	name, value, found := strings.Cut(text, "=")
	if !found {
		return errors.New("a label is written name=value")
	}
	l[name] = value
	return nil
}

// longestFromShell is the most that a target's settings may allow, which nobody needs to narrow here.
const longestFromShell = 600

func parseCapture(args []string, faults io.Writer) (captureOptions, error) {
	o := captureOptions{labels: labelFlags{}, target: captureTarget{ID: "target", MostSeconds: longestFromShell}}
	flags := newFlags("capture", "flamewatch capture takes a profile of a running program.\n\n", faults)
	flags.StringVar(&o.target.URL, "url", "", "address of the program, such as https://127.0.0.1:10259; needed")
	flags.StringVar(&o.target.Path, "path", "", "path of the endpoints (default /debug/pprof)")
	flags.StringVar(&o.target.Kind, "kind", "go", "what the program is, for what is said when it fails: go, kube-apiserver, kube-scheduler,\nkube-controller-manager, kubelet, etcd, coredns, prometheus, grafana or pyroscope")
	flags.StringVar(&o.ask.Profile, "profile", "cpu", "cpu, heap, allocs, goroutine, mutex, block, threadcreate, goroutine-counts, goroutine-dump or trace")
	flags.StringVar(&o.profileMode, "mode", "once", "once, delta (what is added in the seconds) or pair (before and after them, in two files)")
	flags.IntVar(&o.ask.Seconds, "seconds", 0, "how long to record, or between two takes; 10 where it is needed and left out")
	flags.StringVar(&o.token, "token-file", "", "file with a bearer token")
	flags.StringVar(&o.target.BasicAuthUser, "user", "", "user name; its password is in --password-file")
	flags.StringVar(&o.password, "password-file", "", "file with the password of --user")
	flags.StringVar(&o.ca, "ca", "", "PEM file of the authority that signed the server's certificate")
	flags.StringVar(&o.cert, "cert", "", "PEM file of a client certificate")
	flags.StringVar(&o.key, "key", "", "PEM file of its key")
	flags.StringVar(&o.target.TLSServerName, "server-name", "", "name in the server's certificate, where it is not that of the address")
	flags.BoolVar(&o.target.TLSSkipVerify, "insecure", false, "do not check the server's certificate")
	flags.StringVar(&o.output, "output", "", "file to write; - is the standard output (default: named after profile and time)")
	flags.StringVar(&o.server, "server", "", "keep the profile at this Pyroscope too; a bearer token for it is taken from FLAMEWATCH_TOKEN")
	flags.StringVar(&o.tenant, "tenant", "", "tenant of the --server")
	flags.Var(o.labels, "label", "name=value of what is kept, any number of times; service_name is needed")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.ask.Target, o.ask.Mode = o.target.ID, capture.Mode(o.profileMode)
	o.target.Name = o.target.URL
	if o.ask.Seconds == 0 && (o.ask.Mode != capture.Once || o.ask.Profile == "cpu" || o.ask.Profile == "trace") {
		o.ask.Seconds = 10
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("%q is not understood; the address is named by --url", flags.Arg(0))
	case o.target.URL == "":
		return o, errors.New("--url is needed")
	case o.server != "" && o.ask.Mode == capture.Pair:
		return o, errors.New("a pair is not kept; take --mode once or delta")
	case o.server != "" && o.labels["service_name"] == "":
		return o, errors.New("a profile is kept under a service: give --label service_name=…")
	case o.output == "-" && o.ask.Mode == capture.Pair:
		return o, errors.New("a pair is two files; name an --output")
	}
	return o, nil
}

// plan reads the files that the flags name.
func (o captureOptions) plan() (capture.Plan, error) {
	secrets := map[string]string{}
	for field, path := range map[string]string{
		"bearerToken": o.token, "basicAuthPassword": o.password, "tlsCACert": o.ca, "tlsClientCert": o.cert, "tlsClientKey": o.key,
	} {
		if path == "" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return capture.Plan{}, err
		}
		secrets["capture."+o.target.ID+"."+field] = strings.TrimSpace(string(content))
	}
	list, err := json.Marshal([]captureTarget{o.target})
	if err != nil {
		return capture.Plan{}, err
	}
	targets, leftOut, err := capture.ParseTargets(list, secrets)
	if err := errors.Join(append(leftOut, err)...); err != nil {
		return capture.Plan{}, err
	}
	return o.ask.Plan(targets)
}

// runCapture takes the profile, writes it, and keeps it where a server is named.
func runCapture(ctx context.Context, args []string, out, faults io.Writer) (int, error) {
	o, err := parseCapture(args, faults)
	if err != nil {
		return couldNotSay, err
	}
	plan, err := o.plan()
	if err != nil {
		return couldNotSay, err
	}
	defer plan.Target.Close()
	taken, err := new(capture.Slots).Take(ctx, plan, func(now capture.Progress) error {
		_, err := fmt.Fprintf(faults, "\r%s %.0f/%.0f s, %d bytes  ", now.Phase, now.Elapsed, now.Of, now.Bytes)
		return err
	})
	_, _ = fmt.Fprintln(faults)
	if err != nil {
		found := capture.AsProblem(err)
		if found.Remedy != "" {
			_, _ = fmt.Fprintf(faults, "%s\n", found.Remedy)
		}
		return couldNotSay, found
	}
	for index, one := range taken {
		if o.output == "-" {
			if _, err := out.Write(one.Bytes); err != nil {
				return couldNotSay, err
			}
			continue
		}
		name := o.fileOf(one, index, len(taken))
		if err := os.WriteFile(name, one.Bytes, 0o600); err != nil {
			return couldNotSay, err
		}
		_, _ = fmt.Fprintf(faults, "%s: %d bytes\n", name, len(one.Bytes))
	}
	if o.server == "" {
		return clean, nil
	}
	profiles, err := openServer(ctx, o.server, o.tenant)
	if err != nil {
		return couldNotSay, err
	}
	defer profiles.Dispose()
	id, err := profiles.KeepCapture(ctx, taken[0].Bytes, o.ask.Profile, o.labels)
	if err != nil {
		return couldNotSay, err
	}
	_, _ = fmt.Fprintf(faults, "kept as {capture=%q}\n", id)
	return clean, nil
}

// fileOf names a file: that of --output, or one after profile and time; two of a pair are told apart.
func (o captureOptions) fileOf(one capture.Taken, index, of int) string {
	part := ""
	if of > 1 {
		part = []string{"-before", "-after"}[index]
	}
	if o.output != "" {
		base, extension, _ := strings.Cut(o.output, ".")
		if part == "" || strings.ContainsAny(extension, `/\`) {
			return o.output + part
		}
		return strings.TrimSuffix(base+part+"."+extension, ".")
	}
	extension := map[string]string{"trace": "trace", "goroutine-counts": "txt", "goroutine-dump": "txt"}[o.ask.Profile]
	if extension == "" {
		extension = "pb.gz"
	}
	return fmt.Sprintf("%s-%s%s.%s", o.ask.Profile, one.At.UTC().Format("20060102T150405Z"), part, extension)
}
