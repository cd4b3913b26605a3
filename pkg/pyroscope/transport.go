package pyroscope

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// TenantHeader names the tenant to a server with multi-tenancy.
const TenantHeader = "X-Scope-OrgID"

// errorBodyLimit bounds what is read of an answer that is an error.
const errorBodyLimit = 64 << 10

// transport stands between the Connect client and the HTTP client: it sets the
// tenant, unpacks gzip, bounds what is read, and turns every answer that is not
// a Connect message into a Fault while its status and content are at hand.
type transport struct {
	client *http.Client
	tenant string
	limit  int64 // bytes of an unpacked answer
}

// Do implements connect.HTTPClient. Its errors are Faults or the HTTP client's.
func (t *transport) Do(req *http.Request) (*http.Response, error) {
	if t.tenant != "" {
		req.Header.Set(TenantHeader, t.tenant)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := t.client.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body = measure(req.Context(), resp.Body)
	if err := t.unpack(resp); err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	contentType := resp.Header.Get("Content-Type")
	wanted := "application/proto"
	if req.Method == http.MethodGet {
		wanted = "application/json"
	}
	if resp.StatusCode == http.StatusOK && strings.HasPrefix(contentType, wanted) {
		return resp, nil
	}
	defer func() { _ = resp.Body.Close() }()
	start, err := io.ReadAll(io.LimitReader(resp.Body, errorBodyLimit))
	if err != nil {
		start = nil
	}
	return nil, faultOfAnswer(resp.StatusCode, contentType, start)
}

// unpack replaces a gzip body by its content and bounds the body's size.
func (t *transport) unpack(resp *http.Response) error {
	body := resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(body)
		if err != nil && !errors.Is(err, io.EOF) {
			return cutOff(err)
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
