// Package contract holds the store to answers that a real Pyroscope gave. Its
// tests replay the exchanges recorded in testdata/pyroscope-contract and compare
// every answer. CONTRACT.md there says in words what the recordings show, and
// differences.json lists where the store answers otherwise on purpose, and why.
package contract
