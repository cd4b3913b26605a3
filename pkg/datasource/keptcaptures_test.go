package datasource

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/pprof/profile"
	"github.com/stretchr/testify/require"

	"github.com/flamewatch/profiles/pkg/pyroscope/pyroscopetest"
)

func TestKeptAndFoundAgain(t *testing.T) {
	address, _ := shop(t)
	settings := shopTarget(address)
	// Another program's label of the same name makes no capture.
	screens := every(cpu, "video", []string{"a"}, time.Minute, time.Minute, constant(map[string]int64{"main": 1}))
	screens[0].Labels["capture"] = "screen"
	d := openAt(t, storing(t, screens), settings)
	d.now = func() time.Time { return noon }
	status, body := callAs(t, d, user("Editor"), "POST", "captures/take", []byte(`{"target":"shop","profile":"heap"}`))
	require.Equal(t, http.StatusOK, status)
	_, _, profiles := partsOf(t, body)
	taken, err := profile.ParseData(profiles[0])
	require.NoError(t, err)
	taken.TimeNanos = 0 // the store's clock stands at noon
	var timeless bytes.Buffer
	require.NoError(t, taken.Write(&timeless))

	labels := url.Values{"profile": {"heap"}, "labels": {`{"service_name":"captures/checkout","namespace":"shop","capture":"mine"}`}}
	status, body = callAs(t, d, user("Editor"), "POST", "captures/keep?"+labels.Encode(), timeless.Bytes())
	require.Equal(t, http.StatusOK, status, string(body))
	var kept keptCapture
	require.NoError(t, json.Unmarshal(body, &kept))
	require.Contains(t, kept.Types, inuse)
	require.Equal(t, noon.UnixMilli(), kept.At)
	require.NotEqual(t, "mine", kept.ID)

	span := url.Values{"start": {"0"}, "end": {"99999999999999"}} // bounded
	status, body = callAs(t, d, user("Editor"), "GET", "captures/kept?"+span.Encode(), nil)
	require.Equal(t, http.StatusOK, status, string(body))
	var all []keptCapture
	require.NoError(t, json.Unmarshal(body, &all))
	require.Len(t, all, 1)
	require.Equal(t, kept.ID, all[0].ID)
	require.Equal(t, kept.Types, all[0].Types)
	require.Equal(t, map[string]string{"service_name": "captures/checkout", "namespace": "shop"}, all[0].Labels)
	require.Equal(t, noon.UnixMilli(), all[0].At)

	response := askAs(t, d, noon.Add(-time.Minute), noon.Add(time.Minute), map[string]any{
		"queryType": "profile", "profileTypeId": inuse, "labelSelector": `{capture="` + kept.ID + `"}`,
	}, nil)
	require.NoError(t, response.Error)
	require.Greater(t, response.Frames[0].Rows(), 1)
}

func TestWhatIsNotKept(t *testing.T) {
	server := &pyroscopetest.Server{}
	d := open(t, server, nil)
	heap := func() []byte {
		p := &profile.Profile{SampleType: []*profile.ValueType{{Type: "inuse_space", Unit: "bytes"}}}
		var packed bytes.Buffer
		require.NoError(t, p.Write(&packed))
		return packed.Bytes()
	}()
	for _, one := range []struct {
		profile, labels string
		body            []byte
		says            string
	}{
		{"heap", `{`, heap, "not a JSON object"},
		{"heap", `{"a":1}`, heap, "not a JSON object"},
		{"heap", `{}`, heap, "service_name"},
		{"heap", `{"service_name":" "}`, heap, "service_name"},
		{"heap", `{"service_name":"x","__name__":"process_cpu"}`, heap, "is not the name of a label"},
		{"heap", `{"service_name":"x","a b":"c"}`, heap, "is not the name of a label"},
		{"cmdline", `{"service_name":"x"}`, heap, "There is no profile"},
		{"trace", `{"service_name":"x"}`, heap, "cannot be kept"},
		{"heap", `{"service_name":"x"}`, []byte("no profile"), "cannot be read as pprof"},
	} {
		query := url.Values{"profile": {one.profile}, "labels": {one.labels}}
		status, body := callAs(t, d, user("Editor"), "POST", "captures/keep?"+query.Encode(), one.body)
		require.Equal(t, http.StatusBadRequest, status)
		require.Contains(t, string(body), one.says)
	}
	require.NotContains(t, server.Calls(), "Push")
	query := url.Values{"profile": {"heap"}, "labels": {`{"service_name":"x"}`}}
	status, body := callAs(t, d, user("Editor"), "POST", "captures/keep?"+query.Encode(), heap)
	require.Equal(t, http.StatusNotImplemented, status)
	require.Contains(t, string(body), "The capture was not kept. This server does not know the call")
}

// What the server says of a profile that is too large is said in one sentence, with what to do.
func TestTooLargeToKeep(t *testing.T) {
	d := openAt(t, storing(t, nil), nil)
	d.now = func() time.Time { return noon }
	p := &profile.Profile{SampleType: []*profile.ValueType{{Type: "inuse_space", Unit: "bytes"}}, TimeNanos: noon.UnixNano()}
	p.Comments = []string{strings.Repeat("x", 17<<20)}
	var packed bytes.Buffer
	require.NoError(t, p.Write(&packed))
	query := url.Values{"profile": {"heap"}, "labels": {`{"service_name":"x"}`}}
	status, body := callAs(t, d, user("Editor"), "POST", "captures/keep?"+query.Encode(), packed.Bytes())
	require.NotEqual(t, http.StatusOK, status)
	require.Contains(t, string(body), "larger than the server takes")
	require.Contains(t, string(body), "max_profile_size_bytes")
}
