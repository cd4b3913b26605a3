package main

import (
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/grafana/pyroscope-go"
)

// serviceName is the name under which profiles and spans are found, unless another is given.
const serviceName = "order-service"

const (
	// mutexFraction and blockRate make contention profiles cheap: one event in five, and waits from 100 µs on.
	mutexFraction = 5
	blockRate     = int(100 * time.Microsecond)
)

// startProfiling pushes every profile type that Go has to the store, each upload interval.
func startProfiling(settings settings, logger *slog.Logger) (*pyroscope.Profiler, error) {
	runtime.SetMutexProfileFraction(mutexFraction)
	runtime.SetBlockProfileRate(blockRate)
	profiler, err := pyroscope.Start(pyroscope.Config{
		ApplicationName: settings.service,
		ServerAddress:   settings.profilesURL,
		TenantID:        settings.tenant,
		UploadRate:      settings.upload,
		Logger:          &sdkLogger{logger: logger},
		Tags: map[string]string{
			"namespace":          settings.namespace,
			"pod":                settings.pod,
			"version":            settings.version,
			"service_git_ref":    settings.gitSHA,
			"service_repository": "https://github.com/flamewatch/profiles",
		},
		ProfileTypes: []pyroscope.ProfileType{
			pyroscope.ProfileCPU,
			pyroscope.ProfileAllocObjects, pyroscope.ProfileAllocSpace,
			pyroscope.ProfileInuseObjects, pyroscope.ProfileInuseSpace,
			pyroscope.ProfileGoroutines,
			pyroscope.ProfileMutexCount, pyroscope.ProfileMutexDuration,
			pyroscope.ProfileBlockCount, pyroscope.ProfileBlockDuration,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("profiling did not start: %w", err)
	}
	return profiler, nil
}

// sdkLogger writes what the SDK has to say. Of its errors, a store that cannot be reached gives a dozen every few
// seconds; one a minute is enough to know.
type sdkLogger struct {
	logger *slog.Logger
	mu     sync.Mutex
	last   time.Time
}

const (
	errorsApart   = time.Minute
	longestReport = 240
)

func (l *sdkLogger) Infof(format string, args ...any) { l.logger.Debug(fmt.Sprintf(format, args...)) }
func (l *sdkLogger) Debugf(string, ...any)            {}

func (l *sdkLogger) Errorf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.last) < errorsApart {
		return
	}
	l.last = time.Now()
	report := fmt.Sprintf(format, args...)
	if len(report) > longestReport {
		report = report[:longestReport/2] + " … " + report[len(report)-longestReport/2:]
	}
	l.logger.Warn("profiles are not taken", "error", report)
}
