// Package networktest has listeners that do what no HTTP server does.
package networktest

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

// Connections returns the address, host:port, of a listener that hands every connection to meet and then closes it. It ends
// with the test.
func Connections(t testing.TB, meet func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			meet(connection)
			_ = connection.Close()
		}
	}()
	return listener.Addr().String()
}
