// Package loadgen sends a steady, mixed load to an order service.
package loadgen

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/flamewatch/profiles/cmd/orderservice/auth"
	"github.com/flamewatch/profiles/cmd/orderservice/httpapi"
	"github.com/flamewatch/profiles/cmd/orderservice/orders"
	"github.com/flamewatch/profiles/cmd/orderservice/pricing"
)

// Tenants of the demo; the first ones order more often.
var Tenants = []string{"acme", "globex", "initech"}

const (
	customers = 40
	// waiting is how many requests may be under way; more are left out, so that a slow machine is not flooded.
	waiting = 4
)

// Generator sends requests to one service.
type Generator struct {
	base   string
	client *http.Client
	random *rand.Rand
	logger *slog.Logger
	placed map[string]int // orders placed by tenant, as far as asked for
	slots  chan struct{}
}

// New makes a generator for the service at base, e.g. http://127.0.0.1:8080. The seed decides the order of requests.
func New(base string, seed uint64, logger *slog.Logger) *Generator {
	return &Generator{
		base: base, client: &http.Client{Timeout: 5 * time.Second},
		random: rand.New(rand.NewPCG(seed, seed)), logger: logger,
		placed: map[string]int{}, slots: make(chan struct{}, waiting),
	}
}

// Run sends rate requests a second on average until the context ends, and returns when the last one is answered. The
// waits between them are random, as those of independent customers: requests at the beat of a clock would start just
// after the profiler's own beat each time, and a short one would never be sampled.
func (g *Generator) Run(ctx context.Context, rate float64) {
	wait := func() time.Duration { return time.Duration(g.random.ExpFloat64() / rate * float64(time.Second)) }
	timer := time.NewTimer(wait())
	defer timer.Stop()
	var underWay sync.WaitGroup
	defer underWay.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			timer.Reset(wait())
		}
		request, err := g.next(ctx)
		if err != nil {
			g.logger.Error("a request could not be made", "error", err)
			return
		}
		select {
		case g.slots <- struct{}{}:
			underWay.Go(func() {
				defer func() { <-g.slots }()
				g.send(request)
			})
		default: // enough under way
		}
	}
}

func (g *Generator) send(request *http.Request) {
	answer, err := g.client.Do(request)
	if err != nil {
		if request.Context().Err() == nil {
			g.logger.Warn("the order service did not answer", "error", err)
		}
		return
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil && request.Context().Err() == nil {
		g.logger.Warn("an answer of the order service broke off", "error", err)
	}
}

// Fill places so many orders at once, without requests: a service that has run for a while has some to read.
func (g *Generator) Fill(ctx context.Context, service *orders.Service, count int) error {
	for range count {
		tenant := g.tenant()
		_, err := service.Place(ctx, tenant, g.order())
		switch {
		case errors.Is(err, orders.ErrInvalid): // out of stock
		case err != nil:
			return err
		default:
			g.placed[tenant]++
		}
	}
	return nil
}

func (g *Generator) tenant() string {
	return Tenants[min(g.random.IntN(len(Tenants)), g.random.IntN(len(Tenants)))]
}

// next makes the next request: six in ten place an order, the rest read.
func (g *Generator) next(ctx context.Context) (*http.Request, error) {
	tenant := g.tenant()
	method, path := http.MethodGet, ""
	var body []byte
	switch kind := g.random.IntN(100); {
	case kind < 60 || g.placed[tenant] == 0:
		encoded, err := json.Marshal(g.order())
		if err != nil {
			return nil, err
		}
		method, path, body = http.MethodPost, "/orders", encoded
		g.placed[tenant]++
	case kind < 80:
		path = "/orders?customer=" + url.QueryEscape(g.customer())
	case kind < 94:
		path = fmt.Sprintf("/orders/%s-%08d", tenant, 1+g.random.IntN(g.placed[tenant]))
	case kind < 97:
		path = "/stock"
	case kind < 99:
		path = "/reports"
	default:
		path = "/export"
	}
	request, err := http.NewRequestWithContext(ctx, method, g.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set(httpapi.TenantHeader, tenant)
	request.Header.Set(httpapi.KeyHeader, auth.KeyOf(tenant))
	return request, nil
}

func (g *Generator) order() orders.Request {
	lines := make([]orders.Line, 1+g.random.IntN(8))
	for i := range lines {
		lines[i] = orders.Line{SKU: pricing.SKU(g.random.IntN(1 << 16)), Quantity: 1 + g.random.IntN(5)}
	}
	return orders.Request{Customer: g.customer(), Lines: lines}
}

func (g *Generator) customer() string { return fmt.Sprintf("customer-%02d", g.random.IntN(customers)) }
