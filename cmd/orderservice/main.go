// Command orderservice is the playground's demo: a small HTTP service under its own load, profiled by the Pyroscope SDK.
// Version v1.4.3 keeps the payment provider's whole answer with every order and writes it each time the order is
// written, which v1.4.2 does not: a regression to find.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/flamewatch/profiles/cmd/orderservice/auth"
	"github.com/flamewatch/profiles/cmd/orderservice/httpapi"
	"github.com/flamewatch/profiles/cmd/orderservice/inventory"
	"github.com/flamewatch/profiles/cmd/orderservice/loadgen"
	"github.com/flamewatch/profiles/cmd/orderservice/orders"
	"github.com/flamewatch/profiles/cmd/orderservice/payments"
	"github.com/flamewatch/profiles/cmd/orderservice/pricing"
	"github.com/flamewatch/profiles/cmd/orderservice/tracing"
)

// commits are the versions that there are, and the commit of each.
var commits = map[string]string{
	"v1.4.2": "3f9c1b7e5a2d48c06b1f7e9a4d3c2b1a0f8e7d6c",
	"v1.4.3": "a81d6e2f90b4c7355e1d2f3a4b5c6d7e8f901a2b",
}

// withWholeResponse is the version that keeps the payment provider's whole answer.
const withWholeResponse = "v1.4.3"

const (
	keptOrders      = 1500
	recountInterval = 2 * time.Second
)

type settings struct {
	service, version, gitSHA, listen, profilesURL, tracesURL, tenant, namespace, pod string

	rate, traceRatio float64
	upload           time.Duration
}

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "orderservice:", err)
		os.Exit(1)
	}
}

func parse(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("orderservice", flag.ContinueOnError)
	flags.StringVar(&s.service, "service", serviceName, "name under which profiles and spans are found")
	flags.StringVar(&s.version, "version", "v1.4.2", "version to run as: v1.4.2 or v1.4.3")
	flags.StringVar(&s.listen, "listen", "127.0.0.1:0", "address to answer on")
	flags.StringVar(&s.profilesURL, "profiles-url", "http://127.0.0.1:4040", "where to push profiles")
	flags.StringVar(&s.tracesURL, "traces-url", "", "where to send spans by OTLP over HTTP, e.g. http://localhost:4318; empty for nowhere")
	flags.Float64Var(&s.traceRatio, "trace-ratio", 0.2, "share of the requests that are traced, 0 to 1")
	flags.StringVar(&s.tenant, "tenant", "", "tenant of the profile store (X-Scope-OrgID)")
	flags.StringVar(&s.namespace, "namespace", "shop", "label namespace")
	flags.StringVar(&s.pod, "pod", "", "label pod; made of the version when empty")
	flags.Float64Var(&s.rate, "rate", 50, "requests a second that the service sends itself; 0 for none")
	flags.DurationVar(&s.upload, "upload", 10*time.Second, "how often profiles are pushed")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	commit, known := commits[s.version]
	if !known {
		return settings{}, fmt.Errorf("there is no version %q; v1.4.2 and v1.4.3 are there", s.version)
	}
	if s.rate < 0 || s.rate > 1000 {
		return settings{}, fmt.Errorf("--rate %g: 0 to 1000 requests a second are possible", s.rate)
	}
	if s.traceRatio < 0 || s.traceRatio > 1 {
		return settings{}, fmt.Errorf("--trace-ratio %g: 0 to 1 is possible", s.traceRatio)
	}
	s.gitSHA = commit
	if s.pod == "" {
		s.pod = podName(s.version)
	}
	return s, nil
}

// podName looks like one of Kubernetes and is the same at every start, so that the playground's series go on.
func podName(version string) string {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(version))
	sum := hash.Sum64()
	return fmt.Sprintf("%s-%08x-%05x", serviceName, uint32(sum), (sum>>32)&0xfffff)
}

func run(args []string) error {
	settings, err := parse(args)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("version", settings.version)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", settings.listen)
	if err != nil {
		return err
	}
	profiler, err := startProfiling(settings, logger)
	if err != nil {
		return err
	}
	defer func() { _ = profiler.Stop() }()

	stopTracing, err := tracing.Start(ctx, tracing.Options{URL: settings.tracesURL, Ratio: settings.traceRatio, Logger: logger,
		Resource: map[string]string{"service.name": settings.service, "service.namespace": settings.namespace,
			"service.version": settings.version, "service.instance.id": settings.pod}})
	if err != nil {
		return err
	}
	keys, err := auth.NewKeys(loadgen.Tenants)
	if err != nil {
		return err
	}
	stock := inventory.NewStock()
	go stock.Recount(ctx, recountInterval)
	charge := payments.NewClient("http://payments.example/charges", &http.Client{Transport: &payments.Provider{}},
		settings.version == withWholeResponse)
	service := orders.NewService(pricing.NewCatalog(), stock, charge, orders.NewRepository(keptOrders))
	server := &http.Server{Handler: httpapi.New(service, stock, keys, settings.version, logger), ReadHeaderTimeout: 5 * time.Second}

	load := loadgen.New("http://"+listener.Addr().String(), 1, logger)
	if settings.rate > 0 {
		if err := load.Fill(ctx, service, keptOrders); err != nil {
			return err
		}
	}
	answered := make(chan error, 1)
	go func() { answered <- server.Serve(listener) }()
	logger.Info("orders are taken", "url", "http://"+listener.Addr().String(), "pod", settings.pod)
	if settings.rate > 0 {
		go load.Run(ctx, settings.rate)
	}
	select {
	case err := <-answered:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return errors.Join(server.Shutdown(grace), stopTracing(grace))
}
