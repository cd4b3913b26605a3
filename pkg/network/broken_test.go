package network_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/network"
	"github.com/flamewatch/profiles/pkg/network/networktest"
)

func TestBroken(t *testing.T) {
	for range 50 { // whether the request is on its way before the connection closes is a race
		for _, wait := range []time.Duration{0, time.Millisecond} {
			client := http.Client{Transport: &http.Transport{}, Timeout: 5 * time.Second}
			_, err := client.Get("http://" + networktest.Connections(t, func(net.Conn) { time.Sleep(wait) }))
			require.Error(t, err)
			require.True(t, network.Broken(err), "%v", err)
		}
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	_, refused := http.Get("http://" + closed.Addr().String())
	for _, err := range []error{nil, refused, errors.New("no"), context.Canceled, context.DeadlineExceeded} {
		require.False(t, network.Broken(err), "%v", err)
	}
	require.True(t, network.Broken(io.ErrUnexpectedEOF))
}
