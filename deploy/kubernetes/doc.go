// Package kubernetes has no code: its tests read every manifest of deploy/ into Kubernetes' own types, strictly, and ask of
// the policies what they let through.
package kubernetes
