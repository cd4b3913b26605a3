package hostpage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
)

// ErrBackendClosed is the answer to a call after Close.
var ErrBackendClosed = errors.New("the plugin backend has been stopped")

// Backend is a plugin's backend binary as a child process, spoken to over Grafana's plugin protocol. It starts with the
// first call and again with the first call after it died, as Grafana restarts it.
type Backend struct {
	executable string
	logger     hclog.Logger

	mu      sync.Mutex
	client  *goplugin.Client
	clients *protocolClients
	closed  bool
}

// protocolClients are the parts of Grafana's plugin protocol that the page needs.
type protocolClients struct {
	queries     grpcplugin.DataClient
	resources   grpcplugin.ResourceClient
	diagnostics grpcplugin.DiagnosticsClient
}

// ExecutableName is the file name that Grafana looks for on this platform, given `executable` of plugin.json.
func ExecutableName(executable string) string {
	name := fmt.Sprintf("%s_%s_%s", executable, runtime.GOOS, runtime.GOARCH)
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return name
}

// NewBackend prepares the binary at path; what it logs goes to logs.
func NewBackend(path string, logs io.Writer) (*Backend, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("there is no plugin backend %s; build it with `npm run build`", filepath.Base(path))
	}
	logger := hclog.New(&hclog.LoggerOptions{Name: "backend", Output: logs, Level: hclog.Info})
	return &Backend{executable: path, logger: logger}, nil
}

// connect returns the clients of the running process and starts one if none runs.
func (b *Backend) connect() (*protocolClients, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, ErrBackendClosed
	}
	if b.client != nil && !b.client.Exited() {
		return b.clients, nil
	}
	if b.client != nil {
		b.logger.Warn("the plugin backend ended by itself and is started again")
		b.client.Kill()
	}

	command := exec.Command(b.executable)
	endWithParent(command)
	client := goplugin.NewClient(&goplugin.ClientConfig{
		Cmd: command,
		HandshakeConfig: goplugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]goplugin.PluginSet{
			grpcplugin.ProtocolVersion: {
				"data":        &grpcplugin.DataGRPCPlugin{},
				"resource":    &grpcplugin.ResourceGRPCPlugin{},
				"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
			},
		},
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		Logger:           b.logger,
	})
	clients, err := dispense(client)
	if err != nil {
		client.Kill()
		return nil, fmt.Errorf("the plugin backend %s did not start: %w", filepath.Base(b.executable), err)
	}
	b.client, b.clients = client, clients
	return clients, nil
}

func dispense(client *goplugin.Client) (*protocolClients, error) {
	protocol, err := client.Client()
	if err != nil {
		return nil, err
	}
	var clients protocolClients
	if clients.queries, err = dispenseAs[grpcplugin.DataClient](protocol, "data"); err != nil {
		return nil, err
	}
	if clients.resources, err = dispenseAs[grpcplugin.ResourceClient](protocol, "resource"); err != nil {
		return nil, err
	}
	if clients.diagnostics, err = dispenseAs[grpcplugin.DiagnosticsClient](protocol, "diagnostics"); err != nil {
		return nil, err
	}
	return &clients, nil
}

func dispenseAs[T any](protocol goplugin.ClientProtocol, name string) (T, error) {
	var none T
	dispensed, err := protocol.Dispense(name)
	if err != nil {
		return none, err
	}
	client, ok := dispensed.(T)
	if !ok {
		return none, fmt.Errorf("the service %q of the plugin protocol is of type %T", name, dispensed)
	}
	return client, nil
}

// QueryData runs queries; the answer's frames are decoded.
func (b *Backend) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	clients, err := b.connect()
	if err != nil {
		return nil, err
	}
	answer, err := clients.queries.QueryData(ctx, backend.ToProto().QueryDataRequest(req))
	if err != nil {
		return nil, err
	}
	return backend.FromProto().QueryDataResponse(answer)
}

// CheckHealth asks the backend whether the datasource can be reached.
func (b *Backend) CheckHealth(ctx context.Context, plugin backend.PluginContext) (*backend.CheckHealthResult, error) {
	clients, err := b.connect()
	if err != nil {
		return nil, err
	}
	answer, err := clients.diagnostics.CheckHealth(ctx, &pluginv2.CheckHealthRequest{
		PluginContext: backend.ToProto().PluginContext(plugin),
	})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().CheckHealthResponse(answer), nil
}

// CallResource calls one of the backend's own routes; send is called once per part of the answer, the first part
// carrying status and headers.
func (b *Backend) CallResource(
	ctx context.Context, req *backend.CallResourceRequest, send func(*backend.CallResourceResponse) error,
) error {
	clients, err := b.connect()
	if err != nil {
		return err
	}
	stream, err := clients.resources.CallResource(ctx, backend.ToProto().CallResourceRequest(req))
	if err != nil {
		return err
	}
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := send(backend.FromProto().CallResourceResponse(part)); err != nil {
			return err
		}
	}
}

// Close ends the process and waits until it is gone.
func (b *Backend) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.client != nil {
		b.client.Kill()
		b.client, b.clients = nil, nil
	}
}
