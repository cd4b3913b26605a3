package regression

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/flamewatch/profiles/pkg/calltree"
)

// largeTree has so many nodes of so many functions, as deep as real stacks are, a third of which have a cost of their own.
func largeTree(nodes, functions int) *calltree.Tree {
	random := rand.New(rand.NewPCG(3, 5))
	symbols := []string{"total"}
	for i := range functions {
		symbols = append(symbols, fmt.Sprintf("example.com/shop/package%d.(*Type%d).Method%d", i%200, i%900, i))
	}
	shape := calltree.MakeTree(symbols, nodes)
	shape.Append(0, 0, 0, 0)
	level := int64(1)
	for range nodes - 1 {
		self := int64(0)
		if random.IntN(3) == 0 {
			self = int64(1 + random.ExpFloat64()*20)
		}
		shape.Append(level, 0, self, uint32(1+random.IntN(functions)))
		shape.Total[0] += self
		level = min(60, max(1, level+2-int64(random.IntN(4))))
		level = min(level, shape.Level[shape.Len()-1]+1)
	}
	return shape
}

// BenchmarkAnalyse is the time beside that of the fetches: 24 buckets of 50,000 nodes of 6,000 functions.
func BenchmarkAnalyse(b *testing.B) {
	shape := largeTree(50_000, 6_000)
	random := rand.New(rand.NewPCG(1, 1))
	noises := map[string]*latent{}
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	input := Input{SampleValue: 1}
	for bucket := range 24 {
		tree := drawTree(random, shape, noises, 60_000, func(node int) float64 {
			if bucket >= 12 && shape.Symbol[node] == 700 {
				return 3
			}
			return 1
		})
		it := Bucket{Start: start, End: start.Add(5 * time.Minute), Tree: tree, Instances: 1}
		start = it.End
		if bucket < 12 {
			input.Baseline.Buckets = append(input.Baseline.Buckets, it)
		} else {
			input.Comparison.Buckets = append(input.Comparison.Buckets, it)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Analyse(context.Background(), input); err != nil {
			b.Fatal(err)
		}
	}
}
