package capture

import (
	"context"
	"errors"
	"net/http"
)

// Problem is a capture that could not be made: a sentence for the person, an HTTP status for the answer, the cause for
// the log.
type Problem struct {
	Sentence string
	Status   int
	// Remedy is what to apply as it is, YAML for a cluster; empty where there is no such thing.
	Remedy string
	Cause  error
}

// Statuses of problems.
const (
	badRequest = http.StatusBadRequest
	notFound   = http.StatusNotFound
	busy       = http.StatusTooManyRequests
	tooLarge   = http.StatusRequestEntityTooLarge
	upstream   = http.StatusBadGateway
	late       = http.StatusGatewayTimeout
	cancelled  = 499
)

func problem(status int, sentence string, cause error) *Problem {
	return &Problem{Sentence: sentence, Status: status, Cause: cause}
}

// Error is the sentence.
func (p *Problem) Error() string { return p.Sentence }

// Unwrap is the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// AsProblem finds the problem in an error; an error without one is the capture's own fault, or a cancelled context.
func AsProblem(err error) *Problem {
	var found *Problem
	if errors.As(err, &found) {
		return found
	}
	if errors.Is(err, context.Canceled) {
		return problem(cancelled, "The capture was cancelled.", err)
	}
	return problem(http.StatusInternalServerError, "The capture failed: "+err.Error(), err)
}

// clip shortens what came from elsewhere, so that a sentence stays one.
func clip(text string) string {
	const most = 200
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
