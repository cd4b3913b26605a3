package flameql

import (
	"strings"
	"testing"
)

const typicalQuery = `cpu{service_name="order-service", pod=~"order-.*"} vs {version="v1.4.2"} offset 1d by (pod) limit 20`

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(typicalQuery)))
	for b.Loop() {
		if _, err := Parse(typicalQuery); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseLongest(b *testing.B) {
	text := `{pod=~"` + strings.Repeat("order-service-|", 4000) + `x"}`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	query, err := Parse(typicalQuery)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		query.Format()
	}
}
