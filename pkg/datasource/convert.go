package datasource

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/jfr"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// convertTime is how long a file may take.
const convertTime = 60 * time.Second

// converted is one profile of a file.
type converted struct {
	Name string `json:"name"`
	// Pprof is a pprof profile packed with gzip.
	Pprof []byte `json:"pprof"`
}

// convertJFR reads a file of Java's Flight Recorder that somebody opened: the body of the
// request, at most jfr.MaxBytes. It is kept nowhere. One file is read at a time, because
// each may take several times its size of memory.
func (d *Datasource) convertJFR(ctx context.Context, req *backend.CallResourceRequest) ([]converted, error) {
	ctx, stop := context.WithTimeout(ctx, convertTime)
	defer stop()
	select {
	case d.converting <- struct{}{}:
		defer func() { <-d.converting }()
	case <-ctx.Done():
		return nil, tooBusy(ctx)
	}
	start := time.Now()
	found, err := jfr.Convert(ctx, req.Body)
	var refused *jfr.Refused
	if errors.As(err, &refused) {
		return nil, pyroscope.Faulty(pyroscope.BadQuery, refused.Sentence, err)
	}
	if err != nil {
		return nil, tooBusy(ctx)
	}
	answer := make([]converted, len(found))
	for i, one := range found {
		var packed bytes.Buffer
		if err := one.Write(&packed); err != nil {
			return nil, pyroscope.Faulty(pyroscope.BadQuery, "The recording cannot be turned into profiles: "+err.Error(), err)
		}
		answer[i] = converted{Name: one.Name, Pprof: packed.Bytes()}
	}
	backend.Logger.FromContext(ctx).Info("Read a JFR file", "user", req.PluginContext.User.Login, "bytes", len(req.Body), "profiles", len(found), "duration", time.Since(start))
	return answer, nil
}

func tooBusy(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The file could not be read within %s. Try again later, or record a shorter time.", convertTime), ctx.Err())
	}
	return pyroscope.Faulty(pyroscope.Canceled, "The file was not read any further.", ctx.Err())
}
