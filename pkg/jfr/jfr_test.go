package jfr

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

const profiles = "../../testdata/profiles/"

func recording(t testing.TB, file string) []byte {
	t.Helper()
	packed, err := os.ReadFile(profiles + file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// counted is what the JDK's own tool counted in a recording.
type counted struct {
	File    string
	Total   float64
	TopSelf []struct {
		Name  string
		Value float64
	}
}

func expectations(t *testing.T) []counted {
	t.Helper()
	raw, err := os.ReadFile(profiles + "originals.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Files []struct {
			counted
			Format string
		}
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	var all []counted
	for _, one := range list.Files {
		if one.Format == "jfr" {
			one.File = strings.Replace("originals/"+one.File, "originals/async-profiler", "async-profiler", 1)
			all = append(all, one.counted)
		}
	}
	if len(all) < 2 {
		t.Fatalf("%d recordings", len(all))
	}
	return all
}

// The JDK's own tool counted the same samples, and the same functions on top.
func TestTotals(t *testing.T) {
	for _, want := range expectations(t) {
		found, err := Convert(t.Context(), recording(t, want.File))
		if err != nil {
			t.Fatal(want.File, err)
		}
		cpu := found[0]
		if cpu.Name != "process_cpu" || cpu.SampleType[0].Unit != "count" {
			t.Fatalf("%s: %s in %s comes first", want.File, cpu.Name, cpu.SampleType[0].Unit)
		}
		total, self := int64(0), map[string]int64{}
		for _, sample := range cpu.Sample {
			total += sample.Value[0]
			self[strings.ReplaceAll(sample.Location[0].Line[0].Function.Name, "/", ".")] += sample.Value[0]
		}
		if float64(total) != want.Total {
			t.Errorf("%s: %d samples, want %v", want.File, total, want.Total)
		}
		for _, top := range want.TopSelf {
			if float64(self[top.Name]) != top.Value && !strings.Contains(top.Name, "Lambda") {
				t.Errorf("%s: %s has %d, want %v", want.File, top.Name, self[top.Name], top.Value)
			}
		}
	}
}

func TestEveryKindOfEvent(t *testing.T) {
	found, err := Convert(t.Context(), recording(t, "async-profiler/cpu-alloc-lock.jfr.gz"))
	if err != nil {
		t.Fatal(err)
	}
	samples := map[string]int64{}
	for _, one := range found {
		for _, sample := range one.Sample {
			samples[one.SampleType[0].Type] += sample.Value[0]
		}
	}
	// As `jfr summary` counts jdk.ObjectAllocationInNewTLAB and jdk.JavaMonitorEnter.
	if samples["alloc_in_new_tlab_objects"] != 11345 || samples["contentions"] != 1174 || samples["cpu"] != 545 {
		t.Error(samples)
	}
}

// Recordings come in chunks that are whole in themselves; those behind each other are one recording.
func TestChunksAddUp(t *testing.T) {
	one := recording(t, "async-profiler/cpu-alloc-lock.jfr.gz")
	found, err := Convert(t.Context(), append(bytes.Clone(one), one...))
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, sample := range found[0].Sample {
		total += sample.Value[0]
	}
	if total != 2*545 {
		t.Errorf("%d samples", total)
	}
}

func TestRefusals(t *testing.T) {
	whole := recording(t, "async-profiler/cpu-alloc-lock.jfr.gz")
	circle := bytes.Clone(whole)
	at := binary.BigEndian.Uint64(circle[poolsAt:])
	// size, type, start, duration, delta: forwards, where the parser would go and come back.
	copy(circle[at:], []byte{9, 1, 1, 1, 1})
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = io.CopyN(z, zeros{}, MaxBytes+1)
	_ = z.Close()
	for name, it := range map[string]struct {
		raw  []byte
		want string
	}{
		"empty":     {nil, "empty"},
		"no jfr":    {bytes.Repeat([]byte("x"), 100), "no recording"},
		"cut off":   {whole[:len(whole)/2], "end of the recording is missing"},
		"circle":    {circle, "lead nowhere"},
		"bomb":      {bomb.Bytes(), "larger than 128 MiB"},
		"half gzip": {bomb.Bytes()[:50], "cannot be unpacked"},
		"junk":      {append(bytes.Clone(whole), "junk"...), "no part of it begins"},
	} {
		_, err := Convert(t.Context(), it.raw)
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Sentence, it.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Convert(ctx, recording(t, "async-profiler/cpu-alloc-lock.jfr.gz")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(recording(f, "async-profiler/cpu-alloc-lock.jfr.gz")[:4096])
	f.Add([]byte("FLR\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		chunks, err := split(raw)
		var refused *Refused
		if err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		length := 0
		for _, chunk := range chunks {
			length += len(chunk)
		}
		if err == nil && length != len(raw) {
			t.Fatalf("%d bytes of %d", length, len(raw))
		}
	})
}
