package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/tree"
)

// code gives an error its class in the Connect protocol.
func code(err error) connect.Code {
	var refused *ingest.Refused
	var full *db.FullError
	switch {
	case errors.As(err, &refused):
		return refused.Code
	case errors.As(err, &full), errors.Is(err, db.ErrDiskFull), errors.Is(err, budget.ErrSpent),
		errors.Is(err, tree.ErrTooLarge):
		return connect.CodeResourceExhausted
	case errors.Is(err, db.ErrClosed):
		return connect.CodeUnavailable
	case errors.Is(err, context.Canceled):
		return connect.CodeCanceled
	case errors.Is(err, context.DeadlineExceeded):
		return connect.CodeDeadlineExceeded
	}
	return connect.CodeOf(err)
}

// classify is the interceptor that classes errors of all Connect calls.
func classify(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
		resp, err := next(ctx, req)
		if err == nil {
			return resp, nil
		}
		if c := new(connect.Error); errors.As(err, &c) {
			return nil, err
		}
		return nil, connect.NewError(code(err), err)
	}
}

// writeFault answers a plain HTTP request the way Connect calls are answered.
func writeFault(w http.ResponseWriter, status int, c connect.Code, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}{c.String(), text})
}

// httpStatus gives a class of errors the status that Connect gives it.
func httpStatus(c connect.Code) int {
	switch c {
	case connect.CodeCanceled:
		return 499
	case connect.CodeInvalidArgument, connect.CodeFailedPrecondition, connect.CodeOutOfRange:
		return http.StatusBadRequest
	case connect.CodeDeadlineExceeded:
		return http.StatusGatewayTimeout
	case connect.CodeUnauthenticated:
		return http.StatusUnauthorized
	case connect.CodeResourceExhausted:
		return http.StatusTooManyRequests
	case connect.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
