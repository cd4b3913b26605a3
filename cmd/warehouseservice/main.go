// Command warehouseservice is the playground's second demo: a warehouse whose pickers wait for one lock and for one
// printer. It pushes nothing: net/http/pprof serves its profiles, and the store pulls them.
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
	"net/http/pprof"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/flamewatch/profiles/cmd/warehouseservice/ledger"
	"github.com/flamewatch/profiles/cmd/warehouseservice/picking"
	"github.com/flamewatch/profiles/cmd/warehouseservice/returns"
	"github.com/flamewatch/profiles/cmd/warehouseservice/shipping"
)

const (
	// Few events, so each contended lock is recorded, and each wait from 100 µs on.
	mutexFraction = 1
	blockRate     = int(100 * time.Microsecond)
	// A warehouse of a few megabytes: at one allocation in 512 KiB, Go's default, its heap would show next to nothing.
	memoryRate = 4 << 10

	pickers  = 6
	batch    = 12
	interval = 500 * time.Millisecond

	journalWrite = 4 * time.Millisecond
	labelPrint   = 12 * time.Millisecond

	// parcelsReturn is how often the leak keeps one more parcel.
	parcelsReturn = time.Second
)

func main() {
	runtime.MemProfileRate = memoryRate // before anything is allocated
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "warehouseservice:", err)
		os.Exit(1)
	}
}

// run works until the context ends. It logs the address of its profiles.
func run(ctx context.Context, args []string, logs io.Writer) error {
	flags := flag.NewFlagSet("warehouseservice", flag.ContinueOnError)
	flags.SetOutput(logs)
	listen := flags.String("listen", "127.0.0.1:6060", "address to serve /debug/pprof/ and /health on")
	leaks := flags.Bool("leak", false, "leak memory and goroutines from the start; POST /returns?on=true or on=false switches it later")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	shelf := returns.NewShelf(parcelsReturn)
	shelf.Switch(ctx, *leaks)
	runtime.SetMutexProfileFraction(mutexFraction)
	runtime.SetBlockProfileRate(blockRate)
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", *listen)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(logs, nil))
	server := &http.Server{Handler: routes(shelf.Handler(ctx)), ReadHeaderTimeout: 5 * time.Second}
	answered := make(chan error, 1)
	go func() { answered <- server.Serve(listener) }()
	logger.Info("the warehouse is open", "url", "http://"+listener.Addr().String())

	var warehouse sync.WaitGroup
	printer := shipping.NewPrinter(labelPrint)
	line := picking.NewLine(ledger.New(ledger.NewJournal(journalWrite)), printer)
	// A heap profile is that of the last collection of garbage; before the first one it is empty.
	runtime.GC()
	warehouse.Go(func() { printer.Run(ctx) })
	warehouse.Go(func() { line.Run(ctx, pickers) })
	warehouse.Go(func() { line.Deliver(ctx, interval, batch) })
	defer warehouse.Wait()
	select {
	case err := <-answered:
		stop()
		return err
	case <-ctx.Done():
		return server.Close() // a CPU profile under way is worth no waiting
	}
}

// routes names the profiles one by one, so that nothing else that registers itself is served.
func routes(leak http.HandlerFunc) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /returns", leak)
	mux.HandleFunc("GET /health", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}
