package datasource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/flamewatch/profiles/pkg/pyroscope"
	"github.com/flamewatch/profiles/pkg/regression"
)

// lineWriter sends an answer in parts, a JSON object a line, as it becomes known.
type lineWriter struct {
	sender backend.CallResourceResponseSender
	begun  bool
}

func (w *lineWriter) send(line any) error {
	body, err := json.Marshal(line)
	if err != nil {
		return err
	}
	part := &backend.CallResourceResponse{Status: http.StatusOK, Body: append(body, '\n')}
	if !w.begun {
		// Without the last header a proxy may keep the parts back until the answer is whole.
		part.Headers = map[string][]string{"Content-Type": {"application/x-ndjson"}, "Cache-Control": {"no-store"}, "X-Accel-Buffering": {"no"}}
	}
	w.begun = true
	return w.sender.Send(part)
}

// fail answers a fault: as such before the first line, as the last line after it. Whoever went away gets nothing.
func (w *lineWriter) fail(ctx context.Context, err error) error {
	if !w.begun {
		return sendFault(w.sender, err)
	}
	if ctx.Err() != nil {
		return nil
	}
	return w.send(struct {
		Event   string `json:"event"`
		Message string `json:"message"`
	}{"failed", pyroscope.AsFault(err).Sentence})
}

// findingsRequest is the body of the resource regressions; see FindingsRequest in src/app/regressions/findings.ts.
type findingsRequest struct {
	Query        map[string]json.RawMessage `json:"query"`
	From         int64                      `json:"from"`
	To           int64                      `json:"to"`
	ProfileTypes []string                   `json:"profileTypes"`
	Services     []string                   `json:"services"`
	MaxServices  int                        `json:"maxServices"`
	Budget       int64                      `json:"budget"`
}

const (
	// largestBody is the most that is read of a request.
	largestBody = 256 << 10
	// streamedServices is how many services a streamed answer looks at without being told; mostServices is the most.
	streamedServices, mostServices = 50, 10_000
	// streamBudget is how long a streamed answer may take without being told; mostBudget is the most.
	streamBudget, mostBudget = 2 * time.Minute, 10 * time.Minute
	// mostTypes is how many profile types one request looks at, mostLeft how many services it names that were left.
	mostTypes, mostLeft = 12, 100
)

func readBody(body []byte, into any) error {
	if len(body) > largestBody {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("The request has %d kB, at most %d are read.", len(body)>>10, largestBody>>10), nil)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return pyroscope.Faulty(pyroscope.BadQuery, "The request's body is not the JSON that is expected: "+err.Error()+".", err)
	}
	return nil
}

// budgetOf is a time to spend in milliseconds, within the limits; usual when none is named.
func budgetOf(ms int64, usual time.Duration) (time.Duration, error) {
	budget := time.Duration(ms) * time.Millisecond
	switch {
	case ms == 0:
		return usual, nil
	case ms < 0 || budget > mostBudget:
		return 0, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("budget is %d, where up to %d milliseconds are expected.",
			ms, mostBudget.Milliseconds()), nil)
	}
	return budget, nil
}

// typePlan is what is looked at of one profile type.
type typePlan struct {
	Plan
	windows
	costs map[string]float64
}

// plansOf makes a plan for each profile type that has profiles on both sides.
func (d *Datasource) plansOf(ctx context.Context, r findingsRequest, identity string) (plans []typePlan, notices []string, err error) {
	types := r.ProfileTypes
	if len(types) == 0 {
		types = []string{""}
	}
	if len(types) > mostTypes {
		return nil, nil, pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("%d profile types were asked for, at most %d are looked at.",
			len(types), mostTypes), nil)
	}
	var refused error
	for _, profileType := range types {
		plan, err := d.planOf(ctx, r.Query, profileType, r.From, r.To)
		if len(types) > 1 && pyroscope.Is(err, pyroscope.BadQuery) {
			refused = errors.Join(refused, err)
			notices = append(notices, err.Error())
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		plan.Identity = identity
		notices = append(notices, plan.Notices...)
		w, why, err := d.comparedWindows(ctx, plan)
		if err != nil {
			return nil, nil, err
		}
		if w.step == 0 {
			notices = append(notices, why...)
			continue
		}
		if slices.ContainsFunc(plans, func(other typePlan) bool { return other.Operands[0].Type() == plan.Operands[0].Type() }) {
			continue
		}
		costs, err := d.serviceCosts(ctx, plan, w)
		if err != nil {
			return nil, nil, err
		}
		plans = append(plans, typePlan{plan, w, costs})
	}
	if len(plans) == 0 && refused != nil {
		return nil, nil, refused
	}
	slices.Sort(notices)
	return plans, slices.Compact(notices), nil
}

// planOf is the plan of a query's model as regressions.
func (d *Datasource) planOf(ctx context.Context, query map[string]json.RawMessage, profileType string, from, to int64) (Plan, error) {
	model := map[string]json.RawMessage{}
	for key, value := range query {
		model[key] = value
	}
	model["queryType"] = json.RawMessage(`"regressions"`)
	if profileType != "" {
		name, err := json.Marshal(profileType)
		if err != nil {
			return Plan{}, err
		}
		model["profileTypeId"] = name
	}
	body, err := json.Marshal(model)
	if err != nil {
		return Plan{}, err
	}
	return d.plan(ctx, backend.DataQuery{RefID: "A", JSON: body,
		TimeRange: backend.TimeRange{From: time.UnixMilli(from), To: time.UnixMilli(to)}}, false)
}

// streamRegressions answers the resource regressions: the findings of all services, service by service, as they are found.
func (d *Datasource) streamRegressions(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	w := &lineWriter{sender: sender}
	if err := d.findings(ctx, req, w); err != nil {
		return w.fail(ctx, err)
	}
	return nil
}

func (d *Datasource) findings(ctx context.Context, req *backend.CallResourceRequest, w *lineWriter) error {
	begun := time.Now()
	var r findingsRequest
	if err := readBody(req.Body, &r); err != nil {
		return err
	}
	budget, err := budgetOf(r.Budget, streamBudget)
	if err != nil {
		return err
	}
	if r.MaxServices < 0 || r.MaxServices > mostServices {
		return pyroscope.Faulty(pyroscope.BadQuery, fmt.Sprintf("maxServices is %d, where 1 to %d are expected.", r.MaxServices, mostServices), nil)
	}
	plans, notices, err := d.plansOf(ctx, r, identityOf(req))
	if err != nil {
		return err
	}
	costs := map[string]float64{}
	for i := len(plans) - 1; i >= 0; i-- { // the first type's costs decide the order
		for service, cost := range plans[i].costs {
			costs[service] = cost
		}
	}
	all := len(costs)
	if len(r.Services) > 0 {
		for service := range costs {
			if !slices.Contains(r.Services, service) {
				delete(costs, service)
			}
		}
	}
	most := r.MaxServices
	if most == 0 {
		most = streamedServices
	}
	services := largestOf(costs, most)
	if err := w.send(begunOf(plans, len(services), all, notices)); err != nil {
		return err
	}
	left := largestOf(costs, len(costs))[len(services):]
	done := 0
	for _, service := range services {
		if done > 0 && time.Since(begun) > budget {
			left = append(slices.Clone(services[done:]), left...)
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.send(progressLine{"progress", done, len(services), service}); err != nil {
			return err
		}
		if err := d.findingsOfService(ctx, plans, service, len(services), w); err != nil {
			return err
		}
		done++
	}
	return w.send(doneLine{"done", time.Since(begun).Milliseconds(), done, listed(left[:min(len(left), mostLeft)]), []string{}})
}

type progressLine struct {
	Event   string `json:"event"`
	Done    int    `json:"done"`
	Total   int    `json:"total"`
	Service string `json:"service"`
}

type doneLine struct {
	Event      string   `json:"event"`
	DurationMS int64    `json:"durationMs"`
	Done       int      `json:"done"`
	Left       []string `json:"left"`
	Notices    []string `json:"notices"`
}

type windowJSON struct {
	From    int64  `json:"from"`
	To      int64  `json:"to"`
	Version string `json:"version,omitempty"`
}

type begunLine struct {
	Event        string     `json:"event"`
	Total        int        `json:"total"`
	All          int        `json:"all"`
	ProfileTypes []string   `json:"profileTypes"`
	Buckets      int        `json:"buckets"`
	BucketMS     int64      `json:"bucketMs"`
	Comparison   windowJSON `json:"comparison"`
	Baseline     windowJSON `json:"baseline"`
	Notices      []string   `json:"notices"`
}

func begunOf(plans []typePlan, total, all int, notices []string) begunLine {
	line := begunLine{Event: "begun", Total: total, All: all, ProfileTypes: []string{}, Notices: listed(notices)}
	for i, plan := range plans {
		line.ProfileTypes = append(line.ProfileTypes, plan.Operands[0].Type().ID)
		if i == 0 {
			line.Buckets, line.BucketMS = plan.comparison.count, plan.step.Milliseconds()
			line.Comparison, line.Baseline = windowOf(plan.comparison, plan.step, ""), windowOf(plan.baseline, plan.step, "")
		}
	}
	return line
}

func windowOf(s stretch, step time.Duration, version string) windowJSON {
	span := s.span(step)
	return windowJSON{From: span.Start - 1, To: span.End, Version: version}
}

type insufficientJSON struct {
	Share          float64 `json:"share"`
	SmallestChange float64 `json:"smallestChange"`
	Sentence       string  `json:"sentence"`
}

type candidateJSON struct {
	Function   string  `json:"function"`
	Baseline   float64 `json:"baseline"`
	Comparison float64 `json:"comparison"`
	Q          float64 `json:"q"`
	Why        string  `json:"why"`
}

type deployMarkJSON struct {
	At      int64  `json:"at"`
	Version string `json:"version"`
	Before  string `json:"before"`
}

type serviceLine struct {
	Event             string            `json:"event"`
	Service           string            `json:"service"`
	ProfileTypeID     string            `json:"profileTypeId"`
	Findings          []findingJSON     `json:"findings"`
	Rejected          []candidateJSON   `json:"rejected"`
	Tested            int               `json:"tested"`
	BaselineSamples   float64           `json:"baselineSamples"`
	ComparisonSamples float64           `json:"comparisonSamples"`
	Insufficient      *insufficientJSON `json:"insufficient,omitempty"`
	Fault             string            `json:"fault,omitempty"`
	Comparison        *windowJSON       `json:"comparison,omitempty"`
	Baseline          *windowJSON       `json:"baseline,omitempty"`
	Deploys           []deployMarkJSON  `json:"deploys"`
	Notices           []string          `json:"notices"`
}

// findingsOfService sends a line for each profile type of a service. Findings of one call path in several types are told
// once, with the type that was asked for first.
func (d *Datasource) findingsOfService(ctx context.Context, plans []typePlan, service string, among int, w *lineWriter) error {
	var lines []serviceLine
	for _, plan := range plans {
		if _, known := plan.costs[service]; !known {
			continue
		}
		e, err := d.evaluateService(ctx, plan, service, among)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !isOfOneService(err) {
			return err
		}
		lines = append(lines, lineOf(plan, service, e, err))
	}
	for i := range lines {
		for k := i + 1; k < len(lines); k++ {
			lines[k].Findings = tellOnce(lines[i].Findings, lines[k].Findings)
		}
	}
	for _, line := range lines {
		if err := w.send(line); err != nil {
			return err
		}
	}
	return nil
}

// isOfOneService says that a server's refusal may concern one service only, such as an answer that is too large.
func isOfOneService(err error) bool {
	return isOfService(err) || pyroscope.Is(err, pyroscope.TooLarge) || pyroscope.Is(err, pyroscope.Refused)
}

// evaluateService looks at a service now and, for the status of its findings, at the windows a quarter earlier. Among many
// services the earlier windows are looked at only where something is found now.
func (d *Datasource) evaluateService(ctx context.Context, plan typePlan, service string, among int) (evaluation, error) {
	r := &round{services: make([]string, among)}
	now, err := d.serviceReport(ctx, plan.Plan, plan.windows, r, service)
	if err != nil {
		return evaluation{}, err
	}
	isFound := slices.ContainsFunc(now.Findings, func(f regression.Finding) bool { return f.Kind.Wakes() })
	if isFound {
		d.regressed.put(plan.Identity+"|"+plan.Operands[0].Type().ID+"|"+service, true)
	}
	if now.Fault != nil || among >= screenedFrom && !isFound && d.lateness(plan.Plan, service) != 0 {
		e := evaluation{latest: map[string]seenFinding{}}
		e.add(now)
		return e, nil
	}
	return d.evaluateBack(ctx, plan.Plan, plan.windows, service, regressionEvaluations)
}

// tellOnce moves findings of a later type that lie on a call path already told to that one's `also`.
func tellOnce(told, later []findingJSON) []findingJSON {
	var left []findingJSON
	for _, finding := range later {
		at := slices.IndexFunc(told, func(other findingJSON) bool {
			return finding.Kind.Wakes() && other.Kind.Wakes() && samePath(other, finding)
		})
		if at < 0 {
			left = append(left, finding)
			continue
		}
		told[at].Also = append(told[at].Also, alsoJSON{finding.ProfileTypeID, finding.Function, finding.Ratio, finding.Q})
	}
	return listed(left)
}

func lineOf(plan typePlan, service string, e evaluation, err error) serviceLine {
	line := serviceLine{Event: "service", Service: service, ProfileTypeID: plan.Operands[0].Type().ID, Findings: []findingJSON{},
		Rejected: []candidateJSON{}, Deploys: []deployMarkJSON{}, Notices: []string{}}
	if err != nil {
		line.Fault = pyroscope.AsFault(err).Sentence
		return line
	}
	now := e.reports[len(e.reports)-1]
	if now.Fault != nil {
		line.Fault = upperFirst(now.Fault.Error()) + "."
		return line
	}
	line.Findings = e.findings()
	line.Tested, line.BaselineSamples, line.ComparisonSamples = now.Tested, now.BaselineSamples, now.ComparisonSamples
	line.Notices = listed(now.Notices)
	if now.Insufficient != nil {
		line.Insufficient = &insufficientJSON{now.Insufficient.Share, now.Insufficient.SmallestChange, now.Insufficient.Why}
	}
	for _, it := range now.Rejected[:min(len(now.Rejected), mostCandidates)] {
		line.Rejected = append(line.Rejected, candidateJSON{it.Function, it.Baseline, it.Comparison, it.Q, it.Why})
	}
	if s := now.subject; s.step > 0 {
		comparison, baseline := windowOf(s.windows.comparison, s.step, s.version), windowOf(s.windows.baseline, s.step, s.versionBefore)
		line.Comparison, line.Baseline = &comparison, &baseline
		for _, one := range s.deploys {
			line.Deploys = append(line.Deploys, deployMarkJSON{one.At, one.Version, one.Before})
		}
	}
	return line
}

// mostCandidates is how many functions that are no finding a service's line names.
const mostCandidates = 50

// findings are those of the last evaluation with their status, and those that were there before and are no more.
func (e evaluation) findings() []findingJSON {
	now := e.reports[len(e.reports)-1]
	t := now.plan.Operands[0].Type()
	had := func(report ServiceReport, known string) bool {
		return slices.ContainsFunc(report.Findings, func(f regression.Finding) bool {
			return fingerprint(report.Service, t, f.Function) == known
		})
	}
	found := []findingJSON{}
	for _, finding := range now.Findings {
		made := findingOf(now, finding)
		made.Status = "new"
		if len(e.reports) > aQuarter && had(e.reports[len(e.reports)-1-aQuarter], made.Fingerprint) {
			made.Status = "ongoing"
		}
		made.Standing = slices.Contains(e.standing, made.Fingerprint)
		found = append(found, made)
	}
	for known, seen := range e.latest {
		times := 0
		for _, report := range e.reports {
			if had(report, known) {
				times++
			}
		}
		if times >= 2 && !had(now, known) {
			made := findingOf(e.reports[seen.at], seen.Finding)
			made.Status, made.Alerts, made.Standing = "gone", false, slices.Contains(e.standing, known)
			found = append(found, made)
		}
	}
	slices.SortStableFunc(found[len(now.Findings):], func(a, b findingJSON) int {
		if a.Fingerprint < b.Fingerprint {
			return -1
		}
		return 1
	})
	return found
}
