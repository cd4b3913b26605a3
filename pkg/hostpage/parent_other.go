//go:build !linux

package hostpage

import "os/exec"

// endWithParent does nothing where the kernel cannot do it: there the child outlives a page's server that is killed.
func endWithParent(*exec.Cmd) {}
