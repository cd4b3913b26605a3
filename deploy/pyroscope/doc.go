// Package pyroscope has no code: its tests hold the chart values of this folder to the keys that the chart and Pyroscope
// read, and do the sums of sizing.yaml again.
package pyroscope
