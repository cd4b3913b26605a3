package regression

import "math"

// counts are samples of a family of functions in the buckets, or the instances, of one window. Functions and columns
// are those of the family; values are in samples, or in the profile's unit when the value of a sample is not known.
type counts struct {
	// samples has one row a function and one column a bucket.
	samples [][]float64
	// whole has the bucket's samples of all functions.
	whole []float64
}

func emptyCounts(functions, columns int) counts {
	c := counts{samples: make([][]float64, functions), whole: make([]float64, columns)}
	for row := range c.samples {
		c.samples[row] = make([]float64, columns)
	}
	return c
}

func (c counts) sum() float64 {
	total := 0.0
	for _, n := range c.whole {
		total += n
	}
	return total
}

func (c counts) of(function int) float64 {
	total := 0.0
	for _, x := range c.samples[function] {
		total += x
	}
	return total
}

// pearson is the sum of squared Pearson residuals of a function around its share in this window, and its degrees of
// freedom: buckets with samples, less one for the share.
func (c counts) pearson(function int) (squares, freedom float64) {
	residuals := c.residuals(function)
	for _, r := range residuals {
		squares += r * r
	}
	return squares, max(0, float64(len(residuals)-1))
}

// stepped is pearson around two levels: what is left after the step that explains most. A regression that begins inside
// the window must not pass for scatter. Choosing the step costs two degrees of freedom besides its own.
func (c counts) stepped(function int) (squares, freedom float64) {
	residuals := c.residuals(function)
	if len(residuals) < fewestForStep {
		return c.pearson(function)
	}
	least := squaresAround(residuals)
	for split := 1; split < len(residuals); split++ {
		least = min(least, squaresAround(residuals[:split])+squaresAround(residuals[split:]))
	}
	return least, float64(len(residuals)-1) - stepFreedom
}

const (
	fewestForStep = 6
	stepFreedom   = 3
)

// residuals are (x - n p) / sqrt(n p (1 - p)) of the buckets that have samples: of unit variance when there is nothing
// but counting noise.
func (c counts) residuals(function int) []float64 {
	share := c.of(function) / c.sum()
	if share <= 0 || share >= 1 {
		return nil
	}
	residuals := make([]float64, 0, len(c.whole))
	for bucket, n := range c.whole {
		if n > 0 {
			residuals = append(residuals, (c.samples[function][bucket]-n*share)/math.Sqrt(n*share*(1-share)))
		}
	}
	return residuals
}

// batched joins so many neighbouring buckets into one; what remains at the beginning joins the first.
func (c counts) batched(size int) counts {
	columns := len(c.whole) / size
	if columns < 2 {
		return c
	}
	first := len(c.whole) - columns*size
	batch := func(column int) int { return max(0, (column-first)/size) }
	joined := emptyCounts(len(c.samples), columns)
	for column, n := range c.whole {
		joined.whole[batch(column)] += n
	}
	for i, row := range c.samples {
		for column, x := range row {
			joined.samples[i][batch(column)] += x
		}
	}
	return joined
}
