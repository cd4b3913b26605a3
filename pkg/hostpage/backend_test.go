package hostpage

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func query(refID, more string) string {
	return fmt.Sprintf(`{"refId":%q,"datasource":{"uid":"test"},"intervalMs":5000,%s}`, refID, more)
}

func queries(all ...string) string {
	return `{"from":"0","to":"60000","queries":[` + strings.Join(all, ",") + `]}`
}

// queryAnswer is the part of Grafana's answer that is looked at.
type queryAnswer struct {
	Message string
	Results map[string]struct {
		Status int
		Error  string
		Frames []struct {
			Data struct{ Values [][]string }
		}
	}
}

func TestQueriesReachTheBackend(t *testing.T) {
	server := startServer(t)
	got := ask(t, server, http.MethodPost, "/api/ds/query", queries(query("A", `"text":"hello"`), query("B", `"text":"there"`)))
	var body queryAnswer
	got.decode(t, &body)
	if got.status != http.StatusOK {
		t.Fatalf("answered %d %s", got.status, got.body)
	}
	for refID, want := range map[string]string{"A": "hello 5s 1m0s", "B": "there 5s 1m0s"} {
		if said := body.Results[refID].Frames[0].Data.Values[0][0]; said != want {
			t.Errorf("%s says %q, want %q", refID, said, want)
		}
	}
}

func TestOneFailingQueryLeavesTheOthers(t *testing.T) {
	server := startServer(t)
	got := ask(t, server, http.MethodPost, "/api/ds/query", queries(query("A", `"text":"hello"`), query("B", `"fail":"no such type"`)))
	var body queryAnswer
	got.decode(t, &body)
	if got.status != http.StatusBadRequest {
		t.Errorf("answered %d, Grafana answers 400", got.status)
	}
	if len(body.Results["A"].Frames) != 1 || body.Results["B"].Error != "no such type" {
		t.Errorf("answered %s", got.body)
	}
}

func TestMalformedQueriesAreRefusedWithASentence(t *testing.T) {
	server := startServer(t)
	for name, test := range map[string]struct{ body, want string }{
		"not JSON":           {"{", "cannot be read as JSON"},
		"no queries":         {`{"from":"0","to":"1","queries":[]}`, "No queries"},
		"relative range":     {`{"from":"now-1h","to":"now","queries":[{"datasource":{"uid":"test"}}]}`, "milliseconds"},
		"no datasource":      {queries(`{"refId":"A"}`), "names no datasource"},
		"unknown datasource": {queries(`{"refId":"A","datasource":{"uid":"x"}}`), `uid "x"`},
		"expression":         {queries(`{"refId":"A","datasource":{"uid":"__expr__"}}`), "real Grafana"},
	} {
		got := ask(t, server, http.MethodPost, "/api/ds/query", test.body)
		var body queryAnswer
		got.decode(t, &body)
		if got.status != http.StatusBadRequest || !strings.Contains(body.Message, test.want) {
			t.Errorf("%s: answered %d %q, want %q", name, got.status, body.Message, test.want)
		}
	}
}

func TestBackendIsStartedAgainAfterItDied(t *testing.T) {
	server := startServer(t)
	died := ask(t, server, http.MethodPost, "/api/ds/query", queries(query("A", `"crash":true`)))
	if died.status != http.StatusInternalServerError {
		t.Errorf("a crash is answered %d %s", died.status, died.body)
	}
	for end := time.Now().Add(10 * time.Second); ; {
		got := ask(t, server, http.MethodPost, "/api/ds/query", queries(query("A", `"text":"again"`)))
		if got.status == http.StatusOK {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("after a crash: %d %s", got.status, got.body)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func TestLeavingStopsAQuery(t *testing.T) {
	server := startServer(t)
	ctx, leave := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer leave()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/api/ds/query",
		strings.NewReader(queries(query("A", `"sleep":60000`))))
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err == nil {
		_ = response.Body.Close()
		t.Fatalf("a query of a minute is answered at once: %d", response.StatusCode)
	}
	// The server's own clean-up, which waits for its requests, ends in time only if the query ended with its asker.
	closed := make(chan struct{})
	go func() { server.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Fatal("the query went on after its asker had left")
	}
}

func TestHealthIsTheBackends(t *testing.T) {
	server := startServer(t)
	well := ask(t, server, http.MethodGet, "/api/datasources/uid/test/health", "")
	if well.status != http.StatusOK || !strings.Contains(well.body, "http://profiles.test") || !strings.Contains(well.body, "hidden") {
		t.Errorf("answered %d %s", well.status, well.body)
	}
	ill := ask(t, server, http.MethodGet, "/api/datasources/uid/other/health", "")
	if ill.status != http.StatusBadRequest || !strings.Contains(ill.body, "no address") {
		t.Errorf("answered %d %s", ill.status, ill.body)
	}
	if got := ask(t, server, http.MethodGet, "/api/datasources/uid/none/health", ""); got.status != http.StatusNotFound {
		t.Errorf("an unknown datasource is answered %d", got.status)
	}
}

func TestAnAnswerInPartsArrivesPartByPart(t *testing.T) {
	page := startServer(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, page.URL+"/api/datasources/uid/test/resources/parts", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	part := make([]byte, len("the first part"))
	if _, err := io.ReadFull(answer.Body, part); err != nil || string(part) != "the first part" {
		t.Errorf("read %q, %v", part, err)
	}
}

func TestResourcesAreHandedOnWithoutCookies(t *testing.T) {
	server := startServer(t)
	got := ask(t, server, http.MethodGet, "/api/datasources/uid/test/resources/labels/names?x=1", "", func(r *http.Request) {
		r.Header.Set("Cookie", "session=1")
	})
	if got.status != http.StatusTeapot || got.body != `GET /labels/names x=1 cookie=""` {
		t.Errorf("answered %d %s", got.status, got.body)
	}
	if got.header.Get("Set-Cookie") != "" {
		t.Error("the backend set a cookie")
	}
}
