package pyroscope

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
)

// field is a length-delimited field of a message.
func field(number protowire.Number, content []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), content)
}

// growing are answers with so many parts that are small on the wire and large in memory, to every call that has an answer
// to read.
func growing(t *testing.T, parts int) map[string]growingAnswer {
	fill := func(one []byte) []byte { return bytes.Repeat(one, parts) }
	empty := func(number protowire.Number) []byte { return fill(field(number, nil)) }
	span := Range{1000, 2000}
	tree := func(c *Client) error { return anyTree(c) }
	series := func(c *Client) error {
		_, err := c.SelectSeries(t.Context(), SeriesQuery{Type: cpu, Range: span, Step: time.Second})
		return err
	}
	return map[string]growingAnswer{
		"levels":                {field(fieldFlamegraph, empty(fieldLevels)), tree},
		"names":                 {field(fieldFlamegraph, empty(fieldNames)), tree},
		"nodes":                 {field(fieldFlamegraph, append(field(fieldNames, []byte("total")), field(fieldLevels, field(fieldValues, fill([]byte{0, 1, 1, 0})))...)), tree},
		"series":                {empty(fieldSeries), series},
		"labels":                {field(fieldSeries, empty(fieldLabels)), series},
		"points":                {field(fieldSeries, empty(fieldPoints)), series},
		"profile types":         {empty(1), func(c *Client) error { _, err := c.ProfileTypes(t.Context(), span); return err }},
		"label names":           {empty(1), func(c *Client) error { _, err := c.LabelNames(t.Context(), span, Selector{}); return err }},
		"label values":          {empty(1), func(c *Client) error { _, err := c.LabelValues(t.Context(), span, Selector{}, "pod"); return err }},
		"label sets":            {empty(2), func(c *Client) error { _, err := c.LabelSets(t.Context(), span, Selector{}); return err }},
		"labels of a label set": {field(2, empty(1)), func(c *Client) error { _, err := c.LabelSets(t.Context(), span, Selector{}); return err }},
		"samples":               {empty(2), func(c *Client) error { _, err := c.Lines(t.Context(), LineQuery{Type: cpu, Range: span}); return err }},
		"numbers of a sample":   {field(2, field(1, make([]byte, packedParts*parts))), func(c *Client) error { _, err := c.Lines(t.Context(), LineQuery{Type: cpu, Range: span}); return err }},
		"exemplars": {field(1, field(2, empty(4))), func(c *Client) error {
			_, err := c.Marks(t.Context(), SeriesQuery{Type: cpu, Range: span, Step: time.Second})
			return err
		}},
		"slots": {field(1, empty(2)), func(c *Client) error {
			_, err := c.SelectHeatmap(t.Context(), SeriesQuery{Type: cpu, Range: span, Step: time.Second}, false)
			return err
		}},
	}
}

type growingAnswer struct {
	answer []byte
	ask    func(*Client) error
}

// refused asks for an answer that is refused, and says how many bytes were allocated for it.
func (a growingAnswer) refused(t *testing.T, name string) uint64 {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/proto")
		_, _ = w.Write(a.answer)
	}))
	defer server.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := a.ask(clientOf(server.URL, server.Client(), 64<<20))
	runtime.ReadMemStats(&after)
	require.True(t, Is(err, TooLarge), "%s: %v", name, err)
	require.ErrorContains(t, err, "more than can be shown", name)
	return after.TotalAlloc - before.TotalAlloc
}

// An answer with a fifth more parts than may be is refused before it took the memory of them. The bytes themselves are
// read into growing buffers, which is several times their size.
func TestAnswersThatGrowInMemory(t *testing.T) {
	t.Run("few", func(t *testing.T) {
		defer func(was int) { mostParts = was }(mostParts)
		mostParts = 100_000
		for name, c := range growing(t, 120_000) {
			require.Less(t, c.refused(t, name), uint64(20*len(c.answer)+8<<20), name)
		}
	})
	// As many as may be in truth, of what weighs most and of what is counted before it is read.
	all := growing(t, mostParts*6/5)
	for _, name := range []string{"series", "profile types", "nodes"} {
		require.Less(t, all[name].refused(t, name)>>20, uint64(700), "%s: MiB", name)
	}
}

// What is much and still of use is read: a list of half a million values, a series of a million points.
func TestLargeAnswersAreRead(t *testing.T) {
	var values []byte
	for range 500_000 {
		values = append(values, field(1, []byte("checkout-6d5f9c7b8-x2x7q"))...)
	}
	point := append(protowire.AppendFixed64(protowire.AppendTag(nil, fieldPointValue, protowire.Fixed64Type), 1),
		protowire.AppendVarint(protowire.AppendTag(nil, fieldPointMillis, protowire.VarintType), 1_000_000_000_000)...)
	for path, answer := range map[string][]byte{"LabelValues": values, "SelectSeries": field(fieldSeries, bytes.Repeat(field(fieldPoints, point), 1_000_000))} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, path) {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/proto")
			_, _ = w.Write(answer)
		}))
		defer server.Close()
		client := clientOf(server.URL, server.Client(), 64<<20)
		if path == "LabelValues" {
			found, err := client.LabelValues(t.Context(), Range{1, 2}, Selector{}, "pod")
			require.NoError(t, err)
			require.Len(t, found, 500_000)
			continue
		}
		found, err := client.SelectSeries(t.Context(), SeriesQuery{Type: cpu, Range: Range{1, 2}, Step: time.Second})
		require.NoError(t, err)
		require.Len(t, found[0].Time, 1_000_000)
	}
}

// A packed answer of nothing, again and again, never becomes more than the limit, and still ends.
func TestAPackedAnswerThatNeverBegins(t *testing.T) {
	var nothing bytes.Buffer
	require.NoError(t, gzip.NewWriter(&nothing).Close())
	many := bytes.Repeat(nothing.Bytes(), 1000)
	sent := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/proto")
		w.Header().Set("Content-Encoding", "gzip")
		for r.Context().Err() == nil {
			n, err := w.Write(many)
			if sent += n; err != nil {
				return
			}
		}
	}))
	client := server.Client()
	client.Timeout = 20 * time.Second
	err := anyTree(clientOf(server.URL, client, 2<<20))
	server.Close()
	require.True(t, Is(err, TooLarge), "%v", err)
	require.Less(t, sent, 32<<20)
}
