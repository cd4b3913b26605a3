package datasource

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/capture"
)

// captures are the targets of a data source, and the captures under way.
type captures struct {
	targets []capture.Target
	slots   capture.Slots
	// fault is what is wrong with the list of targets, leftOut with single ones; queries work without them.
	fault   error
	leftOut []string
}

func (c *captures) read(list []byte, secrets map[string]string) {
	targets, leftOut, err := capture.ParseTargets(list, secrets)
	if err != nil {
		c.fault = badSetting("captureTargets", "cannot be used: "+err.Error(), err)
	}
	c.targets = targets
	for _, one := range leftOut {
		c.leftOut = append(c.leftOut, badSetting("captureTargets", "has a target that cannot be used: "+one.Error(), one).Error())
	}
}

func (c *captures) close() {
	for i := range c.targets {
		c.targets[i].Close()
	}
}

// captureTarget is what users are told of a target: no address, no secret.
type captureTarget struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Kind        capture.Kind      `json:"kind"`
	Instances   []string          `json:"instances"`
	Labels      map[string]string `json:"labels"`
	MostSeconds int               `json:"mostSeconds"`
}

// captureTargets is the answer to captures/targets.
type captureTargets struct {
	Targets []captureTarget `json:"targets"`
	// LeftOut says which others are in the settings and cannot be used, and why.
	LeftOut []string `json:"leftOut,omitempty"`
}

func (d *Datasource) captureTargets(context.Context, *backend.CallResourceRequest) (captureTargets, error) {
	if d.captures.fault != nil {
		return captureTargets{}, d.captures.fault
	}
	all := captureTargets{Targets: make([]captureTarget, 0, len(d.captures.targets)), LeftOut: d.captures.leftOut}
	for _, target := range d.captures.targets {
		one := captureTarget{ID: target.ID, Name: target.Name, Kind: target.Kind, Labels: target.Labels, MostSeconds: target.MostSeconds}
		for _, instance := range target.Instances {
			one.Instances = append(one.Instances, instance.Name)
		}
		all.Targets = append(all.Targets, one)
	}
	return all, nil
}

// capturePart is one line of the answer to take: progress, then either what was captured or what went wrong.
type capturePart struct {
	Progress *capture.Progress `json:"progress,omitempty"`
	Profiles []capturedProfile `json:"profiles,omitempty"`
	Problem  *captureProblem   `json:"problem,omitempty"`
}

// capturedProfile announces the bytes of a profile. They follow the last line, one profile after the other.
type capturedProfile struct {
	Bytes int   `json:"bytes"`
	At    int64 `json:"at"` // when the take began, milliseconds since the epoch
}

type captureProblem struct {
	Message string `json:"message"`
	Status  int    `json:"status"`
	// Remedy is what to copy and apply, if there is such a thing.
	Remedy string `json:"remedy,omitempty"`
}

// sentAtOnce is how many bytes of a profile go into one message to Grafana.
const sentAtOnce = 1 << 20

// takeCapture makes a capture while its caller listens. The answer is lines of JSON, see capturePart, then bytes; it
// begins with the first progress, so that a refusal before has an HTTP status of its own.
func (d *Datasource) takeCapture(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	if len(req.Body) > largestBody {
		return sendFault(sender, tooLong(req.Body))
	}
	var ask capture.Ask
	decoder := json.NewDecoder(bytes.NewReader(req.Body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&ask); err != nil {
		return sendFault(sender, notAnswered(http.StatusBadRequest, "What to capture cannot be read: "+shorten(err.Error())))
	}
	if d.captures.fault != nil {
		return sendFault(sender, d.captures.fault)
	}
	began := time.Now()
	stream := &captureStream{sender: sender}
	var taken []capture.Taken
	err := guarded(ctx, func() error {
		plan, err := ask.Plan(d.captures.targets)
		if err != nil {
			return err
		}
		taken, err = d.captures.slots.Take(ctx, plan, func(now capture.Progress) error { return stream.line(capturePart{Progress: &now}) })
		return err
	})
	logCapture(ctx, req.PluginContext.User.Login, ask, taken, time.Since(began), err)
	if err != nil {
		found := capture.AsProblem(err)
		if !stream.begun {
			return sendJSON(sender, found.Status, captureProblem{Message: found.Sentence, Status: found.Status, Remedy: found.Remedy})
		}
		return stream.line(capturePart{Problem: &captureProblem{Message: found.Sentence, Status: found.Status, Remedy: found.Remedy}})
	}
	last := capturePart{}
	for _, one := range taken {
		last.Profiles = append(last.Profiles, capturedProfile{Bytes: len(one.Bytes), At: one.At.UnixMilli()})
	}
	if err := stream.line(last); err != nil {
		return err
	}
	for _, one := range taken {
		for rest := one.Bytes; len(rest) > 0; {
			n := min(len(rest), sentAtOnce)
			if err := stream.send(rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
	}
	return nil
}

// captureStream sends an answer in parts, the first with its status.
type captureStream struct {
	sender backend.CallResourceResponseSender
	begun  bool
}

func (s *captureStream) line(part capturePart) error {
	text, err := json.Marshal(part)
	if err != nil {
		return err
	}
	return s.send(append(text, '\n'))
}

func (s *captureStream) send(body []byte) error {
	part := &backend.CallResourceResponse{Body: body}
	if !s.begun {
		s.begun = true
		part.Status = http.StatusOK
		// Nothing between may hold parts back, or take them for a page.
		part.Headers = map[string][]string{
			"Content-Type": {"application/octet-stream"}, "Cache-Control": {"no-store"}, "X-Accel-Buffering": {"no"},
			"X-Content-Type-Options": {"nosniff"},
		}
	}
	return s.sender.Send(part)
}

// logCapture says who captured what. Names are those of the settings, or clipped.
func logCapture(ctx context.Context, login string, ask capture.Ask, taken []capture.Taken, took time.Duration, err error) {
	size := 0
	for _, one := range taken {
		size += len(one.Bytes)
	}
	log := backend.Logger.FromContext(ctx).With("user", login, "target", shorten(ask.Target), "instance", shorten(ask.Instance),
		"profile", shorten(ask.Profile), "mode", shorten(string(ask.Mode)), "seconds", ask.Seconds, "duration", took.Round(time.Millisecond).String(), "bytes", size)
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	capturesTaken.WithLabelValues(outcome).Inc()
	if err != nil {
		found := capture.AsProblem(err)
		log.Warn("Capture failed", "error", found.Sentence, "cause", found.Cause)
		return
	}
	log.Info("Captured a profile")
}
