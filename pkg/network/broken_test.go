package network

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// hangsUp returns the address of a listener that closes every connection after wait.
func hangsUp(t *testing.T, wait time.Duration) string {
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
			time.Sleep(wait)
			_ = connection.Close()
		}
	}()
	return listener.Addr().String()
}

func TestBroken(t *testing.T) {
	for range 50 { // whether the request is on its way before the connection closes is a race
		for _, wait := range []time.Duration{0, time.Millisecond} {
			client := http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Second}
			_, err := client.Get("http://" + hangsUp(t, wait))
			require.Error(t, err)
			require.True(t, Broken(err), "%v", err)
		}
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	_, refused := http.Get("http://" + closed.Addr().String())
	for _, err := range []error{nil, refused, errors.New("no"), context.Canceled, context.DeadlineExceeded} {
		require.False(t, Broken(err), "%v", err)
	}
	require.True(t, Broken(io.ErrUnexpectedEOF))
}
