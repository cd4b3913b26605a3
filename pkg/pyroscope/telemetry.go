package pyroscope

import (
	"errors"
	"path"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// callSeconds is how long calls to profile servers took, by call and outcome. Grafana serves it below
// /api/plugins/<id>/metrics and to its own scrapes.
var callSeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name: "flamewatch_server_call_duration_seconds", Help: "Time of calls to profile servers, until the whole answer was read.",
	Buckets: []float64{0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30},
}, []string{"call", "outcome"})

func observeCall(urlPath string, took time.Duration, err error) {
	callSeconds.WithLabelValues(path.Base(urlPath), Outcome(err)).Observe(took.Seconds())
}

// outcomes name the classes for metrics.
var outcomes = map[Class]string{
	Ours: "fault", BadQuery: "bad_query", Refused: "refused", Unsupported: "unsupported", NotPyroscope: "not_pyroscope",
	Down: "down", TooLarge: "too_large", Canceled: "canceled",
}

// Outcome is ok, or in one word why something failed, for metrics and logs.
func Outcome(err error) string {
	var fault *Fault
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &fault):
		return outcomes[fault.Class]
	case isTimeout(err):
		return "timeout"
	default:
		return "down"
	}
}
