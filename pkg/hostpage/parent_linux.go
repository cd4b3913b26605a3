package hostpage

import (
	"os/exec"
	"syscall"
)

// endWithParent has the kernel end the child when the page's server dies without a chance to do so itself. The signal
// is tied to the thread that started the child, which Go keeps for the life of the process in all but rare cases; then
// the child would end early and be started again.
func endWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
}
