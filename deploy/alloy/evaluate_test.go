package alloy

import (
	"bytes"
	"cmp"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/grafana/alloy/syntax/ast"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/printer"
	"github.com/grafana/alloy/syntax/vm"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
)

// evaluated is what a configuration comes to with given pods.
type evaluated struct {
	discoveries []discoveryKubernetes
	scrapes     []pyroscopeScrape
	ebpf        []pyroscopeEBPF
	java        []pyroscopeJava
	writes      []pyroscopeWrite
}

// evaluate runs a configuration on the targets that discovery.kubernetes would give. What a component exports can be
// referred to by those after it; receivers can be from anywhere.
func evaluate(t *testing.T, path string, pods targets) evaluated {
	t.Helper()
	file := parse(t, path)
	var all evaluated
	exports := map[string]any{}
	for _, block := range blocks(t, file.Body) {
		if name(block) == "pyroscope.write" {
			export(exports, block, "receiver", block.Label)
		}
	}
	declared := map[string]*ast.BlockStmt{}
	for _, block := range blocks(t, file.Body) {
		if name(block) == "declare" {
			declared[block.Label] = block
			continue
		}
		if custom := declared[name(block)]; custom != nil {
			var arguments map[string]any
			decode(t, ast.Body(block.Body), exports, &arguments)
			inner := map[string]any{"argument": argumentsOf(t, custom, arguments)}
			for _, part := range blocks(t, custom.Body) {
				if name(part) != "argument" {
					all.component(t, part, inner, nil)
				}
			}
			continue
		}
		all.component(t, block, exports, pods)
	}
	return all
}

// argumentsOf holds what a custom component is given to what it declares: each must be given, and no other.
func argumentsOf(t *testing.T, custom *ast.BlockStmt, given map[string]any) map[string]any {
	t.Helper()
	arguments := map[string]any{}
	for _, block := range blocks(t, custom.Body) {
		if name(block) == "argument" {
			value, ok := given[block.Label]
			if !ok {
				t.Errorf("%s is not given its argument %s", custom.Label, block.Label)
			}
			arguments[block.Label] = map[string]any{"value": value}
		}
	}
	if len(given) != len(arguments) {
		t.Errorf("%s is given %v and declares %v", custom.Label, given, arguments)
	}
	return arguments
}

func (all *evaluated) component(t *testing.T, block *ast.BlockStmt, exports map[string]any, pods targets) {
	t.Helper()
	switch name(block) {
	case "logging":
		decode(t, block.Body, exports, &loggingBlock{})
	case "discovery.kubernetes":
		var c discoveryKubernetes
		decode(t, block.Body, exports, &c)
		all.discoveries = append(all.discoveries, c)
		export(exports, block, "targets", pods)
	case "discovery.process":
		decode(t, block.Body, exports, &discoveryProcess{})
		export(exports, block, "targets", targets{{"__process_pid__": "1", "__meta_process_exe": "/usr/bin/java"}})
	case "discovery.relabel":
		var c discoveryRelabel
		decode(t, block.Body, exports, &c)
		export(exports, block, "output", c.output(t))
	case "pyroscope.scrape":
		var c pyroscopeScrape
		decode(t, block.Body, exports, &c)
		all.scrapes = append(all.scrapes, c)
	case "pyroscope.ebpf":
		var c pyroscopeEBPF
		decode(t, block.Body, exports, &c)
		all.ebpf = append(all.ebpf, c)
	case "pyroscope.java":
		var c pyroscopeJava
		decode(t, block.Body, exports, &c)
		all.java = append(all.java, c)
	case "pyroscope.write":
		var c pyroscopeWrite
		decode(t, block.Body, exports, &c)
		all.writes = append(all.writes, c)
	default:
		t.Errorf("the reference has no component %s", name(block))
	}
}

// output applies the rules with the defaults of Prometheus, which are Alloy's.
func (c discoveryRelabel) output(t *testing.T) targets {
	t.Helper()
	rules := make([]*relabel.Config, 0, len(c.Rules))
	for _, r := range c.Rules {
		config := relabel.DefaultRelabelConfig
		config.Action = relabel.Action(cmp.Or(r.Action, string(config.Action)))
		config.Separator = cmp.Or(r.Separator, config.Separator)
		config.Replacement = cmp.Or(r.Replacement, config.Replacement)
		config.TargetLabel = r.TargetLabel
		config.Modulus = uint64(r.Modulus)
		config.NameValidationScheme = model.LegacyValidation
		for _, label := range r.SourceLabels {
			config.SourceLabels = append(config.SourceLabels, model.LabelName(label))
		}
		if r.Regex != "" {
			regex, err := relabel.NewRegexp(r.Regex)
			if err != nil {
				t.Fatal(err)
			}
			config.Regex = regex
		}
		if err := config.Validate(model.LegacyValidation); err != nil {
			t.Fatalf("%+v: %v", r, err)
		}
		rules = append(rules, &config)
	}
	kept := targets{}
	for _, target := range c.Targets {
		builder := labels.NewBuilder(labels.FromMap(target))
		if relabel.ProcessBuilder(builder, rules...) {
			kept = append(kept, builder.Labels().Map())
		}
	}
	return kept
}

func parse(t *testing.T, path string) *ast.File {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(path, source)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func blocks(t *testing.T, body ast.Body) (all []*ast.BlockStmt) {
	t.Helper()
	for _, statement := range body {
		block, ok := statement.(*ast.BlockStmt)
		if !ok {
			t.Fatalf("%T where a block is expected", statement)
		}
		all = append(all, block)
	}
	return all
}

func name(block *ast.BlockStmt) string { return strings.Join(block.Name, ".") }

func decode(t *testing.T, body ast.Body, exports map[string]any, into any) {
	t.Helper()
	if err := vm.New(body).Evaluate(vm.NewScope(maps.Clone(exports)), into); err != nil {
		t.Fatal(err)
	}
}

// export makes a component's value known as <name>.<label>.<export>.
func export(exports map[string]any, block *ast.BlockStmt, as string, value any) {
	at := exports
	for _, part := range append(append([]string{}, block.Name...), block.Label) {
		next, ok := at[part].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[part] = next
		}
		at = next
	}
	at[as] = value
}

// formatted is what `alloy fmt` makes of a file.
func formatted(t *testing.T, path string) string {
	t.Helper()
	var out bytes.Buffer
	if err := printer.Fprint(&out, parse(t, path)); err != nil {
		t.Fatal(err)
	}
	out.WriteByte('\n')
	return out.String()
}
