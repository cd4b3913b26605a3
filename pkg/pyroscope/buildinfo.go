package pyroscope

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// BuildInfo is what a server says of itself. Fields are empty when the build did
// not set them.
type BuildInfo struct {
	Version   string `json:"version"`
	Revision  string `json:"revision"`
	Branch    string `json:"branch"`
	GoVersion string `json:"goVersion"`
}

// BuildInfo asks the server which version it is.
func (c *Client) BuildInfo(ctx context.Context) (BuildInfo, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/api/v1/status/buildinfo", nil)
	if err != nil {
		return BuildInfo{}, Faulty(BadQuery, fmt.Sprintf("The URL of the data source cannot be used: %s.", err), err)
	}
	resp, err := c.transport.Do(req)
	if err != nil {
		return BuildInfo{}, faultOfTransport(ctx, c.transport.redactorFor(ctx).Error(err), c.timeout)
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		Data *BuildInfo `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, errorBodyLimit)).Decode(&answer); err != nil || answer.Data == nil {
		return BuildInfo{}, Faulty(NotPyroscope, "The server answers, but not as Pyroscope does. Check the URL of the data source.", err)
	}
	return *answer.Data, nil
}
