package capture

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	errNoMore = errors.New("more than the limit")
	errAlien  = errors.New("not pprof")
)

// checkLooks refuses an answer that is not what was asked for, a page of a login for instance. A profile is unpacked
// and walked through to its end, but not kept: what is no profile, cut off, or a bomb is found in little memory.
func (p Plan) checkLooks(body []byte) error {
	name := p.Target.Name
	text := bytes.TrimSpace(body[:min(len(body), 512)])
	switch {
	case len(text) == 0:
		return problem(upstream, name+" answered with nothing.", nil)
	case bytes.HasPrefix(text, []byte("<")):
		return problem(upstream, name+" answered with a web page instead of a profile. Is there a login or a proxy before it?", nil)
	case p.Profile.DownloadOnly && bytes.HasPrefix(body, []byte("go 1.")), p.Profile.Text && bytes.HasPrefix(text, []byte("goroutine ")):
		return nil
	case p.Profile.DownloadOnly, p.Profile.Text:
		return problem(upstream, fmt.Sprintf("%s answered with something that is no %s.", name, p.Profile.Name), nil)
	}
	switch err := walk(body, maxUnpacked); {
	case err == nil:
		return nil
	case errors.Is(err, errNoMore):
		return problem(tooLarge, fmt.Sprintf("The profile of %s unpacks to more than %d MiB.", name, maxUnpacked>>20), err)
	case errors.Is(err, errAlien):
		return problem(upstream, name+" answered with something that is no pprof profile. Check the target's url and path.", err)
	default:
		return problem(upstream, fmt.Sprintf("The profile of %s was cut off, or changed on its way.", name), err)
	}
}

// walk goes through the fields of a profile (google/pprof's profile.proto), packed or not, up to a limit of bytes.
func walk(body []byte, most int64) error {
	var whole io.Reader = bytes.NewReader(body)
	if bytes.HasPrefix(body, gzipMagic) {
		unpacked, err := gzip.NewReader(whole)
		if err != nil {
			return err
		}
		whole = unpacked
	}
	limited := &io.LimitedReader{R: whole, N: most + 1}
	err := walkFields(bufio.NewReader(limited))
	if limited.N <= 0 {
		return errNoMore
	}
	return err
}

// Numbers of profile.proto: its fields go up to 15; every profile has a sample type, which is field 1.
const (
	lastField       = 15
	sampleTypeField = 1
	varint, message = 0, 2 // wire types
)

func walkFields(fields *bufio.Reader) error {
	types := 0
	for {
		key, err := binary.ReadUvarint(fields)
		if errors.Is(err, io.EOF) && types > 0 {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return errAlien
		}
		if err != nil {
			return err
		}
		field, wire := key>>3, key&7
		if field == 0 || field > lastField || wire != varint && wire != message {
			return errAlien
		}
		length, err := binary.ReadUvarint(fields)
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if wire == varint {
			continue
		}
		if length > maxUnpacked {
			return errAlien
		}
		if _, err := fields.Discard(int(length)); err != nil {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
		if field == sampleTypeField {
			types++
		}
	}
}
