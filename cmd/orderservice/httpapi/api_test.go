package httpapi_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/flamewatch/profiles/cmd/orderservice/auth"
	"github.com/flamewatch/profiles/cmd/orderservice/httpapi"
	"github.com/flamewatch/profiles/cmd/orderservice/inventory"
	"github.com/flamewatch/profiles/cmd/orderservice/orders"
	"github.com/flamewatch/profiles/cmd/orderservice/payments"
	"github.com/flamewatch/profiles/cmd/orderservice/pricing"
)

func startAPI(t *testing.T, keepResponse bool) *httptest.Server {
	t.Helper()
	keys, err := auth.NewKeys([]string{"acme"})
	if err != nil {
		t.Fatal(err)
	}
	charge := payments.NewClient("http://payments.example", &http.Client{Transport: &payments.Provider{}}, keepResponse)
	stock := inventory.NewStock()
	service := orders.NewService(pricing.NewCatalog(), stock, charge, orders.NewRepository(2))
	server := httptest.NewServer(httpapi.New(service, stock, keys, "v1.4.3", slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	return server
}

func call(t *testing.T, server *httptest.Server, method, path, key, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(httpapi.TenantHeader, "acme")
	request.Header.Set(httpapi.KeyHeader, key)
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

const placed = `{"customer":"c1","lines":[{"sku":"SKU-00001","quantity":2}]}`

func TestOnlyTheNewerVersionWritesThePaymentAnswer(t *testing.T) {
	for _, keepResponse := range []bool{false, true} {
		server := startAPI(t, keepResponse)
		status, body := call(t, server, http.MethodPost, "/orders", auth.KeyOf("acme"), placed)
		if status != http.StatusCreated {
			t.Fatalf("placing answered %d: %s", status, body)
		}
		var order struct {
			Cents   int64
			Payment map[string]string
		}
		if err := json.Unmarshal([]byte(body), &order); err != nil {
			t.Fatal(err)
		}
		want := 0
		if keepResponse {
			want = 120
		}
		if len(order.Payment) != want {
			t.Errorf("keepResponse %v: the order was written with %d payment fields, want %d", keepResponse, len(order.Payment), want)
		}
		if order.Cents <= 0 {
			t.Errorf("the order costs %d cents", order.Cents)
		}
	}
}

func TestOrdersAreListedNewestFirstAndMakeRoom(t *testing.T) {
	server := startAPI(t, false)
	key := auth.KeyOf("acme")
	for range 3 {
		if status, body := call(t, server, http.MethodPost, "/orders", key, placed); status != http.StatusCreated {
			t.Fatalf("placing answered %d: %s", status, body)
		}
	}
	_, body := call(t, server, http.MethodGet, "/orders?customer=c1", key, "")
	var list []struct{ ID string }
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].ID != "acme-00000003" || list[1].ID != "acme-00000002" {
		t.Errorf("a repository of two orders lists %s", body)
	}
	if status, _ := call(t, server, http.MethodGet, "/orders/acme-00000001", key, ""); status != http.StatusNotFound {
		t.Errorf("the order that made room answers %d", status)
	}
	if status, body := call(t, server, http.MethodGet, "/export", key, ""); status != http.StatusOK || !strings.HasPrefix(body, "\x1f\x8b") {
		t.Errorf("the export answers %d", status)
	}
	if status, body := call(t, server, http.MethodGet, "/metrics", "", ""); status != http.StatusOK ||
		!strings.Contains(body, `http_server_request_duration_seconds_count{http_route="GET /export",version="v1.4.3"} 1`) {
		t.Errorf("the metrics answer %d: %s", status, body)
	}
	if status, _ := call(t, server, http.MethodGet, "/reports", key, ""); status != http.StatusOK {
		t.Errorf("the report answers %d", status)
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	server := startAPI(t, false)
	key := auth.KeyOf("acme")
	for _, test := range []struct {
		name, key, body string
		want            int
	}{
		{"wrong key", "nonsense", placed, http.StatusUnauthorized},
		{"not JSON", key, "{", http.StatusBadRequest},
		{"no lines", key, `{"customer":"c1"}`, http.StatusUnprocessableEntity},
		{"no such product", key, `{"lines":[{"sku":"SKU-X","quantity":1}]}`, http.StatusUnprocessableEntity},
		{"negative quantity", key, `{"lines":[{"sku":"SKU-00001","quantity":-1}]}`, http.StatusUnprocessableEntity},
	} {
		if status, body := call(t, server, http.MethodPost, "/orders", test.key, test.body); status != test.want {
			t.Errorf("%s: answered %d (%s), want %d", test.name, status, strings.TrimSpace(body), test.want)
		}
	}
}

func TestHealthNeedsNoKey(t *testing.T) {
	if status, body := call(t, startAPI(t, false), http.MethodGet, "/health", "", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
}
