package capture

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a user sends chooses among what an administrator wrote; nothing of it may become an address.
func TestNothingThatAUserWritesIsAsked(t *testing.T) {
	var asked atomic.Int32
	server := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	targets := targetAt(t, server.URL, map[string]any{"instances": []any{map[string]any{"name": "two", "url": server.URL}}}, nil)
	elsewhere := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) }).URL
	for _, ask := range []Ask{
		{Target: ""}, {Target: "../shop"}, {Target: "shop/../other"}, {Target: elsewhere}, {Target: "Shop"}, {Target: "shop\x00"}, {Target: "shop "},
		{Target: strings.Repeat("x", 1<<20)},
		{Target: "shop", Profile: ""}, {Target: "shop", Profile: "../../metrics"}, {Target: "shop", Profile: "heap?debug=1"},
		{Target: "shop", Profile: "heap#"}, {Target: "shop", Profile: "%2e%2e/cmdline"}, {Target: "shop", Profile: "cmdline"},
		{Target: "shop", Profile: "profile"}, {Target: "shop", Profile: "//" + elsewhere}, {Target: "shop", Profile: "HEAP"},
		{Target: "shop", Profile: "heap", Instance: elsewhere}, {Target: "shop", Profile: "heap", Instance: "two/.."},
		{Target: "shop", Profile: "heap", Instance: "@" + elsewhere}, {Target: "shop", Profile: "heap", Seconds: 5},
		{Target: "shop", Profile: "heap", Mode: "twice"}, {Target: "shop", Profile: "heap", Mode: Delta},
		{Target: "shop", Profile: "goroutine", Mode: Delta, Seconds: 5}, {Target: "shop", Profile: "trace", Mode: Pair, Seconds: 5},
		{Target: "shop", Profile: "cpu"}, {Target: "shop", Profile: "cpu", Seconds: -1}, {Target: "shop", Profile: "cpu", Seconds: 121},
		{Target: "shop", Profile: "cpu", Seconds: 1 << 62}, {Target: "shop", Profile: "heap", Mode: Pair, Seconds: 1 << 62},
	} {
		_, err := ask.Plan(targets)
		require.Error(t, err, "%.200v", ask)
		require.Contains(t, []int{badRequest, notFound}, AsProblem(err).Status)
		require.Less(t, len(err.Error()), 500, "what was written is repeated in part only")
	}
	require.Zero(t, asked.Load())
}

func TestAddressesThatHideOthers(t *testing.T) {
	for says, settings := range map[string]map[string]any{
		"has no url":                   {"url": ""},
		"is not like https://":         {"url": "file:///etc/passwd"},
		`"gopher://shop" is not like`:  {"url": "gopher://shop"},
		"url cannot be read":           {"url": "http://[shop"},
		`"//shop:1" is not like`:       {"url": "//shop:1"},
		`"http://:80" is not like`:     {"url": "http://:80"},
		"user name or password in it":  {"url": "http://shop:80@other:90"},
		"has a ? or # part":            {"url": "http://shop?url=http://other"},
		`"http://shop#x" has a ? or #`: {"url": "http://shop#x"},
		"is not a plain path":          {"path": "/debug/../../admin"},
		`"/debug/%2e%2e" is not`:       {"path": "/debug/%2e%2e"},
		`"debug" is not`:               {"path": "debug"},
		`"/debug?a=b" is not`:          {"path": "/debug?a=b"},
		`"\\evil" is not`:              {"path": `\evil`},
		`the id "../x" is not`:         {"id": "../x"},
		`the id "a.bearerToken" is`:    {"id": "a.bearerToken"},
		`the kind "root" is not`:       {"kind": "root"},
		"mostSeconds is 601":           {"mostSeconds": 601},
		"atOnce is -1":                 {"atOnce": -1},
		`two instances are called "a"`: {"instances": []any{map[string]any{"name": "a", "url": "http://a"}, map[string]any{"name": "a", "url": "http://b"}}},
		`"__name__" is not the name`:   {"labels": map[string]string{"__name__": "x"}},
		"not a pair of PEM texts":      {"id": "keys"},
		"CA certificate is not PEM":    {"id": "ca"},
	} {
		one := map[string]any{"id": "shop", "name": "Shop", "url": "http://shop"}
		for key, value := range settings {
			one[key] = value
		}
		list, err := json.Marshal([]any{one})
		require.NoError(t, err)
		targets, leftOut, err := ParseTargets(list, map[string]string{"capture.keys.tlsClientKey": "secret", "capture.ca.tlsCACert": "secret"})
		require.NoError(t, err)
		require.Empty(t, targets)
		require.Len(t, leftOut, 1)
		require.ErrorContains(t, leftOut[0], says)
		require.NotContains(t, leftOut[0].Error(), "secret")
		require.NotContains(t, leftOut[0].Error(), "shop:80", "an address with a password is not repeated")
	}
	_, _, err := ParseTargets([]byte(`{"id":"a"}`), nil)
	require.ErrorContains(t, err, "not a list of targets")
}

// One mistake does not take the others away from who needs them now.
func TestTargetsWithAMistakeAreLeftOut(t *testing.T) {
	list := `[{"id":"a","url":"http://a"},{"id":"b","url":"ftp://b"},{"id":"a","url":"http://c"},{"id":"d","url":"http://d"}]`
	targets, leftOut, err := ParseTargets([]byte(list), nil)
	require.NoError(t, err)
	require.Len(t, targets, 2)
	require.Equal(t, "a", targets[0].Instances[0].Name)
	require.Equal(t, "d", targets[1].ID)
	require.Len(t, leftOut, 2)
	require.ErrorContains(t, leftOut[0], "capture target 2 (b)")
	require.ErrorContains(t, leftOut[1], `capture target 3 (a): the id "a" is another target's already`)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var asked atomic.Int32
	other := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			require.Equal(t, "Bearer secret", r.Header.Get("Authorization"))
			http.Redirect(w, r, other.URL+"/debug/pprof/heap", status)
		})
		found := problemOf(t, targetAt(t, server.URL, nil, map[string]string{"capture.shop.bearerToken": "secret"}))
		require.Contains(t, found.Sentence, "answers with a redirect to "+other.URL)
	}
	require.Zero(t, asked.Load())
}

func TestLinkLocalAddressesAreNotDialled(t *testing.T) {
	for _, host := range []string{"169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]", "224.0.0.1",
		"168.63.129.16", "100.100.100.200", "192.0.0.192", "[fd20:ce::254]", "[64:ff9b::a9fe:a9fe]", "[::169.254.169.254]"} {
		found := problemOf(t, targetAt(t, "http://"+host, nil, nil))
		require.Contains(t, found.Sentence, "is a link-local address", host)
	}
}

// The owner of a name may answer with another address each time: the one that was judged is the one that is dialled.
func TestNamesThatChangeTheirAddress(t *testing.T) {
	before := lookUp
	t.Cleanup(func() { lookUp = before })
	server := serve(t, program().ServeHTTP)
	address := strings.Replace(server.URL, "127.0.0.1", "rebinding.example", 1)
	var asked []string
	answers := func(all ...[]string) {
		asked = nil
		lookUp = func(_ context.Context, _, host string) (found []netip.Addr, err error) {
			for _, one := range all[min(len(asked), len(all)-1)] {
				found = append(found, netip.MustParseAddr(one))
			}
			asked = append(asked, host)
			return found, nil
		}
	}
	answers([]string{"127.0.0.1"}, []string{"169.254.169.254"})
	_, err := take(t, targetAt(t, address, nil, nil), Ask{Profile: "heap"})
	require.NoError(t, err)
	require.Equal(t, []string{"rebinding.example"}, asked)
	// Of several addresses only harmless ones are dialled, and a name with none is refused.
	answers([]string{"169.254.169.254", "127.0.0.1"})
	_, err = take(t, targetAt(t, address, nil, nil), Ask{Profile: "heap"})
	require.NoError(t, err)
	answers([]string{"169.254.169.254", "fe80::1"})
	require.Contains(t, problemOf(t, targetAt(t, address, nil, nil)).Sentence, "rebinding.example:"+strings.Split(address, ":")[2]+" is a link-local address")
}

// What a target repeats of its request stays secret, also where that is no HTTP, or the place of a redirect.
func TestTargetsThatRepeatTheirToken(t *testing.T) {
	const token = `s3cr3t"<&tok/en`
	for name, answer := range map[string]http.HandlerFunc{
		"JSON": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(500)
			_ = json.NewEncoder(w).Encode(map[string]string{"message": r.Header.Get("Authorization")})
		},
		"text": func(w http.ResponseWriter, r *http.Request) { http.Error(w, r.Header.Get("Authorization"), 500) },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "https://user:pass-word@login.example/"+url.PathEscape(token)+"?token="+token+"#"+token)
			w.WriteHeader(302)
		},
		"no HTTP": func(w http.ResponseWriter, r *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nasked with %s\r\n\r\n", r.Header.Get("Authorization"))
				_ = connection.Close()
			}
		},
		"reason": func(w http.ResponseWriter, r *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(connection, "HTTP/1.1 500 Asked with %s\r\nContent-Length: 0\r\n\r\n", r.Header.Get("Authorization"))
				_ = connection.Close()
			}
		},
	} {
		server := serve(t, answer)
		found := problemOf(t, targetAt(t, server.URL, nil, map[string]string{"capture.shop.bearerToken": token}))
		for _, said := range []string{found.Sentence, found.Remedy, fmt.Sprintf("%+v", found.Cause)} {
			require.NotContains(t, said, "s3cr3t", name)
			require.NotContains(t, said, "pass-word", name)
		}
	}
}
