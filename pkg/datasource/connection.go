package datasource

import (
	"context"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// connectionOptions reads Grafana's HTTP settings: basic authentication, headers,
// TLS, the secure SOCKS proxy, and the headers to forward (OAuth, cookies).
func connectionOptions(ctx context.Context, instance backend.DataSourceInstanceSettings, s Settings) (options httpclient.Options, err error) {
	defer func() {
		if broken := recover(); broken != nil { // so the SDK answers a value of another kind
			err = badSetting("jsonData", fmt.Sprintf("holds a value of the wrong kind (%v)", broken), nil)
		}
	}()
	options, err = instance.HTTPClientOptions(ctx)
	if err != nil {
		return options, badSetting("connection", "cannot be used: "+err.Error(), err)
	}
	options.Timeouts.Timeout = s.Timeout
	options.Middlewares = append(httpclient.DefaultMiddlewares(), forward())
	return options, nil
}
