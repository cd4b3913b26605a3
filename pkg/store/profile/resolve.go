package profile

import "fmt"

// ids maps pprof ids to positions. Ids nearly always count from 1, so a slice
// serves; a map takes the rest.
type ids struct {
	dense  []uint32 // position+1 by id, 0 where absent
	sparse map[uint64]uint32
}

// reset forgets all ids and makes room for those up to n.
func (m *ids) reset(n int) {
	m.dense = room(m.dense, n+1)[:n+1]
	clear(m.dense)
	m.sparse = nil
}

func (m *ids) put(id uint64, position uint32) {
	if id < uint64(len(m.dense)) {
		m.dense[id] = position + 1
		return
	}
	if m.sparse == nil {
		m.sparse = make(map[uint64]uint32)
	}
	m.sparse[id] = position
}

func (m *ids) get(id uint32) (uint32, bool) {
	if int(id) < len(m.dense) {
		position := m.dense[id]
		return position - 1, position != 0
	}
	position, ok := m.sparse[uint64(id)]
	return position, ok
}

// resolve turns ids into indexes and checks every reference and every count.
func (d *decoder) resolve() error {
	p := &d.p
	if len(p.Strings) == 0 {
		p.Strings = append(p.Strings, "")
	}
	if p.Strings[0] != "" {
		return fmt.Errorf("the first string of the string table must be empty, it is %.40q", p.Strings[0])
	}
	if err := d.resolveStrings(); err != nil {
		return err
	}
	for i := range p.Locations {
		l := &p.Locations[i]
		if l.Mapping == NoMapping {
			continue
		}
		m, ok := d.mappingIDs.get(l.Mapping)
		if !ok {
			return fmt.Errorf("location %d refers to mapping %d, which is not there", i, l.Mapping)
		}
		l.Mapping = m
	}
	for i := range p.Lines {
		f, ok := d.functionIDs.get(p.Lines[i].Function)
		if !ok {
			return fmt.Errorf("a line refers to function %d, which is not there", p.Lines[i].Function)
		}
		p.Lines[i].Function = f
	}
	for i, id := range p.Stacks {
		l, ok := d.locationIDs.get(id)
		if !ok {
			return fmt.Errorf("a sample refers to location %d, which is not there", id)
		}
		p.Stacks[i] = l
	}
	for i, n := range d.sampleValues {
		if int(n) != len(p.SampleTypes) {
			return fmt.Errorf("sample %d has %d values for %d sample types", i, n, len(p.SampleTypes))
		}
	}
	return nil
}

func (d *decoder) resolveStrings() error {
	p := &d.p
	check := func(what string, index uint32) error {
		if int(index) >= len(p.Strings) {
			return fmt.Errorf("%s refers to string %d of %d", what, index, len(p.Strings))
		}
		return nil
	}
	var err error
	try := func(what string, indexes ...uint32) {
		for _, index := range indexes {
			if err == nil {
				err = check(what, index)
			}
		}
	}
	for _, t := range p.SampleTypes {
		try("a sample type", t.Type, t.Unit)
	}
	try("the period type", p.PeriodType.Type, p.PeriodType.Unit)
	for _, m := range p.Mappings {
		try("a mapping", m.File, m.BuildID)
	}
	for _, f := range p.Functions {
		try("a function", f.Name, f.SystemName, f.File)
	}
	for _, l := range p.Labels {
		try("a sample label", l.Key, l.Value)
	}
	return err
}
