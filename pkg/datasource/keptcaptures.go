package datasource

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/capture"
	"github.com/flamewatch/profiles/pkg/pyroscope"
)

// captureLabel marks the profiles that were kept; its value is the capture's id, by which alone it can be selected.
const captureLabel = "capture"

// keptServices begin the names of the services under which captures are kept if nobody says otherwise
// (src/app/captures/capture/KeepDialog.tsx). They are no programs: nothing is missing when they send no more.
const keptServices = "captures/"

// withoutKept leaves out what only captures were kept under.
func withoutKept(byService map[string][]pyroscope.ProfileType) {
	maps.DeleteFunc(byService, func(service string, _ []pyroscope.ProfileType) bool { return strings.HasPrefix(service, keptServices) })
}

// keptCapture is a capture that is at the server.
type keptCapture struct {
	ID     string            `json:"id"`
	Labels map[string]string `json:"labels"`
	// Types are ids of profile types.
	Types []string `json:"types"`
	// At is when it was kept or, straight after keeping, when it was taken: milliseconds since the epoch.
	At int64 `json:"at"`
}

// keepCapture sends the profile of a request to the server. Parameters: profile, one of the profiles that can be captured;
// labels, a JSON object with at least service_name.
func (d *Datasource) keepCapture(ctx context.Context, req *backend.CallResourceRequest) (keptCapture, error) {
	address, err := url.Parse(req.URL)
	if err != nil {
		return keptCapture{}, notAnswered(http.StatusBadRequest, "The address of the resource cannot be read.")
	}
	labels := map[string]string{}
	if err := json.Unmarshal([]byte(address.Query().Get("labels")), &labels); err != nil {
		return keptCapture{}, notAnswered(http.StatusBadRequest, "The labels are not a JSON object of texts.")
	}
	return d.keep(ctx, req.PluginContext.User.Login, req.Body, address.Query().Get("profile"), labels)
}

// KeepCapture sends a profile to the server, from a shell, and returns the id by which it is found.
func (d *Datasource) KeepCapture(ctx context.Context, packed []byte, profile string, labels map[string]string) (string, error) {
	kept, err := d.keep(ctx, "", packed, profile, labels)
	return kept.ID, err
}

func (d *Datasource) keep(ctx context.Context, login string, packed []byte, profile string, labels map[string]string) (keptCapture, error) {
	var kept capture.Kept
	if err := guarded(ctx, func() (err error) {
		kept, err = capture.Keep(packed, profile, labels, d.now())
		return err
	}); err != nil {
		found := capture.AsProblem(err)
		return keptCapture{}, notAnswered(found.Status, found.Sentence)
	}
	answer := keptCapture{ID: newCaptureID(d.now()), Types: kept.Types, At: kept.At.UnixMilli()}
	kept.Labels[captureLabel] = answer.ID
	err := d.client.Push(ctx, kept.Labels, kept.Profile)
	log := backend.Logger.FromContext(ctx).With("user", login, "service", kept.Labels[serviceLabel], "capture", answer.ID, "bytes", len(kept.Profile))
	if err != nil {
		fault := *pyroscope.AsFault(err)
		log.Warn("A capture was not kept", "error", fault.Sentence, "cause", fault.Cause)
		fault.Sentence = "The capture was not kept. " + fault.Sentence
		if saysTooLarge.MatchString(fault.Message) || saysTooLarge.MatchString(fault.Sentence) {
			fault.Sentence = fmt.Sprintf("The capture was not kept: with %d KiB, packed, it is larger than the server takes. Unpacked, Pyroscope takes 4 MiB unless its limit max_profile_size_bytes is raised, the embedded store 16 MiB (--max-profile-bytes). Keep a shorter capture, or download it.", len(kept.Profile)>>10)
		}
		return keptCapture{}, &fault
	}
	log.Info("Kept a capture")
	answer.Labels = withoutServers(kept.Labels)
	return answer, nil
}

// saysTooLarge knows the words of Pyroscope, of the embedded store and of proxies before them.
var saysTooLarge = regexp.MustCompile(`(?i)profile payload size|max_profile_size_bytes|profile is larger than|max-profile-bytes|entity too large|body too large`)

// newCaptureID is the time, by which ids sort, and something that makes it the only one.
func newCaptureID(now time.Time) string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails
	return now.UTC().Format(idTime) + "-" + hex.EncodeToString(random[:])
}

const idTime = "20060102T150405Z"

// withoutServers leaves out the labels that servers set.
func withoutServers(labels map[string]string) map[string]string {
	own := maps.Clone(labels)
	maps.DeleteFunc(own, func(name, _ string) bool { return strings.HasPrefix(name, "__") || name == captureLabel })
	return own
}

// longestLook is how far back captures are looked for in one call, day by day where the server wants it.
const longestLook = 31 * 24 * time.Hour

// keptCaptures lists what was kept in a range, or in its end where it is too long, latest first.
func (d *Datasource) keptCaptures(ctx context.Context, p params) ([]keptCapture, error) {
	marked, err := pyroscope.ParseSelector(fmt.Sprintf(`{%s!=""}`, captureLabel))
	if err != nil {
		return nil, err
	}
	end := min(p.End, d.now().Add(time.Minute).UnixMilli())
	p.Start = max(p.Start, end-longestLook.Milliseconds())
	byID := map[string]*keptCapture{}
	// A server answers only so long a range at once.
	for end > p.Start {
		part := d.recent(pyroscope.Range{Start: p.Start, End: end})
		sets, err := d.client.LabelSets(ctx, part, marked)
		if err != nil && d.learnQueryLength(err) && d.recent(part) != part {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, set := range sets {
			id := set[captureLabel]
			one := byID[id]
			if one == nil {
				at, isCapture := timeOfCapture(id)
				if !isCapture { // another program's label of the same name
					continue
				}
				one = &keptCapture{ID: id, Labels: withoutServers(set), At: at}
				byID[id] = one
			}
			if kind := set[typeLabel]; kind != "" && !slices.Contains(one.Types, kind) {
				one.Types = append(one.Types, kind)
			}
		}
		end = part.Start - 1
	}
	all := make([]keptCapture, 0, len(byID))
	for _, one := range byID {
		slices.Sort(one.Types)
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b keptCapture) int { return cmp.Compare(b.ID, a.ID) })
	return all, nil
}

// timeOfCapture reads the time in an id, in milliseconds since the epoch.
func timeOfCapture(id string) (at int64, isCapture bool) {
	text, _, _ := strings.Cut(id, "-")
	parsed, err := time.Parse(idTime, text)
	return parsed.UnixMilli(), err == nil
}
