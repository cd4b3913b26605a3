package pricing

import "strings"

// Discount is a rule with narrower rules below it.
type Discount struct {
	percent     int
	minQuantity int
	suffix      string
	narrower    []*Discount
}

const (
	discountDepth  = 5
	discountFanOut = 4
)

func newDiscount(seed, depth int) *Discount {
	discount := &Discount{percent: (seed*7 + depth*3) % 15, minQuantity: depth, suffix: string(rune('0' + seed%10))}
	if depth < discountDepth {
		for i := range discountFanOut {
			discount.narrower = append(discount.narrower, newDiscount(seed*discountFanOut+i, depth+1))
		}
	}
	return discount
}

// walkDiscounts returns the greatest percentage of all rules that apply, narrower rules included.
func walkDiscounts(discount *Discount, product Product, quantity int) int {
	best := 0
	if quantity >= discount.minQuantity && strings.HasSuffix(product.SKU, discount.suffix) {
		best = discount.percent
	}
	for _, narrower := range discount.narrower {
		best = max(best, walkDiscounts(narrower, product, quantity))
	}
	return best
}
