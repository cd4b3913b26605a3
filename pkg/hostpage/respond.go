package hostpage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// maxRequestBytes bounds what the page may send; a query with many selectors is a few kilobytes. A resource may be sent a
// file: as much as the backend takes (pkg/main.go).
const (
	maxRequestBytes  = 16 << 20
	maxResourceBytes = 129 << 20
)

func readJSON(w http.ResponseWriter, r *http.Request, target any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequestBytes))
	if err := decoder.Decode(target); err != nil {
		return fmt.Errorf("the request's body cannot be read as JSON: %w", err)
	}
	return nil
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	encoded, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the answer cannot be written as JSON: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encoded) // the reader may have gone; nothing is left to say to it
}

// writeError answers in the shape of Grafana's errors, of which the front end shows `message`.
func writeError(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"message": message})
}

// writeBackendError tells a mistake of the asker, a question taken back and a failing backend apart.
func (s *Server) writeBackendError(w http.ResponseWriter, r *http.Request, err error) {
	var mistake userError
	switch {
	case errors.As(err, &mistake):
		writeError(w, http.StatusBadRequest, mistake.text)
	case r.Context().Err() != nil || errors.Is(err, context.Canceled) || status.Code(err) == codes.Canceled:
		// The asker is gone: 499, as Grafana answers, is for the log only.
		w.WriteHeader(499)
	default:
		s.logger.Error("the plugin backend failed", "url", r.URL.Path, "error", err)
		writeError(w, http.StatusInternalServerError, fmt.Sprintf("The plugin backend failed: %v", err))
	}
}
