// Command playground serves the built plugins in a page without a Grafana; see package hostpage. It is started by
// `npm start`, which builds what it needs and starts a store and demo programs beside it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/flamewatch/profiles/pkg/hostpage"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "playground:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("playground", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:3000", "loopback address to serve the page on")
	dist := flags.String("dist", "dist", "folder of the built app plugin")
	page := flags.String("page", "playground/dist", "folder of the built page")
	provisioning := flags.String("provisioning", "provisioning", "Grafana provisioning folder")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	host, _, err := net.SplitHostPort(*listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", *listen, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s is not a loopback address; the page has no login and is for this machine only", *listen)
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	server, err := hostpage.New(hostpage.Options{Dist: *dist, Page: *page, Provisioning: *provisioning, Logger: logger})
	if err != nil {
		return err
	}
	defer server.Close()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", *listen)
	if err != nil {
		return err
	}
	logger.Info("the page is served", "url", "http://"+listener.Addr().String())
	return server.Serve(ctx, listener)
}
