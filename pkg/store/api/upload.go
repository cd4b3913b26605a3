package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/ingest"
)

// uploads answers /ingest, where the SDKs send their profiles.
type uploads struct {
	ingester *ingest.Ingester
}

func (u *uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(r.Body)
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
	switch {
	case errors.Is(err, budget.ErrSpent):
		writeUploadFault(w, http.StatusTooManyRequests, connect.CodeResourceExhausted, err.Error())
	case errors.As(err, &tooLarge):
		writeUploadFault(w, http.StatusRequestEntityTooLarge, connect.CodeInvalidArgument,
			fmt.Sprintf("the body is larger than the %d bytes that one request may have, unpacked", tooLarge.Limit))
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

// writeUploadFault answers with a header that Pyroscope has on /ingest alone.
func writeUploadFault(w http.ResponseWriter, status int, c connect.Code, text string) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	writeFault(w, status, c, text)
}
