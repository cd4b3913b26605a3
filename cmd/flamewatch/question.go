package main

import (
	"errors"
	"flag"
	"fmt"
	"time"
)

// question is what a server is asked without FlameQL: a service, and what of it is held against what.
type question struct {
	service, profileType               string
	version, baselineVersion           string
	versionLabel                       string
	from, to, baselineFrom, baselineTo string
	offset                             time.Duration
	parsedFrom, parsedTo, bFrom, bTo   time.Time
}

func (q *question) flags(flags *flag.FlagSet) {
	flags.StringVar(&q.service, "service", "", "service to check, in place of --query")
	flags.StringVar(&q.profileType, "type", "cpu", "profile type of --service: cpu, wall, alloc_space, inuse_space, goroutine, mutex, block or a full id")
	flags.StringVar(&q.version, "version", "", "version of --service to check; without it the one that was deployed last, against the one before")
	flags.StringVar(&q.baselineVersion, "baseline-version", "", "version to hold it against")
	flags.StringVar(&q.versionLabel, "version-label", "version", "label that holds the version")
	flags.DurationVar(&q.offset, "offset", 0, "hold --service against itself so long before, in place of versions")
	flags.StringVar(&q.from, "from", "", "begin of what is checked, such as 2026-11-23T10:00:00Z; with --to in place of --range")
	flags.StringVar(&q.to, "to", "", "end of what is checked")
	flags.StringVar(&q.baselineFrom, "baseline-from", "", "begin of the baseline's range; with --baseline-to in place of --offset")
	flags.StringVar(&q.baselineTo, "baseline-to", "", "end of the baseline's range")
}

func (q *question) isAsked() bool { return q.service != "" }

func (q *question) fault(query string) error {
	isNarrowed := q.version+q.baselineVersion+q.baselineFrom+q.baselineTo != "" || q.offset != 0
	switch {
	case query != "" && q.service != "":
		return errors.New("name a --query or a --service, not both")
	case q.service == "" && isNarrowed:
		return errors.New("--version, --baseline-version, --offset, --baseline-from and --baseline-to need a --service")
	case q.baselineVersion != "" && q.version == "":
		return errors.New("--baseline-version needs a --version")
	case (q.from == "") != (q.to == "") || (q.baselineFrom == "") != (q.baselineTo == ""):
		return errors.New("a range needs both ends: --from and --to, --baseline-from and --baseline-to")
	case q.offset < 0:
		return errors.New("--offset is a duration such as 24h")
	}
	for _, end := range []struct {
		flag, text string
		into       *time.Time
	}{{"from", q.from, &q.parsedFrom}, {"to", q.to, &q.parsedTo}, {"baseline-from", q.baselineFrom, &q.bFrom}, {"baseline-to", q.baselineTo, &q.bTo}} {
		if end.text == "" {
			continue
		}
		var err error
		if *end.into, err = time.Parse(time.RFC3339, end.text); err != nil {
			return fmt.Errorf("--%s is %q, where a time such as 2026-11-23T10:00:00Z is expected", end.flag, end.text)
		}
	}
	if !q.parsedFrom.Before(q.parsedTo) && q.from != "" || !q.bFrom.Before(q.bTo) && q.baselineFrom != "" {
		return errors.New("a range ends after it begins")
	}
	return nil
}

// model adds what the question means to a query's model.
func (q *question) model(model map[string]any) {
	selector := fmt.Sprintf("{service_name=%q}", q.service)
	versioned := func(version string) string {
		return fmt.Sprintf("{service_name=%q, %q=%q}", q.service, q.versionLabel, version)
	}
	baseline := map[string]any{}
	switch {
	case q.version != "":
		selector = versioned(q.version)
		if q.baselineVersion != "" {
			baseline["labelSelector"] = versioned(q.baselineVersion)
		}
	case q.offset == 0 && q.baselineFrom == "":
		baseline["previousVersion"] = true
	}
	if q.offset > 0 {
		baseline["offset"] = q.offset.String()
	}
	if q.baselineFrom != "" {
		baseline["from"], baseline["to"] = q.bFrom.UnixMilli(), q.bTo.UnixMilli()
	}
	model["profileTypeId"], model["labelSelector"], model["baseline"] = q.profileType, selector, baseline
}

// span is the range that is checked: so long before now, unless both ends are named.
func (q *question) span(now time.Time, length time.Duration) (from, to time.Time) {
	if q.from != "" {
		return q.parsedFrom, q.parsedTo
	}
	return now.Add(-length), now
}
