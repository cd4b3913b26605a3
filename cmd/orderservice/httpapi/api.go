// Package httpapi is the order service's HTTP interface.
package httpapi

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/flamewatch/profiles/cmd/orderservice/auth"
	"github.com/flamewatch/profiles/cmd/orderservice/inventory"
	"github.com/flamewatch/profiles/cmd/orderservice/orders"
	"github.com/flamewatch/profiles/cmd/orderservice/tracing"
)

// Headers by which a tenant shows who it is.
const (
	TenantHeader = "X-Tenant-Id"
	KeyHeader    = "X-Api-Key"
)

// API answers for an order service.
type API struct {
	orders *orders.Service
	stock  *inventory.Stock
	keys   *auth.Keys
	logger *slog.Logger

	durations durations
}

// New makes the handler of all endpoints. Each request has a span, and samples taken while it is answered carry the labels
// endpoint and tenant_id. Metrics carry the version.
func New(service *orders.Service, stock *inventory.Stock, keys *auth.Keys, version string, logger *slog.Logger) http.Handler {
	api := &API{orders: service, stock: stock, keys: keys, logger: logger, durations: newDurations(version)}
	mux := http.NewServeMux()
	for pattern, handler := range map[string]http.HandlerFunc{
		"POST /orders":     api.PlaceOrder,
		"GET /orders":      api.ListOrders,
		"GET /orders/{id}": api.GetOrder,
		"GET /export":      api.ExportOrders,
		"GET /reports":     api.GetReport,
		"GET /stock":       api.GetStock,
	} {
		mux.Handle(pattern, api.observed(pattern, api.authenticated(handler)))
	}
	mux.Handle("GET /metrics", api.durations.page())
	mux.HandleFunc("GET /health", func(http.ResponseWriter, *http.Request) {})
	return mux
}

func (a *API) authenticated(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := a.keys.Verify(r.Header.Get(TenantHeader), r.Header.Get(KeyHeader)); err != nil {
			a.fail(w, r, http.StatusUnauthorized, err)
			return
		}
		next(w, r)
	}
}

// PlaceOrder answers POST /orders.
func (a *API) PlaceOrder(w http.ResponseWriter, r *http.Request) {
	var request orders.Request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&request); err != nil {
		a.fail(w, r, http.StatusBadRequest, err)
		return
	}
	order, err := a.orders.Place(r.Context(), r.Header.Get(TenantHeader), request)
	if err != nil {
		a.failAs(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	a.taken(r, orders.WriteOne(w, order))
}

// GetOrder answers GET /orders/{id}.
func (a *API) GetOrder(w http.ResponseWriter, r *http.Request) {
	order, err := a.orders.Get(r.PathValue("id"))
	if err != nil {
		a.failAs(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	a.taken(r, orders.WriteOne(w, order))
}

// ListOrders answers GET /orders?customer=.
func (a *API) ListOrders(w http.ResponseWriter, r *http.Request) {
	history := a.orders.History(r.Header.Get(TenantHeader), r.URL.Query().Get("customer"))
	w.Header().Set("Content-Type", "application/json")
	a.taken(r, orders.Write(w, history))
}

// ExportOrders answers GET /export with all orders of the tenant that are kept, as compressed JSON.
func (a *API) ExportOrders(w http.ResponseWriter, r *http.Request) {
	export := a.orders.Export(r.Context(), r.Header.Get(TenantHeader))
	_, span := tracing.Span(r.Context(), "write orders")
	defer span.End()
	w.Header().Set("Content-Type", "application/gzip")
	compressed := gzip.NewWriter(w)
	a.taken(r, errors.Join(orders.Write(compressed, export), compressed.Close()))
}

// GetReport answers GET /reports with compressed CSV.
func (a *API) GetReport(w http.ResponseWriter, r *http.Request) {
	report, err := a.orders.Report()
	if err != nil {
		a.failAs(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/gzip")
	_, err = w.Write(report)
	a.taken(r, err)
}

// GetStock answers GET /stock with the scarce products.
func (a *API) GetStock(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	a.taken(r, json.NewEncoder(w).Encode(a.stock.Scarce()))
}

// taken notes that an answer was not taken whole; nothing can be said to its reader any more.
func (a *API) taken(r *http.Request, err error) {
	if err != nil {
		a.logger.Debug("an answer was not taken", "url", r.URL.Path, "error", err)
	}
}

func (a *API) failAs(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, orders.ErrNotFound):
		status = http.StatusNotFound
	case errors.Is(err, orders.ErrInvalid):
		status = http.StatusUnprocessableEntity
	}
	a.fail(w, r, status, err)
}

func (a *API) fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	a.logger.Debug("a request failed", "url", r.URL.Path, "status", status, "error", err)
	http.Error(w, err.Error(), status)
}
