// Command store runs the embedded profile store as a server that answers
// Pyroscope's API.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/api"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "store:", err)
		os.Exit(1)
	}
}

// shutdownTime is how long requests may take to end when the store is stopped.
const shutdownTime = 15 * time.Second

// run serves until the context ends. It logs the address that it listens on.
func run(ctx context.Context, args []string, logs io.Writer) (err error) {
	c, err := parseFlags(args, logs)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(logs, &slog.HandlerOptions{Level: c.logLevel}))
	if c.logFormat == "json" {
		logger = slog.New(slog.NewJSONHandler(logs, &slog.HandlerOptions{Level: c.logLevel}))
	}
	c.store.Logger, c.store.Build = logger, build()
	listener, err := net.Listen("tcp", c.listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w (another program may use the port: choose another with --listen)", c.listen, err)
	}
	s, err := store.Open(c.store)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, s.Close()) }()

	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      c.store.QueryTimeout + time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	logger.Info("listening", "address", listener.Addr().String(), "data", c.store.Dir)
	select {
	case err := <-served:
		return fmt.Errorf("the server stopped: %w", err)
	case <-ctx.Done():
	}
	logger.Info("stopping")
	// The context is over; what is being answered gets its own time.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(fmt.Errorf("requests took longer than %s to end: %w", shutdownTime, err), server.Close())
	}
	return nil
}

// build says which program this is, from what the Go tool wrote into it.
func build() api.Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return api.Build{}
	}
	b := api.Build{Version: info.Main.Version}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Date = s.Value
		}
	}
	return b
}
