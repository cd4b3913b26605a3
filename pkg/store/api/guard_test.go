package api

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestQueriesWaitForTheirTurn(t *testing.T) {
	turns := make(chan struct{}, 1)
	entered, leave := make(chan struct{}), make(chan struct{})
	slow := withTurns(turns, time.Minute, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(entered)
		<-leave
	}))
	first := make(chan struct{})
	go func() {
		defer close(first)
		slow.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	}()
	<-entered
	answer := httptest.NewRecorder()
	withTurns(turns, time.Millisecond, slow).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	if answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "too many queries") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	close(leave)
	<-first
	free := httptest.NewRecorder()
	withTurns(turns, time.Minute, http.NotFoundHandler()).ServeHTTP(free, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	if free.Code != http.StatusNotFound {
		t.Errorf("the turn was not given back: %d %s", free.Code, free.Body)
	}
}

func TestQueriesEndWithTheirTime(t *testing.T) {
	waits := withTurns(make(chan struct{}, 1), time.Millisecond, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		writeFault(w, httpStatus(code(r.Context().Err())), code(r.Context().Err()), "late")
	}))
	answer := httptest.NewRecorder()
	waits.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	if answer.Code != http.StatusGatewayTimeout {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestPanicsAreAnsweredAndLogged(t *testing.T) {
	var log bytes.Buffer
	h := withRecovery(slog.New(slog.NewTextHandler(&log, nil)), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		var nobody *uploads
		nobody.ingester.Limits.Depth++
	}))
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/somewhere", nil))
	if answer.Code != http.StatusInternalServerError || !strings.Contains(answer.Body.String(), "its log says where") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if !strings.Contains(log.String(), "/somewhere") || !strings.Contains(log.String(), "guard_test.go") {
		t.Errorf("logged: %s", log.String())
	}
}
