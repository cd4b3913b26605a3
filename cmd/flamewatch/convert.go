package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// convertOptions are the flags of convert.
type convertOptions struct {
	format, output, sampleType string
	files                      []string
}

const convertUsage = `flamewatch convert [flags] FILE...  turns profiles of one format into another; - is the standard input.

It reads pprof (gzip or not, legacy forms too), JFR, collapsed stacks, speedscope, perf script, .cpuprofile and
.heapprofile of V8, Chrome's trace events and OTLP profiles, told by what is in a file, and writes pprof, collapsed stacks
and speedscope. Files of the same sample types are merged. A file may have several kinds of events (JFR, perf, OTLP);
--sample-type chooses one of them.

`

func parseConvert(args []string, faults io.Writer) (convertOptions, error) {
	var o convertOptions
	flags := newFlags("convert", convertUsage, faults)
	flags.StringVar(&o.format, "to", "pprof", "pprof, collapsed or speedscope")
	flags.StringVar(&o.output, "o", "", "file to write; the standard output without it")
	flags.StringVar(&o.sampleType, "sample-type", "", "sample type to keep, such as cpu or alloc_space; collapsed stacks have one, the files' default without it")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.files = flags.Args()
	switch {
	case len(o.files) == 0:
		return o, errors.New("name at least one file")
	case profileWriters[o.format] == nil:
		return o, fmt.Errorf("--to %q is not known; choose pprof, collapsed or speedscope", o.format)
	}
	return o, nil
}

// convert reads the files, merges them and writes them in another format.
func convert(ctx context.Context, args []string, out, faults io.Writer) (int, error) {
	o, err := parseConvert(args, faults)
	if err != nil {
		return couldNotSay, err
	}
	var all []source
	for _, file := range o.files {
		raw, err := readAll(file)
		if err != nil {
			return couldNotSay, err
		}
		found, err := readProfiles(ctx, raw)
		if err != nil {
			return couldNotSay, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, found...)
	}
	profile, err := mergeSources(all, o.sampleType)
	if err != nil {
		return couldNotSay, err
	}
	var written bytes.Buffer
	if err := profileWriters[o.format](&written, profile, o); err != nil {
		return couldNotSay, err
	}
	if o.output != "" {
		return clean, os.WriteFile(o.output, written.Bytes(), 0o644)
	}
	_, err = out.Write(written.Bytes())
	return clean, err
}

// readAll reads a file, or the standard input, unpacked and no further than a file may be large.
func readAll(file string) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { _ = opened.Close() }()
		in = opened
	}
	raw, err := limited(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		packed, err := gzip.NewReader(bytes.NewReader(raw))
		if err == nil {
			raw, err = limited(packed)
		}
		if err != nil {
			return nil, fmt.Errorf("%s cannot be unpacked: %w", file, err)
		}
	}
	return raw, nil
}

func limited(in io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(in, largestConverted+1))
	if err == nil && len(raw) > largestConverted {
		return nil, fmt.Errorf("larger than %d MB, which is the most that is read", largestConverted>>20)
	}
	return raw, err
}

// largestConverted is the most that a file may hold, unpacked.
const largestConverted = 512 << 20

// typeList names the sample types of some profiles.
func typeList(all []source) string {
	var names []string
	seen := map[string]bool{}
	for _, one := range all {
		for _, t := range one.SampleType {
			if !seen[t.Type] {
				seen[t.Type] = true
				names = append(names, t.Type)
			}
		}
	}
	return strings.Join(names, ", ")
}
