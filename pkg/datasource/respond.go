package datasource

import (
	"context"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// refuse makes the answer of a query that failed, and logs the cause.
func refuse(ctx context.Context, err error) backend.DataResponse {
	fault := pyroscope.AsFault(err)
	status, source := statusOf(fault)
	logFault(ctx, "Query", fault)
	return backend.DataResponse{Error: fault, Status: backend.Status(status), ErrorSource: source}
}

// logFault says why something failed, with the trace of who asked: loud where it is ours, quiet where it is the user's.
func logFault(ctx context.Context, what string, err error) {
	fault := pyroscope.AsFault(err)
	log := backend.Logger.FromContext(ctx)
	switch fault.Class {
	case pyroscope.Ours:
		log.Error(what+" failed", "error", fault.Sentence, "cause", fault.Cause)
	case pyroscope.Canceled, pyroscope.BadQuery:
		log.Debug(what+" not answered", "error", fault.Sentence, "cause", fault.Cause)
	default:
		log.Warn(what+" failed at the profile server", "error", fault.Sentence, "status", fault.Status, "cause", fault.Cause)
	}
}

// statusOf is the HTTP status of a fault towards Grafana, and whose fault it is:
// only our own faults are the plugin's.
func statusOf(fault *pyroscope.Fault) (int, backend.ErrorSource) {
	switch fault.Class {
	case pyroscope.BadQuery:
		return http.StatusBadRequest, backend.ErrorSourceDownstream
	case pyroscope.Refused:
		if fault.Status == http.StatusUnauthorized || fault.Status == http.StatusForbidden || fault.Status == http.StatusTooManyRequests {
			return fault.Status, backend.ErrorSourceDownstream
		}
		return http.StatusBadGateway, backend.ErrorSourceDownstream
	case pyroscope.Unsupported:
		return http.StatusNotImplemented, backend.ErrorSourceDownstream
	case pyroscope.TooLarge:
		return http.StatusRequestEntityTooLarge, backend.ErrorSourceDownstream
	case pyroscope.Canceled:
		return 499, backend.ErrorSourceDownstream
	case pyroscope.Down, pyroscope.NotPyroscope:
		return http.StatusBadGateway, backend.ErrorSourceDownstream
	default:
		return http.StatusInternalServerError, backend.ErrorSourcePlugin
	}
}
