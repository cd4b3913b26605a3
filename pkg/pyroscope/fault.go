package pyroscope

import (
	"context"
	"errors"
	"time"
)

// Class says whose fault a failed call is. It is set where the fault arises.
type Class int

const (
	// Ours is a fault of this program.
	Ours Class = iota
	// BadQuery is something the user wrote that no server can answer.
	BadQuery
	// Refused means that the server answered and would not do it: credentials,
	// limits, a range it does not keep.
	Refused
	// Unsupported means that the server does not know the call.
	Unsupported
	// NotPyroscope means that something answered, but not a profile server.
	NotPyroscope
	// Down means that no answer, or only a part of one, arrived.
	Down
	// TooLarge means that the answer is larger than the limit of the settings.
	TooLarge
	// Canceled means that nobody waits for the answer any more.
	Canceled
)

// Fault is an error a person can act on: one sentence that says what is wrong
// and what to do, and the cause for the log.
type Fault struct {
	Class    Class
	Sentence string
	// Status is the HTTP status, 0 if no answer came.
	Status int
	// Code is the Connect code of the answer, empty if there was none.
	Code string
	// Message is what the server said, empty if it said nothing.
	Message string
	Cause   error

	// retryAfter is how long the server asks to be left alone, 0 where it does not say.
	retryAfter time.Duration
	// page says that a web page came in the place of an answer.
	page bool
}

// Error is the sentence.
func (f *Fault) Error() string { return f.Sentence }

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Faulty makes a fault.
func Faulty(class Class, sentence string, cause error) *Fault {
	return &Fault{Class: class, Sentence: sentence, Cause: cause}
}

// AsFault finds the fault in an error. An error without one is ours, unless the
// context ended.
func AsFault(err error) *Fault {
	var fault *Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, context.Canceled):
		return Faulty(Canceled, "The query was cancelled.", err)
	default:
		return Faulty(Ours, "Something went wrong in the Flamewatch datasource: "+err.Error(), err)
	}
}

// Is says that err is a fault of this class.
func Is(err error, class Class) bool {
	var fault *Fault
	return errors.As(err, &fault) && fault.Class == class
}
