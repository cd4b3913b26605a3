// Command store runs the embedded profile store as a server.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/flamewatch/profiles/pkg/store"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "store:", err)
		os.Exit(1)
	}
}

func run() error {
	listen := flag.String("listen", "127.0.0.1:4040", "address to listen on")
	dir := flag.String("data", "data", "folder of the profiles")
	tenants := flag.Bool("tenants", false, "keep tenants apart by the header X-Scope-OrgID")
	maxAge := flag.Duration("max-profile-age", time.Hour, "how old a pushed profile may be")
	flag.Parse()

	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	o := store.Options{Dir: *dir, Tenants: *tenants, Logger: logger}
	o.Ingest.MaxAge = *maxAge
	s, err := store.Open(o)
	if err != nil {
		return err
	}
	defer s.Close()
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		shutdown, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		_ = server.Shutdown(shutdown)
	}()
	logger.Info("listening", "address", listener.Addr().String(), "data", *dir)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
