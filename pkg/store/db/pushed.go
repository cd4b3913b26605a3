package db

import (
	"encoding/hex"
	"fmt"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/flamewatch/profiles/pkg/store/profile"
)

// ProfileID names a pushed profile. The same push gives the same id, so a
// retried push lands on the rows it wrote before.
type ProfileID [16]byte

// String writes the id as a UUID.
func (id ProfileID) String() string {
	var out [36]byte
	at := 0
	for i, b := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out[at] = '-'
			at++
		}
		at += hex.Encode(out[at:], []byte{b})
	}
	return string(out[:])
}

// Pushed is a profile that was decoded and found good.
type Pushed struct {
	ID      ProfileID
	Service string
	TimeMs  int64
	Profile *profile.Profile
	Groups  []Group
}

// Group is the part of a profile's samples that belongs to one label set.
type Group struct {
	// Labels of the series of each sample type.
	Labels []labels.Labels
	// Samples are indexes into Profile.Samples; nil means all.
	Samples []int32
	// Spans of these samples; nil when none has one.
	Spans []Span
}

// FullError says that a service has more of something than it may have.
type FullError struct {
	Service, What string
	Limit         int
}

func (e *FullError) Error() string {
	return fmt.Sprintf("service %q has more than %d different %s in this hour: "+
		"give it fewer label values or raise the limit", e.Service, e.Limit, e.What)
}
