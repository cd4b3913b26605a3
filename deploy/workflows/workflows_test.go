package workflows

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"gopkg.in/yaml.v3"
)

const folder = "../../.github"

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func lint(t *testing.T, path string, content []byte) []*actionlint.Error {
	t.Helper()
	// shellcheck and pyflakes are not everywhere, and what is found must not depend on the machine.
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: "", Pyflakes: ""})
	if err != nil {
		t.Fatal(err)
	}
	found, err := linter.Lint(path, content, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWorkflows(t *testing.T) {
	paths, err := filepath.Glob(folder + "/workflows/*.yml")
	if err != nil || len(paths) != 3 {
		t.Fatalf("found %v: %v", paths, err)
	}
	for _, path := range paths {
		content := read(t, path)
		for _, fault := range lint(t, path, content) {
			t.Errorf("%s:%d: %s", path, fault.Line, fault.Message)
		}
		for _, use := range regexp.MustCompile(`uses: (.+)`).FindAllSubmatch(content, -1) {
			// A tag can be moved to other code, a commit cannot; Dependabot raises both the commit and the version behind it.
			if !regexp.MustCompile(`^actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`).Match(use[1]) {
				t.Errorf("%s uses %s: only the host's own actions, at a commit with its version behind it", path, use[1])
			}
		}
		if !bytes.Contains(content, []byte("\npermissions:")) || strings.Count(string(content), "timeout-minutes:") != strings.Count(string(content), "runs-on:") {
			t.Errorf("%s: no permissions, or a job without a time limit", path)
		}
		// What somebody outside can choose (titles, branches) never becomes part of a shell's text.
		if found := regexp.MustCompile(`(?m)^\s+(?:run: .*|[^\n:#]*)\$\{\{ *github\.(?:event|head_ref|ref_name)[^\n]*$`).Find(content); found != nil {
			t.Errorf("%s: %s", path, found)
		}
	}
	if broken := lint(t, paths[0], bytes.Replace(read(t, paths[0]), []byte("runs-on"), []byte("run-on"), 1)); len(broken) == 0 {
		t.Error("a workflow with a slip of the pen is let through")
	}
}

// TestReleaseMatchesInstallation holds the names of the release's files to what the installation in a cluster asks for.
func TestReleaseMatchesInstallation(t *testing.T) {
	release, values := read(t, folder+"/workflows/release.yml"), read(t, "../grafana/values.yaml")
	app := regexp.MustCompile(`APP: (\S+)`).FindSubmatch(release)
	zip := regexp.MustCompile(`/([a-z-]+)-\d+\.\d+\.\d+\.zip`).FindSubmatch(values)
	if app == nil || zip == nil || !bytes.Equal(app[1], zip[1]) || !bytes.Contains(read(t, "../grafana/install-plugin.sh"), append([]byte("app="), app[1]...)) {
		t.Errorf("the release is %q, what is installed %q", app, zip)
	}
}

// dependabot is https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference, as far
// as we use it; other keys are an error.
type dependabot struct {
	Version int
	Updates []struct {
		PackageEcosystem string `yaml:"package-ecosystem"`
		Directory        string
		Directories      []string
		Schedule         struct{ Interval string }
		Limit            int `yaml:"open-pull-requests-limit"`
		Groups           map[string]struct {
			Patterns       []string
			DependencyType string   `yaml:"dependency-type"`
			UpdateTypes    []string `yaml:"update-types"`
		}
		Ignore []struct {
			DependencyName string   `yaml:"dependency-name"`
			UpdateTypes    []string `yaml:"update-types"`
		}
	}
}

func strictly(t *testing.T, path string, into any) {
	t.Helper()
	decoder := yaml.NewDecoder(bytes.NewReader(read(t, path)))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// TestEverythingIsKeptUpToDate wants each folder with dependencies to be looked at.
func TestEverythingIsKeptUpToDate(t *testing.T) {
	var config dependabot
	strictly(t, folder+"/dependabot.yml", &config)
	files := map[string]string{"npm": "package.json", "gomod": "go.mod", "docker": "Dockerfile", "docker-compose": "docker-compose.yaml", "github-actions": ".github/workflows/ci.yml"}
	seen := []string{}
	for _, update := range config.Updates {
		for _, directory := range append(update.Directories, update.Directory) {
			if directory == "" {
				continue
			}
			seen = append(seen, update.PackageEcosystem+" "+directory)
			if _, err := os.Stat(filepath.Join("../..", directory, files[update.PackageEcosystem])); err != nil {
				t.Errorf("%s in %s: %v", update.PackageEcosystem, directory, err)
			}
		}
		if update.Schedule.Interval == "" {
			t.Errorf("%s has no schedule", update.PackageEcosystem)
		}
	}
	slices.Sort(seen)
	want := []string{"docker /cmd", "docker-compose /", "github-actions /", "gomod /", "gomod /deploy", "npm /"}
	if config.Version != 2 || !slices.Equal(seen, want) {
		t.Errorf("version %d, looks at %v", config.Version, seen)
	}
}

// issueForm is https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms.
type issueForm struct {
	Name, Description string
	Labels            []string
	Body              []struct {
		Type, ID   string
		Attributes struct {
			Label, Description, Placeholder, Render string
			Options                                 []struct {
				Label    string
				Required bool
			}
		}
		Validations struct{ Required bool }
	}
}

func TestIssueForms(t *testing.T) {
	paths, err := filepath.Glob(folder + "/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(paths) < 3 {
		t.Fatalf("found %v: %v", paths, err)
	}
	for _, path := range paths {
		if filepath.Base(path) == "config.yml" {
			continue
		}
		var form issueForm
		strictly(t, path, &form)
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s has no name, description or body", path)
		}
		ids := map[string]bool{}
		for _, element := range form.Body {
			if !slices.Contains([]string{"textarea", "input", "checkboxes"}, element.Type) || element.Attributes.Label == "" || element.ID == "" || ids[element.ID] {
				t.Errorf("%s: %+v", path, element)
			}
			ids[element.ID] = true
		}
	}
}
