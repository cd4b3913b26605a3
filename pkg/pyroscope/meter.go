package pyroscope

import (
	"context"
	"io"
	"sync/atomic"
)

// Meter counts the calls that are made under a context, and the bytes of their
// answers as they came, packed where the server packed them.
type Meter struct{ calls, bytes atomic.Int64 }

// Calls is how many calls were made so far.
func (m *Meter) Calls() int64 { return m.calls.Load() }

// Bytes is how many bytes were read so far.
func (m *Meter) Bytes() int64 { return m.bytes.Load() }

type meterKey struct{}

// WithMeter returns a context whose calls are counted.
func WithMeter(ctx context.Context) (context.Context, *Meter) {
	m := &Meter{}
	return context.WithValue(ctx, meterKey{}, m), m
}

// measure counts a call and what is read of its answer, if anybody wants to know.
func measure(ctx context.Context, body io.ReadCloser) io.ReadCloser {
	m, wanted := ctx.Value(meterKey{}).(*Meter)
	if !wanted {
		return body
	}
	m.calls.Add(1)
	return &measuredBody{ReadCloser: body, meter: m}
}

type measuredBody struct {
	io.ReadCloser
	meter *Meter
}

func (b *measuredBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.meter.bytes.Add(int64(n))
	return n, err
}
