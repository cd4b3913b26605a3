package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// ErrTooLarge says that a profile is larger than allowed after unpacking.
type ErrTooLarge struct{ Limit int }

func (e *ErrTooLarge) Error() string {
	return fmt.Sprintf("the profile is larger than %d bytes when unpacked; raise --max-profile-bytes if it is meant to be", e.Limit)
}

var gzipReaders, buffers sync.Pool

// largestKept is how large a buffer may be to be kept for the next profile.
const largestKept = 4 << 20

// Recycle gives what Unpack made of packed back for the next profile; do not
// use it any more. Bytes that came back as they were stay untouched.
func Recycle(packed, unpacked []byte) {
	if IsGzip(packed) && cap(unpacked) <= largestKept {
		unpacked = unpacked[:0]
		buffers.Put(&unpacked)
	}
}

// Unpack gives the bytes of a pprof message that may be gzip-compressed, at
// most limit bytes of them (0 means no limit). Plain bytes come back as they are.
// take, where set, is asked for every piece of memory while it is unpacked, so
// that a small message cannot take much before anybody knows; its error ends it.
func Unpack(raw []byte, limit int, take func(bytes int) error) ([]byte, error) {
	if take == nil {
		take = func(int) error { return nil }
	}
	if !IsGzip(raw) {
		if limit > 0 && len(raw) > limit {
			return nil, &ErrTooLarge{Limit: limit}
		}
		return raw, take(len(raw))
	}
	zr, _ := gzipReaders.Get().(*gzip.Reader)
	if zr == nil {
		zr = new(gzip.Reader)
	}
	defer gzipReaders.Put(zr)
	if err := zr.Reset(bytes.NewReader(raw)); err != nil {
		return nil, fmt.Errorf("gzip: %w", unexpectedEnd(err))
	}
	in := &metered{from: zr, take: take}
	if limit > 0 {
		in.from = io.LimitReader(zr, int64(limit)+1)
	}
	var buf []byte
	if kept, _ := buffers.Get().(*[]byte); kept != nil {
		buf = *kept
	} else {
		buf = make([]byte, 0, min(4*len(raw), 1<<20))
	}
	out := bytes.NewBuffer(buf)
	if _, err := out.ReadFrom(in); err != nil {
		if in.refused != nil {
			return nil, in.refused
		}
		return nil, fmt.Errorf("gzip: %w", unexpectedEnd(err))
	}
	if limit > 0 && out.Len() > limit {
		return nil, &ErrTooLarge{Limit: limit}
	}
	return out.Bytes(), nil
}

// metered asks for what it reads.
type metered struct {
	from    io.Reader
	take    func(int) error
	refused error
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	if m.refused = m.take(n); m.refused != nil {
		return n, m.refused
	}
	return n, err
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// IsGzip tells whether bytes begin like a gzip stream.
func IsGzip(raw []byte) bool { return len(raw) >= 2 && raw[0] == 0x1f && raw[1] == 0x8b }
