package contract

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// clock turns the placeholders of recordings into times and back.
// {{base-90s}} is milliseconds as text; a suffix changes it: |s seconds,
// |ns nanoseconds, |num milliseconds as a number.
type clock struct {
	base     int64 // ms
	captured map[string]string
}

var (
	placeholder = regexp.MustCompile(`\{\{base([+-]\d+(?:\.\d+)?)s(?:\|(s|ns|num))?\}\}`)
	capture     = regexp.MustCompile(`\{\{capture\.([\w-]+)\}\}`)
)

func (c *clock) at(seconds string) int64 {
	f, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		panic(err)
	}
	if f < 0 {
		return c.base - int64(-f*1000+0.5)
	}
	return c.base + int64(f*1000+0.5)
}

func (c *clock) text(s string) string {
	s = placeholder.ReplaceAllStringFunc(s, func(found string) string {
		m := placeholder.FindStringSubmatch(found)
		ms := c.at(m[1])
		switch m[2] {
		case "s":
			return strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64)
		case "ns":
			return fmt.Sprintf("%d000000", ms)
		}
		return strconv.FormatInt(ms, 10)
	})
	return capture.ReplaceAllStringFunc(s, func(found string) string {
		return c.captured[capture.FindStringSubmatch(found)[1]]
	})
}

// expand fills the placeholders of a JSON value; {"$input": …} becomes the
// base64 of an input profile.
func (c *clock) expand(t *testing.T, v any) any {
	t.Helper()
	switch v := v.(type) {
	case string:
		if m := placeholder.FindStringSubmatch(v); m != nil && m[0] == v && m[2] == "num" {
			return c.at(m[1])
		}
		return c.text(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.expand(t, v[i])
		}
		return out
	case map[string]any:
		if _, ok := v["$input"]; ok {
			return base64.StdEncoding.EncodeToString(c.input(t, v))
		}
		out := map[string]any{}
		for key, value := range v {
			out[c.text(key)] = c.expand(t, value)
		}
		return out
	}
	return v
}

var baseOffset = regexp.MustCompile(`base([+-][\d.]+)s`)

// input gives the bytes of an input file. Profiles are stored without a time:
// it is appended as field 9.
func (c *clock) input(t *testing.T, spec map[string]any) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "inputs", spec["$input"].(string)))
	if err != nil {
		t.Fatal(err)
	}
	if at, ok := spec["time"].(string); ok {
		raw = protowire.AppendTag(raw, 9, protowire.VarintType)
		raw = protowire.AppendVarint(raw, uint64(c.at(baseOffset.FindStringSubmatch(at)[1])*1e6))
	}
	if packed, _ := spec["gzip"].(bool); packed {
		return pack(raw)
	}
	return raw
}

func pack(raw []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(raw)
	_ = w.Close()
	return out.Bytes()
}
