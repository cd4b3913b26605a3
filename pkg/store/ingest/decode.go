package ingest

import (
	"context"
	"encoding/binary"
	"errors"

	"connectrpc.com/connect"
	"github.com/cespare/xxhash/v2"

	"github.com/flamewatch/profiles/pkg/store/budget"
	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// decode reads a pprof message that may be packed. Recycle what it was unpacked
// to when it is not needed any more.
func (in *Ingester) decode(ctx context.Context, s seriesLabels, raw []byte) (*profile.Profile, []byte, error) {
	unpacked, err := in.Unpack(ctx, raw)
	if err != nil {
		return nil, nil, in.refuseProfile(s, err)
	}
	p, err := profile.Decode(unpacked, in.decodeLimits())
	if err != nil {
		return nil, nil, in.refuseProfile(s, err)
	}
	return p, unpacked, nil
}

func (in *Ingester) decodeLimits() profile.Limits {
	return profile.Limits{Samples: in.Limits.Samples, Depth: in.Limits.Depth}
}

// decodedSize is how many times its unpacked size a profile takes in memory.
const decodedSize = 5

// Unpack unpacks a profile that may be gzip-compressed, up to the limit, and takes
// the memory it will need from the budget of the context.
func (in *Ingester) Unpack(ctx context.Context, raw []byte) ([]byte, error) {
	return profile.Unpack(raw, in.Limits.ProfileBytes, func(bytes int) error {
		return budget.Take(ctx, decodedSize*int64(bytes))
	})
}

// refuseProfile gives unreadable bytes the code that Pyroscope gives them.
func (in *Ingester) refuseProfile(s seriesLabels, err error) error {
	var many *profile.ErrTooManySamples
	var large *profile.ErrTooLarge
	switch {
	case errors.Is(err, budget.ErrSpent):
		return err
	case errors.As(err, &many):
		return refuse(connect.CodeInvalidArgument, "sample_limit",
			"the profile with labels '%s' exceeds the samples count limit (max_profile_stacktrace_samples, actual: %d, limit: %d)", s.all, many.Actual, many.Limit)
	case errors.As(err, &large):
		return refuse(connect.CodeInvalidArgument, "size_limit", "the profile with labels '%s': %v", s.all, err)
	}
	return refuse(connect.CodeUnknown, "malformed_profile", "the profile with labels '%s' cannot be read: %v", s.all, err)
}

// profileIDs names profiles by what was pushed: labels, time, content and the
// client's id. Two equal profiles in one request are meant to be two, and get
// two ids; a request that is sent again gets the same ids again.
type profileIDs struct{ seen map[db.ProfileID]uint64 }

func newProfileIDs() *profileIDs { return &profileIDs{seen: map[db.ProfileID]uint64{}} }

func (ids *profileIDs) of(labels []Label, unpacked []byte, clientID string, timeMs int64) db.ProfileID {
	id := digest(labels, unpacked, clientID, timeMs, 0)
	n := ids.seen[id]
	ids.seen[id]++
	if n > 0 {
		return digest(labels, unpacked, clientID, timeMs, n)
	}
	return id
}

func digest(labels []Label, unpacked []byte, clientID string, timeMs int64, occurrence uint64) (id db.ProfileID) {
	for half := range 2 {
		h := xxhash.NewWithSeed(uint64(half))
		number := func(n uint64) {
			var b [8]byte
			binary.LittleEndian.PutUint64(b[:], n)
			_, _ = h.Write(b[:])
		}
		text := func(s string) {
			number(uint64(len(s)))
			_, _ = h.WriteString(s)
		}
		for _, l := range labels {
			text(l.Name)
			text(l.Value)
		}
		text(clientID)
		number(uint64(timeMs))
		number(occurrence)
		_, _ = h.Write(unpacked)
		binary.BigEndian.PutUint64(id[8*half:], h.Sum64())
	}
	id[6] = id[6]&0x0f | 0x80 // a UUID of version 8: made by the application
	id[8] = id[8]&0x3f | 0x80
	return id
}
