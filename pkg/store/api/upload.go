package api

import (
	"errors"
	"io"
	"net/http"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/ingest"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// uploads answers /ingest, where the SDKs send their profiles.
type uploads struct {
	ingester *ingest.Ingester
	maxBytes int64
}

func (u *uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := u.read(w, r)
	if err != nil {
		status := http.StatusBadRequest
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		writeUploadFault(w, status, connect.CodeInvalidArgument, "cannot read the body: "+err.Error())
		return
	}
	if len(body) == 0 && r.URL.Query().Get("name") != "" {
		return // nothing to store
	}
	series, err := u.ingester.Series(ingest.Upload{Query: r.URL.Query(), ContentType: r.Header.Get("Content-Type"), Body: body})
	if err != nil {
		c := code(err)
		status := http.StatusUnprocessableEntity
		if c == connect.CodeInvalidArgument {
			status = http.StatusBadRequest
		}
		writeUploadFault(w, status, c, err.Error())
		return
	}
	if len(series) == 0 {
		return
	}
	if _, err := u.ingester.Push(r.Context(), tenant(r.Context()), series); err != nil {
		writePushFault(w, err)
	}
}

// writePushFault answers as Pyroscope does: whatever is wrong with a profile is
// a 422 of unknown code; what may pass if sent again is not.
func writePushFault(w http.ResponseWriter, err error) {
	switch c := code(err); c {
	case connect.CodeResourceExhausted:
		writeUploadFault(w, http.StatusTooManyRequests, c, err.Error())
	case connect.CodeUnavailable, connect.CodeCanceled, connect.CodeDeadlineExceeded:
		writeUploadFault(w, http.StatusServiceUnavailable, c, err.Error())
	default:
		if refused := new(ingest.Refused); errors.As(err, &refused) {
			writeUploadFault(w, http.StatusUnprocessableEntity, connect.CodeUnknown, err.Error())
			return
		}
		writeUploadFault(w, http.StatusInternalServerError, connect.CodeInternal, err.Error())
	}
}

// read takes the body, unpacked where it is compressed.
func (u *uploads) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, u.maxBytes))
	if err != nil || r.Header.Get("Content-Encoding") != "gzip" {
		return body, err
	}
	return profile.Unpack(body, int(u.maxBytes))
}

// writeUploadFault answers with a header that Pyroscope has on /ingest alone.
func writeUploadFault(w http.ResponseWriter, status int, c connect.Code, text string) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	writeFault(w, status, c, text)
}
