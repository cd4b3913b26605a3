package capture

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/flamewatch/profiles/pkg/redact"
)

const (
	// maxBytes of one profile, as it arrives.
	maxBytes = 64 << 20
	// maxExplained is how much of an answer that is an error is read for its explanation.
	maxExplained = 64 << 10
)

// slack is what a take may last beyond the seconds it records; tests cannot wait that long.
var slack = 30 * time.Second

// Taken is one profile that was captured.
type Taken struct {
	Bytes []byte
	// At is when the take began.
	At time.Time
}

// Take makes a capture: one profile, the two of a pair, or the difference of two. progress is called from one goroutine;
// an error of it ends the capture. Every error is a *Problem, or the context's.
func (s *Slots) Take(ctx context.Context, p Plan, progress func(Progress) error) ([]Taken, error) {
	release, err := s.take(p)
	if err != nil {
		return nil, err
	}
	defer release()
	ctx, told := tell(ctx, progress)
	defer told.stop()

	first, err := p.once(ctx, told, 1)
	if err != nil {
		return nil, err
	}
	if p.Mode == Once {
		return []Taken{first}, nil
	}
	if !p.Profile.Lasts {
		told.begin(Progress{Phase: "waiting", Take: 1, Takes: 2, Of: float64(p.Seconds)})
		select {
		case <-time.After(time.Duration(p.Seconds) * time.Second):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	second, err := p.once(ctx, told, 2)
	if err != nil {
		return nil, err
	}
	if p.Mode == Pair {
		return []Taken{first, second}, nil
	}
	added, err := Difference(first.Bytes, second.Bytes)
	return []Taken{{Bytes: added, At: first.At}}, err
}

// address of the endpoint: the administrator's, with a name and a number of ours.
func (p Plan) address() string {
	query := p.Profile.query
	if p.Profile.Lasts {
		query = url.Values{"seconds": {strconv.Itoa(p.Seconds)}}.Encode()
	}
	joined := p.Instance.base.JoinPath(p.Target.path, p.Profile.endpoint)
	joined.RawQuery = query
	return joined.String()
}

// turnTime is how long a take waits for its turn where a Go program records a CPU profile already, and turnEvery how
// often it asks: a continuous profiler that pulls leaves gaps of a second or more. Tests cannot wait that long.
var (
	turnTime  = 20 * time.Second
	turnEvery = 400 * time.Millisecond
)

// refusedWithin is how soon a program refuses that records already; when it has not, it is recording.
const refusedWithin = 300 * time.Millisecond

// once takes one profile, when it is its turn.
func (p Plan) once(ctx context.Context, told *teller, take int) (Taken, error) {
	until := time.Now().Add(turnTime)
	for asked := false; ; asked = true {
		taken, err := p.ask(ctx, told, take, asked)
		if err == nil || AsProblem(err).Status != busy || time.Now().After(until) {
			return taken, err
		}
		if !asked {
			told.begin(Progress{Phase: "queueing", Take: take, Takes: p.takes()})
		}
		select {
		case <-time.After(turnEvery):
		case <-ctx.Done():
			return taken, ctx.Err()
		}
	}
}

// ask takes one profile if the program lets it.
func (p Plan) ask(ctx context.Context, told *teller, take int, again bool) (Taken, error) {
	taken := Taken{At: time.Now()}
	phase := Progress{Phase: "recording", Take: take, Takes: p.takes()}
	limit := slack
	if p.Profile.Lasts {
		phase.Of = float64(p.Seconds)
		limit += time.Duration(p.Seconds) * time.Second
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, problem(late, fmt.Sprintf(
		"%s did not answer within %s. It may be overloaded, out of reach behind a firewall or a network policy, or something between limits how long an answer may take: ask for fewer seconds.",
		p.Target.Name, limit), nil))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address(), http.NoBody)
	if err != nil {
		return taken, problem(badRequest, "The address of the target cannot be called.", err)
	}
	p.Target.authorise(request)
	if again {
		defer time.AfterFunc(refusedWithin, func() { told.begin(phase) }).Stop()
	} else {
		told.begin(phase)
	}
	answer, err := p.Target.client.Do(request)
	if err != nil {
		return taken, p.explainTransport(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, maxExplained))
		return taken, p.explainAnswer(answer, p.Target.redactor().Text(string(said)))
	}
	var whole bytes.Buffer
	if _, err := io.Copy(io.MultiWriter(&whole, told), io.LimitReader(answer.Body, maxBytes+1)); err != nil {
		return taken, p.explainTransport(ctx, err)
	}
	if whole.Len() > maxBytes {
		return taken, problem(tooLarge, fmt.Sprintf("The profile of %s is larger than %d MiB. Record fewer seconds.", p.Target.Name, maxBytes>>20), nil)
	}
	taken.Bytes = whole.Bytes()
	return taken, p.checkLooks(taken.Bytes)
}

func (p Plan) takes() int {
	if p.Mode == Once {
		return 1
	}
	return 2
}

func (t *Target) authorise(request *http.Request) {
	request.Header.Set("User-Agent", "flamewatch-capture")
	switch {
	case t.secrets.bearerToken != "":
		request.Header.Set("Authorization", "Bearer "+t.secrets.bearerToken)
	case t.basicAuthUser != "":
		request.SetBasicAuth(t.basicAuthUser, t.secrets.basicAuthPassword)
	}
}

// redactor takes the target's secrets out of what it answers.
func (t *Target) redactor() redact.Redactor {
	return redact.New(t.basicAuthUser, t.secrets.bearerToken, t.secrets.basicAuthPassword, t.secrets.tlsClientKey)
}
