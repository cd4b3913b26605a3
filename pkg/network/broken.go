// Package network tells what a failed call over the network means, for every client that explains it in its own words.
package network

import (
	"errors"
	"io"
	"net"
	"strings"
)

// Broken tells whether err says that a connection that stood ended before the answer was whole.
//
// net/http keeps the error of a connection that is closed before the request is written to itself
// (errServerClosedIdle in transport.go), so its text is what there is to know it by.
func Broken(err error) bool {
	var operation *net.OpError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &operation) && operation.Op != "dial" ||
		err != nil && strings.HasSuffix(err.Error(), "http: server closed idle connection")
}
