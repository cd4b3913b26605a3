// Package pricing knows what products cost and which discounts apply.
package pricing

import (
	"fmt"
	"sort"
)

// Product is one article of the catalogue; prices are in cents.
type Product struct {
	SKU      string
	Name     string
	Category int
	Cents    int64
}

// Catalog is the list of products, ordered by SKU.
type Catalog struct {
	products  []Product
	discounts []*Discount
}

const (
	products   = 5000
	categories = 24
)

// NewCatalog makes the demo's catalogue.
func NewCatalog() *Catalog {
	catalog := &Catalog{products: make([]Product, products)}
	for i := range catalog.products {
		catalog.products[i] = Product{
			SKU:      SKU(i),
			Name:     fmt.Sprintf("Article %d of the spring collection", i),
			Category: i % categories,
			Cents:    int64(199 + i*37%9000),
		}
	}
	for category := range categories {
		catalog.discounts = append(catalog.discounts, newDiscount(category, 0))
	}
	return catalog
}

// SKU is the number of the i-th product.
func SKU(i int) string { return fmt.Sprintf("SKU-%05d", i%products) }

// Find looks a product up by its SKU.
func (c *Catalog) Find(sku string) (Product, bool) {
	at := sort.Search(len(c.products), func(i int) bool { return c.products[i].SKU >= sku })
	if at == len(c.products) || c.products[at].SKU != sku {
		return Product{}, false
	}
	return c.products[at], true
}

// PriceLine is the price of a quantity of a product with the best discount, in cents.
func (c *Catalog) PriceLine(product Product, quantity int) int64 {
	full := product.Cents * int64(quantity)
	percent := walkDiscounts(c.discounts[product.Category], product, quantity)
	return full - full*int64(percent)/100
}
