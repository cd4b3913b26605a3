package regression

const (
	// fewCallers is how far up a shift is looked for: renaming and inlining move a cost by a frame or two.
	fewCallers = 3
	// mostOfAll is the share of the profile beyond which an ancestor says nothing: the whole never changes its share.
	mostOfAll = 0.6
	// leftOver is how much of a growth an ancestor may show for it to be given back below it.
	leftOver = 0.25
)

// givenBack looks for the caller below which the growth of a node disappears: some function there costs about as much
// less. uncertainty is the standard error of a share's change; where it is as large as what is looked for, nothing is
// said.
func (j *joined) givenBack(node int, uncertainty float64) (from string, isShift bool) {
	growth := j.changeAt(node)
	if growth <= 0 || uncertainty > growth/2 {
		return "", false
	}
	at := node
	for range fewCallers {
		at = int(j.parent[at])
		if at <= 0 || max(j.comparisonTotal[at], j.baselineTotal[at]) > mostOfAll {
			return "", false
		}
		if j.changeAt(at) > leftOver*growth {
			continue
		}
		if loser := j.greatestLoss(at); loser > 0 && -j.changeOfLoser(at, loser) > growth/2 {
			return j.Name(loser), true
		}
	}
	return "", false
}

// tookOver says that a function's own cost grew and its total (nearly) did not: what it called is a part of it now, as
// after inlining. from is the function below it that costs less.
func (j *joined) tookOver(name string) (from string, isShift bool) {
	own, loser, most := 0.0, 0, 0.0
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) != name {
			continue
		}
		own += j.selfChange[node]
		if at := j.greatestLoss(node); at > 0 && at != node && -j.changeAt(at) > most {
			loser, most = at, -j.changeAt(at)
		}
	}
	if own <= 0 || loser == 0 || j.functions[name].change() > leftOver*own {
		return "", false
	}
	return j.Name(loser), true
}

// greatestLoss is the child with the largest decrease, or the node itself when its own cost decreased most.
func (j *joined) greatestLoss(parent int) int {
	best, least := 0, 0.0
	if j.selfChange[parent] < least {
		best, least = parent, j.selfChange[parent]
	}
	for child := parent + 1; child < j.Len() && j.Level[child] > j.Level[parent]; child++ {
		if j.Level[child] == j.Level[parent]+1 && j.changeAt(child) < least {
			best, least = child, j.changeAt(child)
		}
	}
	return best
}

func (j *joined) changeOfLoser(parent, loser int) float64 {
	if loser == parent {
		return j.selfChange[parent]
	}
	return j.changeAt(loser)
}

// heaviestLoss is the node of a function with the largest decrease of its total.
func (j *joined) heaviestLoss(name string) int {
	best := 0
	for node := 1; node < j.Len(); node++ {
		if j.Name(node) == name && (best == 0 || j.changeAt(node) < j.changeAt(best)) {
			best = node
		}
	}
	return best
}
