package hostpage

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"golang.org/x/sync/errgroup"
)

// Grafana gives a query 100 data points and a second per point when it names neither.
const (
	defaultMaxDataPoints = 100
	defaultIntervalMs    = 1000
)

// queryRequest is the body of Grafana's POST /api/ds/query.
type queryRequest struct {
	From    string            `json:"from"`
	To      string            `json:"to"`
	Queries []json.RawMessage `json:"queries"`
}

// queryEnvelope is the part of a query that Grafana itself reads.
type queryEnvelope struct {
	RefID      string `json:"refId"`
	QueryType  string `json:"queryType"`
	Datasource struct {
		UID string `json:"uid"`
	} `json:"datasource"`
	IntervalMs    float64 `json:"intervalMs"`
	MaxDataPoints int64   `json:"maxDataPoints"`
}

// userError is a mistake in the request; its text is shown to the user.
type userError struct{ text string }

func (e userError) Error() string { return e.text }

func badRequest(format string, args ...any) error { return userError{fmt.Sprintf(format, args...)} }

func (s *Server) handleQuery(w http.ResponseWriter, r *http.Request) {
	var request queryRequest
	if err := readJSON(w, r, &request); err != nil {
		writeError(w, http.StatusBadRequest, err.Error())
		return
	}
	byDatasource, err := groupQueries(request)
	if err != nil {
		writeError(w, http.StatusBadRequest, err.Error())
		return
	}

	responses := backend.Responses{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(r.Context())
	for uid, queries := range byDatasource {
		group.Go(func() error {
			ds, found := s.datasources.Get(uid)
			if !found {
				return badRequest("There is no datasource with the uid %q.", uid)
			}
			plugin, err := s.pluginContext(ds)
			if err != nil {
				return err
			}
			answer, err := s.backend.QueryData(ctx, &backend.QueryDataRequest{
				PluginContext: plugin, Headers: headersForBackend(r.Header), Queries: queries,
			})
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			for refID, response := range answer.Responses {
				responses[refID] = response
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		s.writeBackendError(w, r, err)
		return
	}
	writeQueryResponses(w, responses)
}

// groupQueries reads the queries and sorts them by the uid of their datasource.
func groupQueries(request queryRequest) (map[string][]backend.DataQuery, error) {
	if len(request.Queries) == 0 {
		return nil, badRequest("No queries found in the request.")
	}
	timeRange, err := parseRange(request.From, request.To)
	if err != nil {
		return nil, err
	}
	groups := map[string][]backend.DataQuery{}
	for _, raw := range request.Queries {
		var envelope queryEnvelope
		if err := json.Unmarshal(raw, &envelope); err != nil {
			return nil, badRequest("A query cannot be read: %v.", err)
		}
		if envelope.Datasource.UID == "" {
			return nil, badRequest("The query %q names no datasource.", envelope.RefID)
		}
		if envelope.Datasource.UID == "__expr__" {
			return nil, badRequest("Expressions (query %q) are evaluated by a real Grafana only.", envelope.RefID)
		}
		if envelope.RefID == "" {
			envelope.RefID = "A"
		}
		if envelope.IntervalMs <= 0 {
			envelope.IntervalMs = defaultIntervalMs
		}
		if envelope.MaxDataPoints <= 0 {
			envelope.MaxDataPoints = defaultMaxDataPoints
		}
		groups[envelope.Datasource.UID] = append(groups[envelope.Datasource.UID], backend.DataQuery{
			RefID: envelope.RefID, QueryType: envelope.QueryType, TimeRange: timeRange, JSON: raw,
			MaxDataPoints: envelope.MaxDataPoints,
			Interval:      time.Duration(envelope.IntervalMs * float64(time.Millisecond)),
		})
	}
	return groups, nil
}

// parseRange reads a range given in milliseconds since the epoch; the page sends no other form.
func parseRange(from, to string) (backend.TimeRange, error) {
	start, startErr := strconv.ParseInt(from, 10, 64)
	end, endErr := strconv.ParseInt(to, 10, 64)
	if err := errors.Join(startErr, endErr); err != nil {
		return backend.TimeRange{}, badRequest("The range %q to %q is not given in milliseconds.", from, to)
	}
	return backend.TimeRange{From: time.UnixMilli(start), To: time.UnixMilli(end)}, nil
}

// writeQueryResponses answers as Grafana does: 400 as soon as one query failed, frames of the others included.
func writeQueryResponses(w http.ResponseWriter, responses backend.Responses) {
	status := http.StatusOK
	for _, response := range responses {
		if response.Error != nil {
			status = http.StatusBadRequest
		}
	}
	writeJSON(w, status, &backend.QueryDataResponse{Responses: responses})
}
