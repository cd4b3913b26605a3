// Package prometheus has no code: its tests hold the rules of this folder to what a Pyroscope really reports, and run
// their unit tests (tests/*.test.yaml, in the format of `promtool test rules`).
package prometheus
