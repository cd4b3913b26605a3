package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
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
		u.writeBodyFault(w, err)
		return
	}
	if len(body) == 0 && r.URL.Query().Get("name") != "" {
		return // nothing to store
	}
	series, err := u.ingester.Series(r.Context(), ingest.Upload{Query: r.URL.Query(), ContentType: r.Header.Get("Content-Type"), Body: body})
	if err != nil {
		u.writeFormatFault(w, err)
		return
	}
	if len(series) == 0 {
		return
	}
	if err := u.ingester.Push(r.Context(), tenant(r.Context()), series); err != nil {
		writePushFault(w, err)
	}
}

// writeBodyFault answers where the body could not be read.
func (u *uploads) writeBodyFault(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	var tooLargeUnpacked *profile.ErrTooLarge
	switch {
	case errors.Is(err, budget.ErrSpent):
		writeUploadFault(w, http.StatusTooManyRequests, connect.CodeResourceExhausted, err.Error())
	case errors.As(err, &tooLarge), errors.As(err, &tooLargeUnpacked):
		writeUploadFault(w, http.StatusRequestEntityTooLarge, connect.CodeInvalidArgument,
			fmt.Sprintf("the body is larger than the %d bytes that one request may have", u.maxBytes))
	default:
		writeUploadFault(w, http.StatusBadRequest, connect.CodeInvalidArgument, "cannot read the body: "+err.Error())
	}
}

// writeFormatFault answers where the body is nothing that could be stored.
func (u *uploads) writeFormatFault(w http.ResponseWriter, err error) {
	switch c := code(err); c {
	case connect.CodeInvalidArgument:
		writeUploadFault(w, http.StatusBadRequest, c, err.Error())
	case connect.CodeResourceExhausted:
		writeUploadFault(w, http.StatusTooManyRequests, c, err.Error())
	default:
		writeUploadFault(w, http.StatusUnprocessableEntity, connect.CodeUnknown, err.Error())
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
