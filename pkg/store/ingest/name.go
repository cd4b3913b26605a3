package ingest

import (
	"strings"

	"connectrpc.com/connect"
)

// appName is the name parameter of /ingest: `app{key=value,key=value}`.
type appName struct {
	app    string
	labels []Label
}

// parseAppName reads it as Pyroscope does: what follows an unclosed brace, or a
// pair without an end, is left out.
func parseAppName(text string) (appName, error) {
	app, inner, _ := strings.Cut(text, "{")
	n := appName{app: strings.TrimSpace(app)}
	if n.app == "" {
		return n, refuse(connect.CodeInvalidArgument, "label_invalid", "name: service name is required")
	}
	for inner != "" {
		end := strings.IndexAny(inner, ",}")
		if end < 0 {
			break
		}
		pair, closed := inner[:end], inner[end] == '}'
		inner = inner[end+1:]
		key, value, ok := strings.Cut(pair, "=")
		if key = strings.TrimSpace(key); ok && key != "" {
			n.set(key, strings.TrimSpace(value))
		}
		if closed {
			break
		}
	}
	return n, nil
}

// set keeps the last value of a label that is given twice.
func (n *appName) set(name, value string) {
	for i := range n.labels {
		if n.labels[i].Name == name {
			n.labels[i].Value = value
			return
		}
	}
	n.labels = append(n.labels, Label{name, value})
}

func (n *appName) get(name string) string {
	for _, l := range n.labels {
		if l.Name == name {
			return l.Value
		}
	}
	return ""
}

// series gives the labels of a push under a metric name. Labels of the server
// (`__x__`) cannot be set through a name.
func (n *appName) series(metric, spy string) []Label {
	out := []Label{{labelName, metric}, {"pyroscope_spy", spy}}
	if n.get(labelService) == "" {
		out = append(out, Label{labelService, n.app})
	}
	for _, l := range n.labels {
		if strings.HasPrefix(l.Name, "__") || l.Name == "pyroscope_spy" || l.Value == "" {
			continue
		}
		out = append(out, l)
	}
	return out
}
