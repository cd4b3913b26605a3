package datasource

import (
	"cmp"
	"slices"

	"github.com/flamewatch/profiles/pkg/frames"
	"github.com/flamewatch/profiles/pkg/names"
	"github.com/flamewatch/profiles/pkg/regression"
)

type replayBegunLine struct {
	Event    string   `json:"event"`
	Total    int      `json:"total"`
	StepMS   int64    `json:"stepMs"`
	Services []string `json:"services"`
	Notices  []string `json:"notices"`
}

type replayProgressLine struct {
	Event string `json:"event"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	At    int64  `json:"at"`
}

type evaluationLine struct {
	Event     string         `json:"event"`
	At        int64          `json:"at"`
	Instances []ruleInstance `json:"instances"`
}

type ruleInstance struct {
	Service  string          `json:"service"`
	Function string          `json:"function"`
	Kind     regression.Kind `json:"kind"`
	Value    float64         `json:"value"`
	Standing bool            `json:"standing"`
}

type replayDoneLine struct {
	Event       string   `json:"event"`
	DurationMS  int64    `json:"durationMs"`
	Evaluations int      `json:"evaluations"`
	Firings     []firing `json:"firings"`
	Notices     []string `json:"notices"`
}

// firing is a stretch of time in which an instance of the rule would have fired; To is null while it still does.
type firing struct {
	Service  string          `json:"service"`
	Function string          `json:"function"`
	Kind     regression.Kind `json:"kind"`
	From     int64           `json:"from"`
	To       *int64          `json:"to"`
	Value    float64         `json:"value"`
}

// replayLog follows what stands from evaluation to evaluation.
type replayLog struct {
	above       float64
	number      string
	evaluations [][]string
	fired       map[string]*firing
	all         []*firing
	notices     []string
}

func (l *replayLog) evaluate(at int64, reports []ServiceReport) evaluationLine {
	line := evaluationLine{Event: "evaluation", At: at, Instances: []ruleInstance{}}
	var known []string
	byPrint := map[string]int{}
	for _, report := range reports {
		for _, finding := range report.Findings {
			if !finding.Alerts {
				continue
			}
			print := fingerprint(report.Service, report.plan.Operands[0].Type(), finding.Function)
			if _, twice := byPrint[print]; twice {
				continue
			}
			known = append(known, print)
			byPrint[print] = len(line.Instances)
			row := frames.RegressionRow{Service: report.Service, Finding: finding, Cost: report.costly(finding).cost}
			line.Instances = append(line.Instances, ruleInstance{
				Service: report.Service, Function: names.Normalize(finding.Function), Kind: finding.Kind, Value: frames.RegressionNumber(row, l.number),
			})
		}
	}
	l.evaluations = append(l.evaluations, known)
	if len(l.evaluations) > regressionEvaluations {
		l.evaluations = l.evaluations[1:]
	}
	standing := regression.Standing(l.evaluations)
	for print, i := range byPrint {
		it := &line.Instances[i]
		it.Standing = slices.Contains(standing, print)
		if it.Standing && it.Value > l.above {
			if l.fired[print] == nil {
				l.fired[print] = &firing{Service: it.Service, Function: it.Function, Kind: it.Kind, From: at}
				l.all = append(l.all, l.fired[print])
			}
			l.fired[print].Value = max(l.fired[print].Value, it.Value)
		}
	}
	for print, it := range l.fired {
		if !slices.Contains(standing, print) {
			ended := at
			it.To = &ended
			delete(l.fired, print)
		}
	}
	return line
}

func (l *replayLog) firings() []firing {
	all := make([]firing, len(l.all))
	for i, it := range l.all {
		all[i] = *it
	}
	slices.SortFunc(all, func(a, b firing) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Function, b.Function))
	})
	return all
}
