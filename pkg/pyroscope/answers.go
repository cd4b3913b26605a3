package pyroscope

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/flamewatch/profiles/pkg/redact"
)

// faultOfAnswer makes a fault of an answer that is no Connect message: an error
// status, or a success with the wrong content. body is the start of its body.
// Nothing that hides takes out is repeated, in whichever spelling it came.
func faultOfAnswer(status int, contentType string, body []byte, hides redact.Redactor) *Fault {
	wire := readWireError(body)
	wire.Message, wire.Code = hides.Text(wire.Message), hides.Text(wire.Code)
	contentType, body = hides.Text(contentType), []byte(hides.Text(string(body)))
	fault := &Fault{Status: status, Code: wire.Code, Message: wire.Message, page: isHTML(contentType, body)}
	fault.Cause = fmt.Errorf("HTTP %d, %q: %s", status, contentType, excerpt(string(body)))
	message := strings.TrimSpace(wire.Message)
	if message == "" && strings.HasPrefix(contentType, "text/plain") && !fault.page {
		message = strings.Join(strings.Fields(string(body)), " ") // proxies and servers that start say so
	}
	switch {
	case status == http.StatusOK && fault.page:
		fault.Class = NotPyroscope
		fault.Sentence = "The server answered with a web page instead of profiles. Check the URL of the data source: " +
			"it may point at a user interface, or at a login page in front of Pyroscope."
	case status < 300:
		fault.Class = NotPyroscope
		fault.Sentence = fmt.Sprintf("The server answered with %s instead of profiles. "+
			"Check that the URL of the data source is that of a Pyroscope server.", orNothing(contentType))
	case status >= 300 && status < 400:
		fault.Class = NotPyroscope
		fault.Sentence = fmt.Sprintf("The server redirects elsewhere (HTTP %d). Enter the final URL in the data source; "+
			"if that is a login page, give the data source credentials that the server takes.", status)
	case status == http.StatusUnauthorized:
		fault.Class = Refused
		fault.Sentence = withMessage("Pyroscope refused the credentials (HTTP 401)", message) +
			" Check authentication and tenant in the settings of the data source."
	case status == http.StatusForbidden:
		fault.Class = Refused
		fault.Sentence = withMessage("Pyroscope does not allow this query (HTTP 403)", message) +
			" Check the rights of the user or token in the settings of the data source."
	case status == http.StatusNotImplemented, wire.Code == "unimplemented",
		status == http.StatusNotFound && wire.Code == "", status == http.StatusMethodNotAllowed,
		status == http.StatusUnsupportedMediaType:
		// The caller knows which call it was and says so.
		fault.Class = Unsupported
		fault.Sentence = fmt.Sprintf("The server does not know the call (HTTP %d).", status)
	case status == http.StatusTooManyRequests, wire.Code == "resource_exhausted":
		fault.Class = Refused
		fault.Sentence = withMessage("Pyroscope refused the query because of a limit", message) +
			" Narrow the range or the selector, or try again later."
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		fault.Class = Down
		fault.Sentence = withMessage(fmt.Sprintf("Pyroscope is not available at the moment (HTTP %d)", status), message) +
			" Try again, or look at the server."
	case status == http.StatusBadRequest && wire.Code == "" && strings.Contains(string(body), "HTTPS"):
		// What Go's and nginx' TLS ports say to plain HTTP.
		fault.Class = NotPyroscope
		fault.Sentence = "The server expects TLS at this address. Use https:// in the URL of the data source."
	case status < 500 || userMistake(message):
		fault.Class = BadQuery
		fault.Sentence = withMessage("Pyroscope cannot answer this query", plainMessage(message))
	default:
		fault.Class = Refused
		fault.Sentence = withMessage(fmt.Sprintf("Pyroscope failed while answering (HTTP %d)", status), plainMessage(message)) +
			" The server's log says more."
	}
	return fault
}

// userMistake recognises mistakes of the query that a Pyroscope server finds
// late and reports as its own failure, HTTP 500.
func userMistake(message string) bool {
	return strings.Contains(message, "code = InvalidArgument") || strings.Contains(message, "invalid span id") ||
		strings.Contains(message, "invalid trace id") || strings.Contains(message, "invalid UUID")
}

// plainMessage cuts the wrapping of errors that passed through gRPC.
func plainMessage(message string) string {
	for {
		_, inner, found := strings.Cut(message, " desc = ")
		if !found {
			return message
		}
		message = inner
	}
}

func withMessage(sentence, message string) string {
	if message == "" {
		return sentence + "."
	}
	return sentence + ": " + strings.TrimRight(excerpt(message), ".") + "."
}

func isHTML(contentType string, body []byte) bool {
	return strings.Contains(contentType, "html") || strings.HasPrefix(http.DetectContentType(body), "text/html")
}

func orNothing(contentType string) string {
	if contentType == "" {
		return "something without a content type"
	}
	return contentType
}

// excerpt keeps the first 300 characters of a text of unknown length.
func excerpt(text string) string {
	const most = 300
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
