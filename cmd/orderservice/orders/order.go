// Package orders places orders and reports on them.
package orders

import (
	"encoding/json"
	"io"
	"time"

	"github.com/flamewatch/profiles/cmd/orderservice/payments"
)

// Line is a quantity of a product and its price in cents.
type Line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Cents    int64  `json:"cents"`
}

// Order is one order of a tenant's customer.
type Order struct {
	ID       string           `json:"id"`
	Tenant   string           `json:"tenant"`
	Customer string           `json:"customer"`
	Lines    []Line           `json:"lines"`
	Cents    int64            `json:"cents"`
	Placed   time.Time        `json:"placed"`
	Receipt  payments.Receipt `json:"receipt"`
	// Payment is the provider's whole answer, for the support desk. Nobody reads it, and it is written with the order each
	// time the order is: the slower version's mistake.
	Payment payments.Response `json:"payment,omitempty"`
}

// serializeOrder writes an order as it is journalled and sent.
func serializeOrder(order *Order) ([]byte, error) {
	return json.Marshal(order)
}

// Write sends orders as a JSON array.
func Write(out io.Writer, orders []*Order) error {
	separator := "["
	for _, order := range orders {
		encoded, err := serializeOrder(order)
		if err != nil {
			return err
		}
		if _, err := out.Write(append([]byte(separator), encoded...)); err != nil {
			return err
		}
		separator = ","
	}
	if len(orders) == 0 {
		_, err := io.WriteString(out, "[]")
		return err
	}
	_, err := io.WriteString(out, "]")
	return err
}

// WriteOne sends one order as a JSON object.
func WriteOne(out io.Writer, order *Order) error {
	encoded, err := serializeOrder(order)
	if err != nil {
		return err
	}
	_, err = out.Write(encoded)
	return err
}
