package jfr

import (
	"encoding/binary"
	"fmt"
)

// A recording is chunks behind each other, each whole in itself.
const (
	headerBytes  = 68
	magic        = "FLR\x00"
	mostChunks   = 4096
	sizeAt       = 8
	poolsAt      = 16
	metadataAt   = 24
	varLongBytes = 9
)

// split cuts a recording into its chunks.
func split(raw []byte) ([][]byte, error) {
	var chunks [][]byte
	for at := 0; at < len(raw); {
		rest := raw[at:]
		if len(rest) < headerBytes || string(rest[:len(magic)]) != magic {
			if at == 0 {
				return nil, &Refused{"The file is no recording of Java’s Flight Recorder."}
			}
			return nil, &Refused{fmt.Sprintf("The recording is damaged: at byte %d no part of it begins.", at)}
		}
		size := binary.BigEndian.Uint64(rest[sizeAt:])
		if size < headerBytes || size > uint64(len(rest)) {
			return nil, &Refused{fmt.Sprintf("The end of the recording is missing: the part at byte %d has %d bytes, of which %d are there. A recording that is still running must be dumped first: “jcmd PID JFR.dump”.", at, size, len(rest))}
		}
		if chunks = append(chunks, rest[:size:size]); len(chunks) > mostChunks {
			return nil, &Refused{fmt.Sprintf("The recording has more than %d parts.", mostChunks)}
		}
		at += int(size)
	}
	if len(chunks) == 0 {
		return nil, &Refused{"The file is empty."}
	}
	return chunks, nil
}

// varLong reads a number as Flight Recorder writes it, seven bits a byte and eight in
// the ninth, and says in how many bytes.
func varLong(raw []byte) (value int64, n int) {
	for n < len(raw) && n < varLongBytes {
		b := raw[n]
		n++
		if n == varLongBytes {
			return value | int64(b)<<56, n
		}
		value |= int64(b&0x7f) << (7 * (n - 1))
		if b < 0x80 {
			return value, n
		}
	}
	return 0, 0
}
