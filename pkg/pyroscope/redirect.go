package pyroscope

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is as many as a server may need to find itself.
const maxRedirects = 10

// sameServer lets a redirect pass that stays on its server, or only becomes encrypted. Credentials and tenant go along
// with each request, so that another server would get them, and it would be the redirect that chose what is called.
func sameServer(next *http.Request, before []*http.Request) error {
	if len(before) >= maxRedirects {
		return errors.New("the server redirects in circles")
	}
	from, to := before[0].URL, next.URL
	stays := sameOrigin(from, to)
	becomesEncrypted := from.Scheme == "http" && to.Scheme == "https" && strings.EqualFold(from.Hostname(), to.Hostname())
	if !stays && !becomesEncrypted || to.User != nil {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && portOf(a) == portOf(b)
}

func portOf(address *url.URL) string {
	switch port := address.Port(); {
	case port != "":
		return port
	case address.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}
