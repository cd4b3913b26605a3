package regression

import (
	"bufio"
	"compress/gzip"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/pprof/profile"

	"github.com/flamewatch/profiles/pkg/calltree"
	"github.com/flamewatch/profiles/pkg/names"
)

// collapsed reads a profile of one line a stack.
func collapsed(t *testing.T, path string) *calltree.Tree {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &profile.Profile{SampleType: []*profile.ValueType{{Type: "cpu", Unit: "nanoseconds"}}}
	locations := map[string]*profile.Location{}
	scanner := bufio.NewScanner(text)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		line := scanner.Text()
		space := strings.LastIndexByte(line, ' ')
		value, err := strconv.ParseInt(line[space+1:], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sample := &profile.Sample{Value: []int64{value}}
		for name := range strings.SplitSeq(line[:space], ";") {
			if locations[name] == nil {
				id := uint64(len(locations) + 1)
				function := &profile.Function{ID: id, Name: name}
				locations[name] = &profile.Location{ID: id, Line: []profile.Line{{Function: function}}}
				p.Function = append(p.Function, function)
				p.Location = append(p.Location, locations[name])
			}
			sample.Location = append([]*profile.Location{locations[name]}, sample.Location...)
		}
		p.Sample = append(p.Sample, sample)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	tree, err := calltree.FromPprof(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// pickFunction chooses one of the program's own functions, of a size that can be seen and that can grow.
func pickFunction(random *rand.Rand, shape *calltree.Tree) string {
	var candidates []string
	costs := shape.Functions()
	for node := 1; node < shape.Len(); node++ {
		name := shape.Name(node)
		share := float64(costs[name].Total) / float64(shape.Sum())
		if share > 0.03 && share < 0.4 && costs[name].Self > shape.Sum()/100 && !names.IsStandardLibrary(name) {
			candidates = append(candidates, name)
		}
	}
	return candidates[random.IntN(len(candidates))]
}

// growthOf is the factor of a node's own cost when a function does more work itself, or calls for more.
func growthOf(shape *calltree.Tree, node int, grown string, isWhole bool, factor float64) float64 {
	if shape.Name(node) == grown {
		return factor
	}
	level := shape.Level[node]
	for at := node - 1; isWhole && at > 0; at-- {
		if shape.Level[at] < level {
			level = shape.Level[at]
			if shape.Name(at) == grown {
				return factor
			}
		}
	}
	return 1
}

// drawTree draws the samples of one bucket: each function's rate varies on its own, each node's samples are counted.
func drawTree(random *rand.Rand, shape *calltree.Tree, noises map[string]*latent, samples float64, growth func(int) float64) *calltree.Tree {
	tree := calltree.MakeTree(shape.Symbols, shape.Len())
	shocks := map[string]float64{}
	self := make([]int64, shape.Len())
	whole := float64(shape.Sum())
	for node := 1; node < shape.Len(); node++ {
		if shape.Self[node] == 0 {
			continue
		}
		name := shape.Name(node)
		if _, drawn := shocks[name]; !drawn {
			if noises[name] == nil {
				noises[name] = &latent{}
			}
			shocks[name] = math.Exp(0.05*noises[name].next(random, 0.3) - 0.00125)
		}
		self[node] = int64(poisson(random, float64(shape.Self[node])/whole*samples*growth(node)*shocks[name]))
	}
	total := append([]int64(nil), self...)
	var open []int
	for node := range shape.Len() {
		open = append(open[:shape.Level[node]], node)
		for _, above := range open[:len(open)-1] {
			total[above] += self[node]
		}
	}
	for node := range shape.Len() {
		tree.Append(shape.Level[node], total[node], self[node], shape.Symbol[node])
	}
	return tree
}

// isSamePlace says whether nearly all that passes through one function passes through the other: a caller with a single
// callee cannot be told from it by any profile.
func isSamePlace(shape *calltree.Tree, named, grown string) bool {
	if named == grown {
		return true
	}
	both := shape.Focus(func(name string) bool { return name == named }).
		Focus(func(name string) bool { return name == grown }).Sum()
	costs := shape.Functions()
	return float64(both) >= 0.95*float64(max(costs[named].Total, costs[grown].Total))
}
