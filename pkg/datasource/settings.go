package datasource

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Defaults of the settings.
const (
	defaultMinStep       = 15 * time.Second
	defaultMaxNodes      = 8192
	defaultResponseLimit = 128 // MiB
	defaultIngestDelay   = 90 * time.Second
	defaultConcurrency   = 8
	defaultTimeout       = 30 // seconds
	// serverMaxNodes is the most a Pyroscope server accepts.
	serverMaxNodes = 1 << 20
)

// Settings are the keys of jsonData that this data source reads. Grafana's own
// keys for the connection (tlsAuth, tlsAuthWithCACert, tlsSkipVerify,
// serverName, oauthPassThru, keepCookies, httpHeaderName1…, enableSecureSocksProxy)
// are read by Grafana and its SDK.
type Settings struct {
	// MinStep is the least distance of two points of a series. Key minStep, as in
	// core's data source, a duration such as 15s.
	MinStep time.Duration
	// Tenant is sent as X-Scope-OrgID. Key tenant. Empty: not sent.
	Tenant string
	// MaxNodes of a flame graph when the query names none. Key maxNodes.
	MaxNodes int64
	// ResponseLimit is the largest unpacked answer in bytes. Key responseLimit, in MiB.
	ResponseLimit int64
	// IngestDelay is how late profiles may arrive; a bucket younger than that is
	// not closed. Key ingestDelay, a duration.
	IngestDelay time.Duration
	// InstanceLabel tells the instances of a service apart. Key instanceLabel.
	// Empty: the first known one that the profiles have.
	InstanceLabel string
	// CPUCoverage is the share of time that CPU profiling is on, from 0 to 1: 1
	// for continuous profiling, 1/6 for 10 s in every 60. Key cpuCoverage. 0: not
	// known; series are then titled 'sampled CPU'.
	CPUCoverage float64
	// Concurrency is how many calls one query makes at the same time. Key concurrency.
	Concurrency int
	// TracesUID is the data source of traces that a span opens in. Key tracesDatasourceUid. Empty: spans open their
	// profiles only.
	TracesUID string
	// Timeout of one call. Grafana's key timeout, in seconds; 0 and absent mean the
	// default, since a call without a limit could hang for ever.
	Timeout time.Duration
	// CaptureTargets are what profiles may be taken from on demand, a list as package capture reads it. Key
	// captureTargets.
	CaptureTargets json.RawMessage
}

// ParseSettings reads jsonData. Absent and empty values take their defaults; a
// value that cannot be meant is a fault that names the key.
func ParseSettings(jsonData []byte) (Settings, error) {
	s := Settings{
		MinStep: defaultMinStep, MaxNodes: defaultMaxNodes, ResponseLimit: defaultResponseLimit << 20,
		IngestDelay: defaultIngestDelay, Concurrency: defaultConcurrency, Timeout: defaultTimeout * time.Second,
	}
	fields := map[string]json.RawMessage{}
	if len(jsonData) > 0 {
		if err := json.Unmarshal(jsonData, &fields); err != nil {
			return s, badSetting("jsonData", "is not a JSON object", err)
		}
	}
	for _, step := range []func() error{
		func() error { return readDuration(fields, "minStep", &s.MinStep) },
		func() error { return readDuration(fields, "ingestDelay", &s.IngestDelay) },
		func() error { return readText(fields, "tenant", &s.Tenant) },
		func() error { return readText(fields, "instanceLabel", &s.InstanceLabel) },
		func() error { return readText(fields, "tracesDatasourceUid", &s.TracesUID) },
		func() error { return readNumber(fields, "maxNodes", 1, serverMaxNodes, &s.MaxNodes) },
		func() error { return readNumber(fields, "concurrency", 1, 64, &s.Concurrency) },
		func() error { return readNumber(fields, "cpuCoverage", 0, 1, &s.CPUCoverage) },
		func() error {
			seconds := 0.0
			err := readNumber(fields, "timeout", 0, 3600, &seconds)
			if seconds > 0 {
				s.Timeout = time.Duration(seconds * float64(time.Second))
			}
			return err
		},
		func() error {
			mebibytes := s.ResponseLimit >> 20
			err := readNumber(fields, "responseLimit", 1, 2048, &mebibytes)
			s.ResponseLimit = mebibytes << 20
			return err
		},
	} {
		if err := step(); err != nil {
			return s, err
		}
	}
	s.CaptureTargets = fields["captureTargets"]
	return s, nil
}

func badSetting(key, wrong string, cause error) error {
	return pyroscope.Faulty(pyroscope.BadQuery,
		fmt.Sprintf("The setting %s of the data source %s. Correct it on the data source's configuration page.", key, wrong), cause)
}

func readText(fields map[string]json.RawMessage, key string, into *string) error {
	if !present(fields, key) {
		return nil
	}
	if err := json.Unmarshal(fields[key], into); err != nil {
		return badSetting(key, "is not text", err)
	}
	*into = strings.TrimSpace(*into)
	return nil
}

// readDuration reads 15s, 1m, 1d and the like, or a bare number of seconds.
func readDuration(fields map[string]json.RawMessage, key string, into *time.Duration) error {
	if !present(fields, key) {
		return nil
	}
	text := strings.Trim(string(fields[key]), `" `)
	parsed, err := gtime.ParseDuration(text)
	if err != nil || parsed <= 0 {
		return badSetting(key, fmt.Sprintf("is %s, which is not a duration such as 15s", fields[key]), err)
	}
	*into = parsed
	return nil
}

// readNumber reads a number, or text that holds one, between least and most.
func readNumber[T int | int64 | float64](fields map[string]json.RawMessage, key string, least, most T, into *T) error {
	if !present(fields, key) {
		return nil
	}
	var number T
	err := json.Unmarshal([]byte(strings.Trim(string(fields[key]), `" `)), &number)
	if err != nil || number < least || number > most {
		return badSetting(key, fmt.Sprintf("is %s, which is not a number from %v to %v", fields[key], least, most), err)
	}
	*into = number
	return nil
}

// present says that a key has a value other than null and empty text.
func present(fields map[string]json.RawMessage, key string) bool {
	switch value := strings.TrimSpace(string(fields[key])); value {
	case "", "null", `""`:
		return false
	default:
		return true
	}
}
