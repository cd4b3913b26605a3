package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/flamewatch/profiles/pkg/regression"
)

// checkOptions are the flags of check.
type checkOptions struct {
	baseline, comparison, sampleType string // files
	server, query, tenant            string // or a server
	asked                            question
	length, wait, warmUp             time.Duration
	ratio, share                     float64
	format                           string
	note                             annotation
}

// verdict is the answer of check: one report a service, or one of the files.
type verdict struct {
	reports []serviceVerdict
	notices []string
}

type serviceVerdict struct {
	name string
	regression.Report
	fault error
}

// regressed are the findings that a deployment must not go on with: what grew and did not go away again.
func (s serviceVerdict) regressed() []regression.Finding {
	var grown []regression.Finding
	for _, finding := range s.Findings {
		if finding.Kind.Wakes() {
			grown = append(grown, finding)
		}
	}
	return grown
}

// code is found when anything regressed, couldNotSay when there was too little data for any part, else clean.
func (v verdict) code() int {
	code := clean
	if len(v.reports) == 0 {
		code = couldNotSay
	}
	for _, report := range v.reports {
		if len(report.regressed()) > 0 {
			return found
		}
		if report.fault != nil || report.Insufficient != nil {
			code = couldNotSay
		}
	}
	return code
}

const checkUsage = `flamewatch check finds functions that cost more than in a baseline.
Exit code 0: none; 1: found; 2: could not tell.

`

func parseCheck(args []string, faults io.Writer) (checkOptions, error) {
	var o checkOptions
	flags := newFlags("check", checkUsage, faults)
	flags.StringVar(&o.baseline, "baseline", "", "pprof files of the baseline, separated by commas; the more files, the better the noise is known")
	flags.StringVar(&o.comparison, "comparison", "", "pprof files of what is checked")
	flags.StringVar(&o.sampleType, "sample-type", "", "sample type of the files, such as cpu or alloc_space; the files' default without it")
	flags.StringVar(&o.server, "server", "", "address of a Pyroscope; a bearer token is taken from FLAMEWATCH_TOKEN")
	flags.StringVar(&o.query, "query", "", `FlameQL with a baseline: cpu{service_name="shop", version="v2"} vs {version="v1"}`)
	o.asked.flags(flags)
	flags.StringVar(&o.tenant, "tenant", "", "tenant of the server")
	flags.DurationVar(&o.length, "range", 30*time.Minute, "how far back from now the query looks")
	flags.DurationVar(&o.warmUp, "warm-up", 10*time.Minute, "first minutes of an instance to leave out: caches and compilers warm up")
	flags.DurationVar(&o.wait, "wait", 0, "how long to wait for enough samples at most")
	flags.Float64Var(&o.ratio, "ratio", regression.DefaultThresholds.Ratio, "least comparison over baseline of a function's share, above 1")
	flags.Float64Var(&o.share, "share", regression.DefaultThresholds.Share, "least change of a function's share of the profile, from 0 to 1")
	flags.StringVar(&o.format, "format", "text", "text, json, junit or markdown")
	o.note.flags(flags)
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	return o, o.fault(flags.Args())
}

func (o *checkOptions) fault(rest []string) error {
	ofFiles, ofServer := o.baseline != "" || o.comparison != "", o.server != "" || o.query != "" || o.asked.isAsked()
	if err := errors.Join(o.asked.fault(o.query), o.note.fault()); err != nil {
		return err
	}
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is not understood; files are named by --baseline and --comparison", rest[0])
	case ofFiles == ofServer:
		return errors.New("name either files by --baseline and --comparison, or a --server and a --query or --service")
	case ofFiles && (o.baseline == "" || o.comparison == ""):
		return errors.New("both --baseline and --comparison are needed")
	case ofServer && (o.server == "" || o.query == "" && !o.asked.isAsked()):
		return errors.New("both --server and a --query or --service are needed")
	case o.ratio <= 1 || o.share <= 0 || o.share >= 1:
		return errors.New("--ratio is above 1, and --share between 0 and 1")
	case o.length <= 0 || o.wait < 0 || o.warmUp < 0:
		return errors.New("--range, --wait and --warm-up are durations such as 30m")
	case writers[o.format] == nil:
		return fmt.Errorf("--format %q is not known; choose text, json, junit or markdown", o.format)
	}
	return nil
}

// pause between two looks while waiting for samples.
const pause = 15 * time.Second

// check runs until there is an answer, or not enough data within the time to wait.
func check(ctx context.Context, args []string, out, faults io.Writer) (int, error) {
	o, err := parseCheck(args, faults)
	if err != nil {
		return couldNotSay, err
	}
	ask := o.fromFiles
	if o.server != "" {
		ask = o.fromServer
	}
	deadline := time.Now().Add(o.wait)
	for {
		answer, err := ask(ctx)
		if err != nil {
			return couldNotSay, err
		}
		if answer.code() != couldNotSay || !time.Now().Add(pause).Before(deadline) {
			if err := o.note.write(ctx, answer); err != nil {
				_, _ = fmt.Fprintln(faults, "flamewatch check: the annotation was not written:", err)
			}
			return answer.code(), writers[o.format](out, answer)
		}
		select {
		case <-ctx.Done():
			return couldNotSay, errors.New("stopped while waiting for samples")
		case <-time.After(pause):
		}
	}
}

func (o checkOptions) thresholds() regression.Thresholds {
	return regression.Thresholds{Ratio: o.ratio, Share: o.share}
}

// filesOf are the files of a list: each entry a file, a folder whose files are meant, or a pattern such as after-*.pb.gz.
func filesOf(list string) ([]string, error) {
	var files []string
	for entry := range strings.SplitSeq(list, ",") {
		pattern := entry
		if info, err := os.Stat(entry); err == nil && info.IsDir() {
			pattern = filepath.Join(entry, "*")
		}
		if !strings.ContainsAny(pattern, "*?[") {
			files = append(files, entry)
			continue
		}
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fmt.Errorf("%q is no pattern of files: %w", entry, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no file matches %q", entry)
		}
		files = append(files, found...)
	}
	return files, nil
}
