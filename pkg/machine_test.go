package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// harmless is all that code which runs inside Grafana may use of packages that reach the machine.
var harmless = map[string][]string{
	"os":      {"ErrDeadlineExceeded", "ErrNotExist", "IsTimeout"},
	"syscall": {"ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "ETIMEDOUT"},
}

// reaching is what it may not use of packages that it needs otherwise: files, the environment, ports of its own, and
// clients that nobody configured, which take a proxy from the environment and know no limits.
var reaching = map[string][]string{
	"net/http": {"Dir", "File", "FileServer", "FileServerFS", "NewFileTransport", "NewFileTransportFS", "ServeFile", "ServeFileFS", "ProxyFromEnvironment",
		"DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS", "DefaultServeMux"},
	"net": {"FileConn", "FileListener", "FilePacketConn", "Listen", "ListenConfig", "ListenIP", "ListenMulticastUDP", "ListenPacket", "ListenTCP", "ListenUDP",
		"ListenUnix", "ListenUnixgram", "Interfaces", "InterfaceAddrs"},
	"crypto/tls":    {"LoadX509KeyPair", "Listen", "NewListener"},
	"crypto/x509":   {"SystemCertPool"},
	"time":          {"LoadLocation", "LoadLocationFromTZData"},
	"runtime/debug": {"SetCrashOutput", "WriteHeapDump"},
}

// used are the other packages that it may import, whole trees of them where they end with a slash. Whoever adds one says
// with that that it reads no files and no environment, starts nothing, and opens no port.
var used = []string{
	"bufio", "bytes", "cmp", "container/list", "compress/gzip", "context", "crypto/rand", "crypto/sha256", "encoding/base64", "encoding/binary",
	"encoding/hex", "encoding/json", "errors", "fmt", "html", "io", "maps", "math", "math/bits", "math/rand/v2", "net/netip", "net/url", "path", "regexp",
	"regexp/syntax", "runtime", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "unicode", "unicode/utf16", "unicode/utf8", "unique",
	"connectrpc.com/connect", "github.com/google/pprof/profile", "github.com/grafana/grafana-plugin-sdk-go/", "github.com/grafana/jfr-parser/pprof",
	"github.com/grafana/pyroscope/api/gen/proto/go/", "github.com/klauspost/compress/gzip", "github.com/prometheus/client_golang/prometheus",
	"github.com/prometheus/client_golang/prometheus/promauto", "github.com/prometheus/common/model", "github.com/prometheus/prometheus/model/labels",
	"github.com/prometheus/prometheus/promql/parser", "go.opentelemetry.io/otel/", "golang.org/x/sync/", "gonum.org/v1/gonum/", "google.golang.org/protobuf/",
	module,
}

// The backend runs inside Grafana, whose users choose what it is asked: it starts no programs and reads no files and no
// environment. What the SDK does for itself is the SDK's.
func TestTheBackendStaysAwayFromTheMachine(t *testing.T) {
	backend := listPackages(t, ".")[0]
	own := []string{"."}
	for _, used := range backend.Deps {
		if strings.HasPrefix(used, module) {
			own = append(own, used)
		}
	}
	for _, one := range listPackages(t, own...) {
		// Those of other systems too.
		for _, name := range slices.Concat(one.GoFiles, one.CgoFiles, one.IgnoredGoFiles) {
			for _, fault := range reachesMachine(t, filepath.Join(one.Dir, name)) {
				if one.ImportPath == strings.TrimSuffix(module+"pkg", "/") && fault == "os.Exit" {
					continue // the entry's own
				}
				t.Errorf("%s uses %s", filepath.Join(strings.TrimPrefix(one.ImportPath, module), name), fault)
			}
		}
	}
}

// reachesMachine lists what a file uses that it may not.
func reachesMachine(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return reachedBy(parsed)
}

func reachedBy(parsed *ast.File) []string {
	var faults []string
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			if strings.HasPrefix(comment.Text, "//go:linkname") {
				faults = append(faults, comment.Text)
			}
		}
	}
	paths := map[string]string{} // by the name that the file gives the package
	for _, spec := range parsed.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		if harmless[path] == nil && reaching[path] == nil {
			if !slices.ContainsFunc(used, func(one string) bool {
				return path == one || strings.HasSuffix(one, "/") && strings.HasPrefix(path, one)
			}) {
				faults = append(faults, path+", which is not among the packages that the backend may use")
			}
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." || name == "_" {
			faults = append(faults, path)
			continue
		}
		paths[name] = path
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && paths[name.Name] != "" {
			path, used := paths[name.Name], selector.Sel.Name
			if allowed, few := harmless[path]; few && !slices.Contains(allowed, used) || slices.Contains(reaching[path], used) {
				faults = append(faults, path+"."+used)
			}
		}
		return true
	})
	return faults
}

// What the test above finds, in every disguise.
func TestReachingTheMachineIsNoticed(t *testing.T) {
	for code, want := range map[string]string{
		`import "os"; var x = os.Getenv("HOME")`:          "os.Getenv",
		`import o "os"; var x, _ = o.Open("/etc/passwd")`: "os.Open",
		`import . "os"`:                  "os",
		`import _ "net/http/pprof"`:      "net/http/pprof, which",
		`import "os/exec"`:               "os/exec, which",
		`import "plugin"`:                "plugin, which",
		`import "unsafe"`:                "unsafe, which",
		`import "C"`:                     "C, which",
		`import "embed"`:                 "embed, which",
		`import "html/template"`:         "html/template, which",
		`import "golang.org/x/sys/unix"`: "golang.org/x/sys/unix, which",
		`import "net/http"; var x = http.ProxyFromEnvironment`:                  "net/http.ProxyFromEnvironment",
		`import "net/http"; var x = http.FileServer(http.Dir("/"))`:             "net/http.FileServer",
		`import "net/http"; var x, _ = http.Get("http://127.0.0.1")`:            "net/http.Get",
		`import "net"; var x, _ = net.Listen("unix", "/tmp/x")`:                 "net.Listen",
		`import "crypto/tls"; var x, _ = tls.LoadX509KeyPair("a", "b")`:         "crypto/tls.LoadX509KeyPair",
		`import "time"; var x, _ = time.LoadLocation("../../etc/passwd")`:       "time.LoadLocation",
		"import \"time\"\n//go:linkname now time.now\nfunc now()":               "//go:linkname now time.now",
		`import "syscall"; var x, _ = syscall.Getenv("HOME")`:                   "syscall.Getenv",
		`import ("os"; "net/http"); var x, y = os.ErrNotExist, http.NewRequest`: "",
	} {
		parsed, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+code, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Join(reachedBy(parsed), "; ")
		if want == "" && found != "" || !strings.Contains(found, want) {
			t.Errorf("%s: found %q, want %q", code, found, want)
		}
	}
}
