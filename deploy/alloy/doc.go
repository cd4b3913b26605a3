// Package alloy has no code: its tests parse and evaluate the configurations of this folder as Alloy would, against a
// reference of the components' arguments and against pods made up in the tests, and read the manifests that run them.
package alloy
