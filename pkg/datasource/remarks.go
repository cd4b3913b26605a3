package datasource

import (
	"encoding/json"
	"fmt"
	"html"
	"time"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// Keys of the annotations that Pyroscope's distributor makes.
const (
	throttledKey = "pyroscope.ingest.throttled"
	sampledKey   = "pyroscope.ingest.sampled"
)

// remark is the value of both annotations.
type remark struct {
	Body struct {
		PeriodType     string  `json:"periodType"`
		PeriodLimitMB  float64 `json:"periodLimitMb"`
		LimitResetTime int64   `json:"limitResetTime"` // seconds since the epoch
		Source         *struct {
			Probability float64 `json:"probability"`
		} `json:"source"`
	} `json:"body"`
}

// remarksOf puts the server's annotations into words. Equal ones that follow each
// other are one that lasts; what is not known is left out.
func remarksOf(all []pyroscope.Annotation, now time.Time) []frames.Annotation {
	var words []frames.Annotation
	for _, a := range all {
		var value remark
		if json.Unmarshal([]byte(a.Value), &value) != nil {
			continue
		}
		one := frames.Annotation{Time: time.UnixMilli(a.Time), End: time.UnixMilli(a.Time)}
		switch {
		case a.Key == throttledKey:
			one.Text = fmt.Sprintf("The limit of %.0f MiB a %s is reached: the server takes only samples of the profiles.",
				value.Body.PeriodLimitMB, html.EscapeString(value.Body.PeriodType))
			one.End = time.Unix(value.Body.LimitResetTime, 0)
			one.Region = one.End.Before(now)
		case a.Key == sampledKey && value.Body.Source != nil && value.Body.Source.Probability < 1:
			one.Text = fmt.Sprintf("The server keeps %.0f%% of the profiles of this service.", 100*value.Body.Source.Probability)
			one.Region = true
		default:
			continue
		}
		if n := len(words); n > 0 && words[n-1].Text == one.Text {
			words[n-1].End = one.End
			continue
		}
		words = append(words, one)
	}
	return words
}
