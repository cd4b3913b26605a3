package jfr

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The parser's own recordings, of many versions of the JDK and of async-profiler, pass, and cost what they may.
func TestRealRecordingsPass(t *testing.T) {
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/grafana/jfr-parser").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "parser", "testdata", "*.jfr.gz"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d recordings, %v", len(files), err)
	}
	for _, file := range files {
		packed, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(packed)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		_ = packed.Close()
		cost, err := Check(raw)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		if most := int64(len(raw))*8 + 1<<20; cost > most {
			t.Errorf("%s: %d bytes cost %d", filepath.Base(file), len(raw), cost)
		}
	}
}

// forged builds a recording of its own making, for files that no profiler writes.
type forged struct {
	texts  []string
	body   bytes.Buffer // the elements of the description
	pools  []byte       // tables: how many, and each
	events []byte
	before int // how far before the last table the one before it is
}

func (f *forged) word(text string) {
	for i, known := range f.texts {
		if known == text {
			f.body.Write(varint(uint64(i)))
			return
		}
	}
	f.texts = append(f.texts, text)
	f.body.Write(varint(uint64(len(f.texts) - 1)))
}

func (f *forged) element(name string, children int, attributes ...string) {
	f.word(name)
	f.body.Write(varint(uint64(len(attributes) / 2)))
	for _, one := range attributes {
		f.word(one)
	}
	f.body.Write(varint(uint64(children)))
}

// back is a distance backwards, as Flight Recorder writes it.
func back(distance int) []byte {
	value := uint64(-int64(distance))
	var raw []byte
	for range varLongBytes - 1 {
		raw = append(raw, byte(value&0x7f|0x80))
		value >>= 7
	}
	return append(raw, byte(value))
}

func varint(n uint64) []byte { return binary.AppendUvarint(nil, n) }

// The numbers of the classes that the tests name.
const (
	longClass, stringClass, frameClass, stackClass, stateClass, sampleClass, boxClass, boxesClass = "2", "6", "18", "19", "20", "21", "22", "23"
)

// newForged describes what the parser asks for.
func newForged() *forged {
	f := &forged{}
	classes := []struct {
		id, name string
		fields   [][]string
	}{
		{"1", "int", nil}, {longClass, "long", nil}, {"3", "short", nil}, {"4", "float", nil}, {"5", "boolean", nil},
		{stringClass, "java.lang.String", nil}, {"10", "jdk.types.FrameType", nil}, {"11", "java.lang.Thread", nil},
		{"12", "java.lang.Class", nil}, {"13", "jdk.types.Method", nil}, {"14", "jdk.types.Package", nil},
		{"15", "jdk.types.Symbol", nil}, {"16", "jdk.types.ClassLoader", nil},
		{frameClass, "jdk.types.StackFrame", [][]string{{"name", "lineNumber", "class", "1"}}},
		{stackClass, "jdk.types.StackTrace", [][]string{{"name", "truncated", "class", "5"}, {"name", "frames", "class", frameClass, "dimension", "1"}}},
		{stateClass, "jdk.types.ThreadState", [][]string{{"name", "name", "class", stringClass}}},
		{sampleClass, "jdk.ExecutionSample", [][]string{{"name", "stackTrace", "class", stackClass, "constantPool", "true"}, {"name", "spanId", "class", longClass}}},
		{boxClass, "Box", [][]string{{"name", "none", "class", longClass, "dimension", "1"}}},
		{boxesClass, "Boxes", [][]string{{"name", "boxes", "class", boxClass, "dimension", "1"}}},
	}
	f.element("root", 1)
	f.element("metadata", len(classes))
	for _, one := range classes {
		f.element("class", len(one.fields), "id", one.id, "name", one.name)
		for _, attributes := range one.fields {
			f.element("field", 0, attributes...)
		}
	}
	f.pools = varint(0)
	return f
}

// event is an event of a kind, as long as it is.
func event(kind byte, values ...byte) []byte {
	return append([]byte{byte(len(values) + 2), kind}, values...)
}

func (f *forged) recording() []byte {
	raw := make([]byte, headerBytes)
	copy(raw, "FLR\x00\x00\x02\x00\x01")
	raw = append(raw, f.events...)
	pools := append([]byte{0, 1, 0, 0}, back(f.before)...) // without a length yet
	pools = append(append(pools, 1), f.pools...)
	length := len(pools)
	binary.BigEndian.PutUint64(raw[poolsAt:], uint64(len(raw)))
	lengthBytes := varint(uint64(length + 2))
	for len(lengthBytes) < 3 { // of any length the same number
		lengthBytes[len(lengthBytes)-1] |= 0x80
		lengthBytes = append(lengthBytes, 0)
	}
	raw = append(append(raw, lengthBytes...), pools[1:]...)
	var metadata bytes.Buffer
	metadata.Write([]byte{0, 0, 0, 0})
	metadata.Write(varint(uint64(len(f.texts))))
	for _, text := range f.texts {
		metadata.WriteByte(stringUTF8)
		metadata.Write(varint(uint64(len(text))))
		metadata.WriteString(text)
	}
	metadata.Write(f.body.Bytes())
	binary.BigEndian.PutUint64(raw[metadataAt:], uint64(len(raw)))
	// Behind its length, which is no part of what is walked, as an event that is passed over.
	raw = append(append(raw, varint(uint64(metadata.Len()+2))...), metadata.Bytes()...)
	binary.BigEndian.PutUint64(raw[sizeAt:], uint64(len(raw)))
	return raw
}

func pool(kind string, rest ...[]byte) []byte {
	var number uint64
	_, _ = fmt.Sscan(kind, &number)
	return append(append(varint(1), varint(number)...), bytes.Join(rest, nil)...)
}

// What is forged is a recording that the parser reads: a stack of two frames and two samples of it.
func TestForgedRecordingIsRead(t *testing.T) {
	f := newForged()
	f.pools = pool(stackClass, varint(1), varint(7), []byte{0}, varint(2), varint(10), varint(20))
	f.events = append(event(21, 7, 0), event(21, 7, 1)...)
	if _, err := Check(f.recording()); err != nil {
		t.Fatal(err)
	}
	if _, err := read(f.recording()); err != nil {
		t.Fatal(err)
	}
}

// What the parser would take gigabytes for, or would not come back from, is refused at once.
func TestCountsAreNotTrusted(t *testing.T) {
	const billions = 1<<32 - 1
	many := varint(billions)
	for name, it := range map[string]struct {
		change func(*forged)
		want   string
	}{
		"entries of a table":     {func(f *forged) { f.pools = pool(stackClass, many) }, "no room"},
		"frames of a stack":      {func(f *forged) { f.pools = pool(stackClass, varint(1), varint(7), []byte{0}, many) }, "no room"},
		"tables":                 {func(f *forged) { f.pools = many }, "no room"},
		"letters of a text":      {func(f *forged) { f.pools = pool(stringClass, varint(1), varint(7), []byte{stringChars}, many) }, "no room"},
		"entries in an entry":    {func(f *forged) { f.pools = pool(boxesClass, varint(1), varint(1), many) }, "no room"},
		"a table of no kind":     {func(f *forged) { f.pools = pool("99", varint(1)) }, "unknown kind 99"},
		"events without length":  {func(f *forged) { f.events = []byte{0} }, "has no end"},
		"an event that reads on": {func(f *forged) { f.events = []byte{2, 21} }, "no end"},
		"attributes":             {func(f *forged) { f.body.Reset(); f.word("root"); f.body.Write(many) }, "no room"},
		"elements":               {func(f *forged) { f.body.Reset(); f.element("root", billions) }, "no room"},
		"words":                  {func(f *forged) { f.texts = make([]string, mostTexts+1) }, "describes itself in"},
		"a class twice": {func(f *forged) {
			f.body.Reset()
			f.element("root", 1)
			f.element("metadata", 2)
			f.element("class", 0, "id", "1", "name", "int")
			f.element("class", 0, "id", "1", "name", "long")
		}, "number of its own"},
		"samples of a deep stack": {deepStack, "more stacks than are read"},
	} {
		f := newForged()
		it.change(f)
		raw := f.recording()
		_, err := Check(raw)
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Sentence, it.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// deepStack has samples of one stack of very many frames, each of a span of its own: the parser gives each the whole stack.
func deepStack(f *forged) {
	const frames, spans = 1 << 20, 300
	f.pools = pool(stackClass, varint(1), varint(7), []byte{0}, varint(frames), make([]byte, frames))
	for span := range spans {
		f.events = append(f.events, event(21, append(varint(7), varint(uint64(span+1))...)...)...)
	}
}

// A table that goes on into the one that was looked at before would be read once more for each that does.
func TestTablesDoNotOverlap(t *testing.T) {
	for says, want := range map[byte]string{8: "", 9: "no end"} {
		f := newForged()
		f.events = []byte{says, 1, 0, 0, 0, 1, 0, 0} // a table of none, and a byte behind it
		f.before = 8
		_, err := Check(f.recording())
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%d: %v", says, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	plain := newForged()
	plain.pools = pool(stackClass, varint(1), varint(7), []byte{0}, varint(2), varint(10), varint(20))
	plain.events = event(21, 7, 0)
	f.Add(plain.recording())
	f.Fuzz(func(t *testing.T, raw []byte) {
		cost, err := Check(raw)
		if err != nil {
			return
		}
		// What passes is read in little time and memory, whether it makes sense or not.
		_, _ = read(raw)
		if cost > int64(len(raw))*int64(len(raw))*8+1<<20 {
			t.Errorf("%d bytes cost %d", len(raw), cost)
		}
	})
}
