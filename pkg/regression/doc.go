// Package regression finds the functions of a service that cost more than before, from call trees of two windows. It is
// pure: trees in, report out, the same for the same input; it fetches nothing and knows no server.
//
// # What is compared
//
// Each window is cut into equal closed buckets. Compared are shares of the service's profile: traffic that doubles
// doubles every cost and changes no share. Tested are each function's own cost and its total (with all that it calls, a
// stack in which it stands several times counted once), matched across builds by [names.Normalize].
//
// # The test
//
// Shares are compared as arcs, asin(sqrt(p)), whose variance is φ/4n for any share p of n samples (Anscombe 1948, "The
// transformation of Poisson, binomial and negative-binomial data"). φ, the dispersion, is what a function scatters
// beyond counting noise:
//
//   - measured by Pearson residuals over pairs of neighbouring buckets, inside each window;
//   - moved towards what functions of its size have in common, by empirical Bayes (Smyth 2004, "Linear models and
//     empirical Bayes methods for assessing differential expression in microarray experiments");
//   - inflated by what neighbouring buckets still have in common, estimated over all functions;
//   - enlarged by the scatter between instances where the windows have different ones; degrees of freedom after
//     Satterthwaite.
//
// When a large function goes, every other share grows. The common factor is taken out as a trimmed mean of logarithms of
// ratios (Robinson and Oshlack 2010, "A scaling normalization method for differential expression analysis of RNA-seq").
// All tests of one service and profile type are one family; q-values are those of Benjamini and Hochberg (1995).
//
// # From differences to findings
//
// A change must be larger than the thresholds besides. Functions that grew along one call path are one finding, told at
// the function of which growth makes up most (the square of the change over the share is largest); a function of a
// standard library is told at the caller of the service's own that asks more of it. What is over is transient, what a
// neighbour gave back is shifted, what may have been there below the server's cut is cut off: told, and nobody is woken
// for it.
//
// # Leaks
//
// States, such as memory in use, are judged by [FindLeak]: the slope of Theil and Sen on each instance since its start,
// rising by Kendall's rank test on most of them, and told at the function under which most of what grew is held.
//
// How well that works is measured on generated services: go test -run Quality -v ./pkg/regression (-full for more of
// them).
package regression
