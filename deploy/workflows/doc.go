// Package workflows has no code: its tests read what the repository's host is told in .github/, the workflows with
// actionlint.
package workflows
