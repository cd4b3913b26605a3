// Command flamewatch does from a shell what the plugins do in Grafana. `flamewatch check` holds two sets of profiles
// against each other, for a pipeline that deploys; `flamewatch capture` takes profiles of a running program; `flamewatch
// convert` turns formats of profiles into one another.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
)

// Exit codes, as check's users script against them.
const (
	clean       = 0
	found       = 1
	couldNotSay = 2
)

const usage = `flamewatch: profiles from a shell

  flamewatch check    finds functions that cost more than in a baseline; for deployments
  flamewatch capture  takes a profile of a running program
  flamewatch convert  turns profiles of one format into another

flamewatch COMMAND -h tells the flags.
`

var commands = map[string]func(ctx context.Context, args []string, out, faults io.Writer) (int, error){
	"check": check, "capture": runCapture, "convert": convert,
}

// newFlags are the flags of a command. -h writes what the command is for, then the flags.
func newFlags(command, what string, faults io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet("flamewatch "+command, flag.ContinueOnError)
	flags.SetOutput(faults)
	flags.Usage = func() {
		_, _ = io.WriteString(faults, what)
		flags.PrintDefaults()
	}
	return flags
}

func main() {
	// Faults are told as sentences; what the plugin SDK logs is for Grafana's log.
	log.DefaultLogger = log.NewNullLogger()
	backend.Logger = log.DefaultLogger
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, out, faults io.Writer) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		_, _ = io.WriteString(out, usage)
		return clean
	}
	command := commands[args[0]]
	if command == nil {
		_, _ = fmt.Fprintf(faults, "flamewatch: %q is no command; see flamewatch help\n", args[0])
		return couldNotSay
	}
	code, err := command(ctx, args[1:], out, faults)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(faults, "flamewatch "+args[0]+":", err)
		return couldNotSay
	}
	return code
}
