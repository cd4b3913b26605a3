// Package ingest takes profiles in: it unpacks, reads and checks what clients
// push, and hands all profiles of a request to the database, or none.
package ingest

import (
	"context"
	"fmt"
	"time"

	"connectrpc.com/connect"

	"github.com/flamewatch/profiles/pkg/store/db"
	"github.com/flamewatch/profiles/pkg/store/profile"
)

// Limits bound what a push may contain. The defaults are Pyroscope's, but for
// the size of a profile, of which Pyroscope takes 4 MiB.
type Limits struct {
	ProfileBytes    int           // of one profile, unpacked; default 16 MiB
	Samples         int           // of one profile; default 16,000
	Depth           int           // of a stack; deeper ones keep what is nearest to the root; default 1,000
	LabelNames      int           // of a series as pushed; default 30
	LabelNameBytes  int           // default 1,024
	LabelValueBytes int           // default 2,048
	MaxAge          time.Duration // how old a profile may be; default 1 h
	MaxAhead        time.Duration // how far in the future it may lie; default 10 min
}

// Fill puts the default in for every zero.
func (l *Limits) Fill() {
	fill(&l.ProfileBytes, 16<<20)
	fill(&l.Samples, 16_000)
	fill(&l.Depth, 1_000)
	fill(&l.LabelNames, 30)
	fill(&l.LabelNameBytes, 1_024)
	fill(&l.LabelValueBytes, 2_048)
	fill(&l.MaxAge, time.Hour)
	fill(&l.MaxAhead, 10*time.Minute)
}

func fill[T int | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// Series are raw profiles with the labels under which they are pushed.
type Series struct {
	Labels   []Label
	Profiles []RawProfile
}

// Label is a label as pushed.
type Label struct{ Name, Value string }

// RawProfile is a pprof message, plain or gzip-compressed, or one that was
// decoded already.
type RawProfile struct {
	Raw     []byte
	Decoded *profile.Profile
	ID      string // of the client; part of what makes a push the same push
}

// Refused is why a push was refused.
type Refused struct {
	Code   connect.Code
	Reason string // a word for metrics
	Text   string // a sentence for the sender
}

func (e *Refused) Error() string { return e.Text }

func refuse(code connect.Code, reason, format string, args ...any) error {
	return &Refused{code, reason, fmt.Sprintf(format, args...)}
}

// Database is where profiles go.
type Database interface {
	Append(ctx context.Context, tenant string, profiles []db.Pushed) error
}

// Ingester takes pushes in.
type Ingester struct {
	Limits Limits
	Now    func() time.Time
	DB     Database
	// Observe, where set, is told of every push that ended and how long it took.
	Observe func(taken Taken, took time.Duration, err error)
}

// Taken is what a push brought.
type Taken struct {
	Profiles int // stored, without those that had no samples
	Samples  int
	Bytes    int // unpacked
}

// Push stores all profiles of all series or, with an error, none of them. When
// it returns without an error they are on disk. Decoded profiles are freed.
func (in *Ingester) Push(ctx context.Context, tenant string, series []Series) error {
	began := time.Now()
	taken, err := in.push(ctx, tenant, series)
	if in.Observe != nil {
		in.Observe(taken, time.Since(began), err)
	}
	return err
}

func (in *Ingester) push(ctx context.Context, tenant string, series []Series) (Taken, error) {
	var taken Taken
	var pushed []db.Pushed
	ids := newProfileIDs()
	received := 0
	defer func() {
		for _, p := range pushed {
			p.Profile.Free()
		}
	}()
	for _, s := range series {
		for _, raw := range s.Profiles {
			received++
			if err := ctx.Err(); err != nil {
				return Taken{}, err
			}
			p, bytes, err := in.read(ctx, s.Labels, raw, ids)
			if err != nil {
				return Taken{}, err
			}
			taken.Bytes += bytes
			pushed = append(pushed, p)
			taken.Samples += len(p.Profile.Samples)
		}
	}
	if received == 0 {
		return Taken{}, refuse(connect.CodeInvalidArgument, "empty", "no profiles received")
	}
	taken.Profiles = len(pushed)
	if err := in.DB.Append(ctx, tenant, pushed); err != nil {
		return Taken{}, err
	}
	return taken, nil
}

// read checks and decodes one profile; bytes is its unpacked size.
func (in *Ingester) read(ctx context.Context, pushed []Label, raw RawProfile, ids *profileIDs) (p db.Pushed, bytes int, err error) {
	labels, err := in.checkLabels(pushed)
	if err != nil {
		return p, 0, err
	}
	p.Profile, p.Service = raw.Decoded, labels.service
	unpacked := raw.Raw
	if p.Profile == nil {
		if p.Profile, unpacked, err = in.decode(ctx, labels, raw.Raw); err != nil {
			return p, 0, err
		}
		defer profile.Recycle(raw.Raw, unpacked)
	}
	if err := in.check(labels, &p); err != nil {
		p.Profile.Free()
		return p, 0, err
	}
	p.ID = ids.of(pushed, unpacked, raw.ID, p.TimeMs)
	return p, len(unpacked), nil
}

// check holds a decoded profile to the rules and groups its samples.
func (in *Ingester) check(labels seriesLabels, p *db.Pushed) (err error) {
	if err := checkTypes(p.Profile); err != nil {
		return err
	}
	now := in.Now()
	p.TimeMs = now.UnixMilli()
	if p.Profile.TimeNanos != 0 {
		p.TimeMs = p.Profile.TimeNanos / int64(time.Millisecond)
	}
	if err := in.checkTime(labels, p.TimeMs, now); err != nil {
		return err
	}
	p.Profile.DropGoTypeParameters()
	p.Groups, err = in.group(labels, p.Profile)
	return err
}
