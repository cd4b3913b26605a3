package profile_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

func gzipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUnpack(t *testing.T) {
	plain := bytes.Repeat([]byte("profile"), 100_000)
	packed := gzipped(t, plain)
	for name, raw := range map[string][]byte{
		"plain": plain, "packed": packed, "two members": append(gzipped(t, plain[:70]), gzipped(t, plain[70:])...),
	} {
		taken := 0
		got, err := profile.Unpack(raw, len(plain), func(n int) error {
			taken += n
			return nil
		})
		if err != nil || !bytes.Equal(got, plain) || taken != len(plain) {
			t.Errorf("%s: %d bytes, %d asked for, %v", name, len(got), taken, err)
		}
		var large *profile.ErrTooLarge
		if _, err := profile.Unpack(raw, len(plain)-1, nil); !errors.As(err, &large) || large.Limit != len(plain)-1 {
			t.Errorf("%s: one byte too long: %v", name, err)
		}
	}
	for name, raw := range map[string][]byte{
		"cut off": packed[:len(packed)/2], "head alone": packed[:3], "wrong sum": append(packed[:len(packed)-5:len(packed)-5], 1, 2, 3, 4, 5),
	} {
		if _, err := profile.Unpack(raw, 0, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := profile.Unpack(packed[:len(packed)/2], 0, nil); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut off: %v", err)
	}
}

func TestUnpackStopsWhenRefused(t *testing.T) {
	spent := errors.New("spent")
	taken := 0
	_, err := profile.Unpack(gzipped(t, make([]byte, 10<<20)), 0, func(n int) error {
		if taken += n; taken > 1<<20 {
			return spent
		}
		return nil
	})
	if !errors.Is(err, spent) || taken > 4<<20 {
		t.Errorf("%v after %d bytes", err, taken)
	}
}
