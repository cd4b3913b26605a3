package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/flamewatch/profiles/pkg/store"
	"github.com/flamewatch/profiles/pkg/store/pull"
)

// config is what the command line says.
type config struct {
	listen    string
	logFormat string
	logLevel  slog.Level
	store     store.Options
}

// parseFlags reads the command line. Its errors are one sentence each.
func parseFlags(args []string, output io.Writer) (config, error) {
	var c config
	o := &c.store
	f := flag.NewFlagSet("store", flag.ContinueOnError)
	f.SetOutput(output)
	f.StringVar(&c.listen, "listen", "127.0.0.1:4040", "address and port to listen on")
	f.StringVar(&o.Dir, "data", "data", "folder of the profiles")
	f.BoolVar(&o.Tenants, "tenants", false, "keep tenants apart by the header X-Scope-OrgID")
	f.Var((*age)(&o.RetentionAge), "retention-age", "drop hours older than this, such as 72h or 7d (default: keep all)")
	f.Var((*size)(&o.RetentionSize), "retention-size", "drop the oldest hours above this size on disk, such as 10GB (default: no limit)")
	f.Var((*age)(&o.Ingest.MaxAge), "max-profile-age", "how old a pushed profile may be (default 1h)")
	f.IntVar(&o.Ingest.ProfileBytes, "max-profile-bytes", 16<<20, "size of one profile, unpacked")
	f.Int64Var(&o.MaxBodyBytes, "max-body-bytes", 64<<20, "size of one request, unpacked")
	f.DurationVar(&o.QueryTimeout, "query-timeout", time.Minute, "how long a query may take")
	f.Var((*age)(&o.Query.Length), "max-query-length", "longest range of a query (default 24h)")
	f.Var((*age)(&o.Query.Lookback), "max-query-lookback", "how far back a query may begin (default 7d)")
	targets := f.String("pull", "", "YAML file of programs to pull profiles from")
	f.StringVar(&c.logFormat, "log-format", "text", "text or json")
	f.TextVar(&c.logLevel, "log-level", slog.LevelInfo, "debug, info, warn or error")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	switch {
	case f.NArg() > 0:
		return c, fmt.Errorf("unknown argument %q: all settings are flags, see -help", f.Arg(0))
	case c.logFormat != "text" && c.logFormat != "json":
		return c, fmt.Errorf("--log-format must be text or json, not %q", c.logFormat)
	case o.Ingest.ProfileBytes <= 0, o.MaxBodyBytes <= 0, o.MaxBodyBytes > math.MaxInt32, o.QueryTimeout <= 0:
		return c, fmt.Errorf("--max-profile-bytes, --max-body-bytes and --query-timeout must be above zero, and --max-body-bytes at most %d", math.MaxInt32)
	}
	if *targets != "" {
		var err error
		if o.Pull, err = pull.ReadConfig(*targets); err != nil {
			return c, err
		}
	}
	return c, nil
}

// age is a duration that may be given in days.
type age time.Duration

func (a *age) String() string {
	if a == nil || *a == 0 {
		return ""
	}
	return time.Duration(*a).String()
}

func (a *age) Set(text string) error {
	d, err := time.ParseDuration(text)
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		var n float64
		n, err = strconv.ParseFloat(days, 64)
		d = time.Duration(n * float64(24*time.Hour))
	}
	if err != nil || d <= 0 {
		return fmt.Errorf("must be a duration above zero such as 90m, 72h or 7d")
	}
	*a = age(d)
	return nil
}

// size is a number of bytes that may have a unit.
type size uint64

func (s *size) String() string {
	if s == nil || *s == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(*s), 10)
}

// units in the order in which they are tried: the longer names first.
var units = []struct {
	name  string
	bytes float64
}{
	{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"GIB", 1 << 30}, {"TIB", 1 << 40},
	{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1}, {"", 1},
}

func (s *size) Set(text string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(strings.ToUpper(strings.TrimSpace(text)), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(n > 0) || n*u.bytes >= math.MaxInt64 {
			break
		}
		*s = size(n * u.bytes)
		return nil
	}
	return fmt.Errorf("must be a size above zero such as 500MB, 10GB or 2GiB")
}
