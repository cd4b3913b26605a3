package pyroscope

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/semaphore"

	"github.com/flamewatch/profiles/pkg/redact"
)

// TenantHeader names the tenant to a server with multi-tenancy.
const TenantHeader = "X-Scope-OrgID"

// errorBodyLimit bounds what is read of an answer that is an error.
const errorBodyLimit = 64 << 10

// packedSlack is how much larger a packed answer may be than what is in it.
const packedSlack = 1 << 20

// transport stands between the Connect client and the HTTP client: it sets the
// tenant, bounds how many calls are under way, lets equal ones share an answer,
// repeats what a busy server refused, unpacks gzip, bounds what is read, and turns
// every answer that is not a Connect message into a Fault while its status and
// content are at hand.
type transport struct {
	client  *http.Client
	tenant  string
	limit   int64 // bytes of an unpacked answer
	slots   *semaphore.Weighted
	retries *retryBudget
	flights flights
	// redactor takes secrets out of what the server says of an error.
	redactor redact.Redactor
}

// Do implements connect.HTTPClient. Its errors are Faults or the HTTP client's.
func (t *transport) Do(req *http.Request) (*http.Response, error) {
	if t.tenant != "" {
		req.Header.Set(TenantHeader, t.tenant)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	body, err := bodyOf(req)
	if err != nil {
		return nil, err
	}
	ask := func(ctx context.Context) (*wholeAnswer, error) { return t.ask(ctx, req, body) }
	var answer *wholeAnswer
	identity, known := identityIn(req.Context())
	if known && isQuery(req) {
		answer, err = t.flights.join(req.Context(), identity+"\n"+req.URL.Path+"\n"+string(body), ask)
	} else {
		answer, err = ask(req.Context())
	}
	if err != nil {
		return nil, ownFault(err)
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: answer.header.Clone(), Body: io.NopCloser(bytes.NewReader(answer.body)), ContentLength: int64(len(answer.body)), Request: req,
	}, nil
}

func bodyOf(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer func() { _ = req.Body.Close() }()
	return io.ReadAll(req.Body)
}

// isQuery says that a call changes nothing: everything but pushes.
func isQuery(req *http.Request) bool {
	return req.Method == http.MethodGet || strings.Contains(req.URL.Path, "/querier.v1.QuerierService/")
}

// ownFault is a fault that its receiver may change, though others got the same.
func ownFault(err error) error {
	var fault *Fault
	if !errors.As(err, &fault) {
		return err
	}
	own := *fault
	return &own
}

// ask makes a call, and makes it again where that is worth it.
func (t *transport) ask(ctx context.Context, req *http.Request, body []byte) (*wholeAnswer, error) {
	t.retries.earn()
	for attempt := 1; ; attempt++ {
		answer, err := t.exchange(ctx, req, body)
		if err == nil || !isQuery(req) || !t.retries.again(ctx, attempt, err) {
			return answer, err
		}
	}
}

// exchange makes one request, when a slot is free, and reads the whole answer.
func (t *transport) exchange(ctx context.Context, req *http.Request, body []byte) (*wholeAnswer, error) {
	if err := t.slots.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer t.slots.Release(1)
	begun := time.Now()
	answer, err := t.roundTrip(ctx, req, body)
	observeCall(req.URL.Path, time.Since(begun), err)
	return answer, err
}

func (t *transport) roundTrip(ctx context.Context, req *http.Request, body []byte) (*wholeAnswer, error) {
	sent := req.Clone(ctx)
	if body != nil {
		sent.Body, sent.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	resp, err := t.client.Do(sent)
	if err != nil {
		return nil, err
	}
	resp.Body = measure(ctx, resp.Body)
	if err := t.unpack(resp); err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	contentType := resp.Header.Get("Content-Type")
	wanted := "application/proto"
	if req.Method == http.MethodGet {
		wanted = "application/json"
	}
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(contentType, wanted) {
		start, err := io.ReadAll(io.LimitReader(resp.Body, errorBodyLimit))
		if err != nil {
			start = nil
		}
		fault := faultOfAnswer(resp.StatusCode, contentType, start, t.redactorFor(ctx))
		fault.retryAfter = retryAfterOf(resp.Header, time.Now())
		return nil, fault
	}
	whole, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &wholeAnswer{resp.Header, whole}, nil
}

type redactorKey struct{}

// WithRedactor says what must not be repeated of the calls under a context besides the secrets of the settings: the
// credentials of a user that are forwarded with them.
func WithRedactor(ctx context.Context, forwarded redact.Redactor) context.Context {
	return context.WithValue(ctx, redactorKey{}, forwarded)
}

func (t *transport) redactorFor(ctx context.Context) redact.Redactor {
	forwarded, _ := ctx.Value(redactorKey{}).(redact.Redactor)
	return t.redactor.And(forwarded)
}

// unpack replaces a gzip body by its content and bounds the body's size.
func (t *transport) unpack(resp *http.Response) error {
	// Packed it is hardly larger than unpacked, but may be endless and hold nothing.
	body := io.ReadCloser(&boundedBody{ReadCloser: resp.Body, left: t.limit + packedSlack, limit: t.limit})
	if resp.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(body)
		if err != nil && !errors.Is(err, io.EOF) {
			return faultOfRead(err)
		}
		if err == nil {
			resp.Body = &gzipBody{Reader: unpacked, body: body}
		}
		resp.Header.Del("Content-Encoding")
		resp.ContentLength = -1
	}
	resp.Body = &boundedBody{ReadCloser: resp.Body, left: t.limit, limit: t.limit}
	return nil
}

// gzipBody closes the compressed body with the unpacked one.
type gzipBody struct {
	*gzip.Reader
	body io.Closer
}

func (g *gzipBody) Close() error {
	return errors.Join(g.Reader.Close(), g.body.Close())
}

// boundedBody fails with a TooLarge fault as soon as more than limit bytes come.
type boundedBody struct {
	io.ReadCloser
	left, limit int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, tooLarge(b.limit)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n - 1, tooLarge(b.limit)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = faultOfRead(err)
	}
	return n, err
}

// wireError is the body of a Connect error; other servers' JSON errors use one
// of the other keys.
type wireError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Error   any    `json:"error"`
}

func readWireError(body []byte) wireError {
	var wire wireError
	if json.Unmarshal(body, &wire) != nil {
		return wireError{}
	}
	if text, ok := wire.Error.(string); ok && wire.Message == "" {
		wire.Message = text
	}
	return wire
}
