package payments

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Receipt is what an order needs of the provider's answer.
type Receipt struct {
	ID     string `json:"receipt_id"`
	Status string `json:"card_status"`
}

// Client charges at the provider.
type Client struct {
	http *http.Client
	url  string
	// keepResponse keeps the provider's whole answer with the order.
	keepResponse bool
}

// NewClient charges at url.
func NewClient(url string, client *http.Client, keepResponse bool) *Client {
	return &Client{http: client, url: url, keepResponse: keepResponse}
}

// Charge asks the provider for the money of an order. The whole answer comes back only when the client keeps it.
func (c *Client) Charge(ctx context.Context, orderID string, cents int64) (Receipt, Response, error) {
	body, err := json.Marshal(map[string]any{"order_id": orderID, "cents": cents})
	if err != nil {
		return Receipt{}, nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return Receipt{}, nil, err
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return Receipt{}, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return Receipt{}, nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return Receipt{}, nil, fmt.Errorf("the payment provider answered %s", answer.Status)
	}
	return c.decodeAnswer(content)
}

func (c *Client) decodeAnswer(content []byte) (Receipt, Response, error) {
	var receipt Receipt
	if err := json.Unmarshal(content, &receipt); err != nil {
		return Receipt{}, nil, err
	}
	if !c.keepResponse {
		return receipt, nil, nil
	}
	var response Response
	if err := json.Unmarshal(content, &response); err != nil {
		return Receipt{}, nil, err
	}
	return receipt, response, nil
}
