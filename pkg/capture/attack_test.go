package capture

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

func TestHugeAnswer(t *testing.T) {
	var sent atomic.Int64
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		part := make([]byte, 1<<20)
		for {
			n, err := w.Write(part)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, tooLarge, found.Status)
	require.Contains(t, found.Sentence, "larger than 64 MiB")
	require.Less(t, sent.Load(), int64(maxBytes+32<<20), "no more is read than what is under way")
}

// field is a length-delimited field of a message.
func field(number uint64, content []byte) []byte {
	return append(binary.AppendUvarint(binary.AppendUvarint(nil, number<<3|message), uint64(len(content))), content...)
}

func TestBombs(t *testing.T) {
	bomb := func() []byte {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
		_, _ = w.Write(field(sampleTypeField, []byte{8, 1}))
		zeros := field(2, make([]byte, 32<<20))
		for range 9 {
			_, _ = w.Write(zeros)
		}
		_ = w.Close()
		return packed.Bytes()
	}()
	require.Less(t, len(bomb), 4<<20)
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bomb) })
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, tooLarge, found.Status)
	require.Contains(t, found.Sentence, "unpacks to more than 256 MiB")

	_, err := Difference(bomb, bomb)
	require.ErrorContains(t, err, "unpacks to more than 64 MiB")
}

// A profile that is small as bytes and large in memory is not parsed.
func TestProfilesThatGrowInMemory(t *testing.T) {
	const most = 10 << 20
	fill := func(one []byte) []byte { return bytes.Repeat(one, most/len(one)) }
	for name, body := range map[string][]byte{
		"samples": fill(field(2, nil)), "locations": fill(field(4, nil)), "functions": fill(field(5, nil)), "texts": fill(field(6, nil)),
		"labels of a sample": field(2, fill(field(3, nil))), "lines of a location": field(4, fill(field(4, nil))), "numbers of a sample": field(2, field(1, make([]byte, 4*most))),
		"comments": fill([]byte{13 << 3, 0}),
	} {
		body = append(field(sampleTypeField, []byte{8, 1}), body...)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Keep(body, "heap", map[string]string{"service_name": "shop"}, time.Now())
		runtime.ReadMemStats(&after)
		require.ErrorContains(t, err, "samples, locations and texts", name)
		require.Less(t, (after.TotalAlloc-before.TotalAlloc)>>20, uint64(64), "%s: MiB", name)
	}
}

func TestAnswersThatAreNoProfile(t *testing.T) {
	whole := func() []byte {
		targets := targetAt(t, serve(t, program().ServeHTTP).URL, nil, nil)
		taken, err := take(t, targets, Ask{Profile: "heap"})
		require.NoError(t, err)
		return taken[0].Bytes
	}()
	for says, body := range map[string][]byte{
		"answered with nothing":            {},
		"a web page instead of a profile":  []byte("\n<!doctype html><title>Sign in</title>"),
		"something that is no pprof":       []byte("# HELP go_gc_duration_seconds"),
		"no pprof profile. Check":          []byte(`{"error": "no"}`),
		"that is no pprof profile":         {0x0d, 1, 2, 3, 4},
		"was cut off":                      whole[:len(whole)/2],
		"profile of Shop was cut off":      {0x1f, 0x8b, 8},
		"was cut off, or changed":          field(1, make([]byte, 100))[:50],
		"answered with something that is ": field(2, nil), // no sample type
	} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		require.Contains(t, problemOf(t, targetAt(t, server.URL, nil, nil)).Sentence, says)
	}
}

// A byte now and then keeps a connection alive, not a capture.
func TestSlowAnswer(t *testing.T) {
	before := slack
	slack = 200 * time.Millisecond
	t.Cleanup(func() { slack = before })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte{0})
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	found := problemOf(t, targetAt(t, server.URL, nil, nil))
	require.Equal(t, late, found.Status)
	require.Contains(t, found.Sentence, "Shop did not answer within 200ms")
}

func TestHugeHeaders(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := range 200 {
			w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", 1<<10))
		}
	})
	require.Contains(t, problemOf(t, targetAt(t, server.URL, nil, nil)).Sentence, "Shop cannot be asked")
}

func FuzzWalk(f *testing.F) {
	f.Add(field(sampleTypeField, []byte{8, 1}))
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	f.Add([]byte{0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, body []byte) {
		if walk(body, 1<<20) == nil && len(body) < 2 {
			t.Error("taken for a profile")
		}
	})
}
