package datasource

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// inParts answers a question with JSON objects, one a line, as they become known.
func inParts(answer func(*Datasource, context.Context, *backend.CallResourceRequest, *lineWriter) error) func(*Datasource, context.Context, *backend.CallResourceRequest, backend.CallResourceResponseSender) error {
	return func(d *Datasource, ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
		w := &lineWriter{sender: sender}
		if err := guarded(ctx, func() error { return answer(d, ctx, req, w) }); err != nil {
			logFault(ctx, "Resource call", err)
			return w.fail(ctx, err)
		}
		return nil
	}
}

// lineWriter sends an answer in parts, a JSON object a line, as it becomes known.
type lineWriter struct {
	sender backend.CallResourceResponseSender
	begun  bool
}

func (w *lineWriter) send(line any) error {
	body, err := json.Marshal(line)
	if err != nil {
		return err
	}
	part := &backend.CallResourceResponse{Status: http.StatusOK, Body: append(body, '\n')}
	if !w.begun {
		// Without the last header a proxy may keep the parts back until the answer is whole.
		part.Headers = map[string][]string{"Content-Type": {"application/x-ndjson"}, "Cache-Control": {"no-store"}, "X-Accel-Buffering": {"no"}}
	}
	w.begun = true
	return w.sender.Send(part)
}

// fail answers a fault: as such before the first line, as the last line after it. Whoever went away gets nothing.
func (w *lineWriter) fail(ctx context.Context, err error) error {
	if !w.begun {
		return sendFault(w.sender, err)
	}
	if ctx.Err() != nil {
		return nil
	}
	return w.send(struct {
		Event   string `json:"event"`
		Message string `json:"message"`
	}{"failed", pyroscope.AsFault(err).Sentence})
}
