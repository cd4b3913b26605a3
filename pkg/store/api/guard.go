package api

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
)

// withBudget counts the bodies of pushes, and what they become, against the
// memory that all pushes share, and bounds each. Compressed bodies are unpacked
// here: a few bytes can become many, so they are counted while they do.
func withBudget(b *budget.Budget, most int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		share := b.Share()
		defer share.Release()
		r = r.WithContext(budget.With(r.Context(), share))
		bounded := func(body io.ReadCloser) io.ReadCloser {
			return http.MaxBytesReader(w, &budget.Reader{ReadCloser: body, Share: share, Spent: func(err error) error {
				w.Header().Set("Connection", "close") // answer now, do not read the rest
				return connect.NewError(connect.CodeResourceExhausted, err)
			}}, most)
		}
		r.Body = bounded(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			r.Body = bounded(&gunzip{packed: r.Body})
			r.Header.Del("Content-Encoding")
			if r.Header.Get("Accept-Encoding") == "" {
				r.Header.Set("Accept-Encoding", "gzip") // Connect answers as it is asked
			}
			r.ContentLength = -1
		}
		next.ServeHTTP(w, r)
	})
}

// withTurns lets a number of queries run at a time, each for a limited time.
// Others wait for their turn until that time is over.
func withTurns(turns chan struct{}, limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		select {
		case turns <- struct{}{}:
			defer func() { <-turns }()
		case <-ctx.Done():
			writeFault(w, http.StatusServiceUnavailable, connect.CodeUnavailable,
				"too many queries at this moment: try again in a few seconds")
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// withRecovery answers 500 where a request makes the store panic, and logs where.
func withRecovery(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			log.Error("a request failed inside the store", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			writeFault(w, http.StatusInternalServerError, connect.CodeInternal, "the store failed to answer this request; its log says where")
		}()
		next.ServeHTTP(w, r)
	})
}
