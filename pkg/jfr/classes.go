package jfr

import "strconv"

// class is a kind of event or of thing in a pool, as the chunk itself describes it.
type class struct {
	name   string
	fields []field
}

type field struct {
	name           string
	kind           int64
	pooled, listed bool
}

// classes are what a chunk's metadata describe.
type classes struct {
	byID map[int64]*class
	ids  map[string]int64
}

// id is a class's number, and none where the chunk has no such class.
func (c *classes) id(name string) int64 {
	if id, there := c.ids[name]; there {
		return id
	}
	return none
}

const none = -1

// Far more than any recording describes itself with, and few enough to hold.
const (
	mostTexts      = 1 << 20
	mostElements   = 1 << 20
	mostAttributes = 1 << 10
)

// description reads a chunk's metadata: texts, and a tree of elements that name them.
type description struct {
	*cursor
	texts    []string
	elements int
}

func readClasses(c *cursor) *classes {
	d := &description{cursor: c}
	c.number(32) // size
	c.number(32) // type
	for range 3 {
		c.number(64)
	}
	texts := c.count(1)
	if texts > mostTexts {
		c.refuse("it describes itself in %d words", texts)
		texts = 0
	}
	for range texts {
		d.texts = append(d.texts, c.text())
	}
	all := &classes{byID: map[int64]*class{}, ids: map[string]int64{}}
	_, children := d.element(nil) // of the root
	for range children {
		name, children := d.element(nil)
		for range children {
			if name == "metadata" {
				d.class(all)
			}
		}
	}
	if len(all.byID) == 0 {
		c.refuse("it does not say what its events are made of")
	}
	return all
}

// class reads an element that describes a class, and those in it.
func (d *description) class(all *classes) {
	if d.fault != nil {
		return
	}
	one, attributes := &class{}, map[string]string{}
	_, children := d.element(attributes)
	for range children {
		of := map[string]string{}
		name, children := d.element(of)
		if name == "field" {
			kind, err := strconv.ParseInt(of["class"], 10, 64)
			if err != nil {
				d.refuse("a field has no type")
			}
			one.fields = append(one.fields, field{of["name"], kind, of["constantPool"] == "true", of["dimension"] != ""})
		}
		for range children {
			d.element(nil)
		}
		if d.fault != nil {
			return
		}
	}
	id, err := strconv.ParseInt(attributes["id"], 10, 64)
	one.name = attributes["name"]
	_, numberTaken := all.byID[id]
	_, nameTaken := all.ids[one.name]
	if err != nil || id < 0 || one.name == "" || numberTaken || nameTaken {
		d.refuse("it describes a class without a name or number of its own")
		return
	}
	all.byID[id], all.ids[one.name] = one, id
}

// element reads an element's name and attributes, and how many elements are in it.
func (d *description) element(attributes map[string]string) (name string, children int) {
	if d.elements++; d.elements > mostElements {
		d.refuse("it describes itself in more than %d parts", mostElements)
	}
	if d.fault != nil {
		return "", 0
	}
	name = d.word()
	count := d.count(2)
	if count > mostAttributes {
		d.refuse("a part of its description has %d attributes", count)
	}
	for i := 0; i < count && d.fault == nil; i++ {
		key, value := d.word(), d.word()
		if attributes != nil {
			attributes[key] = value
		}
	}
	return name, d.count(3)
}

func (d *description) word() string {
	index := d.number(32)
	if index >= uint64(len(d.texts)) {
		d.refuse("its description names a word that is not there")
		return ""
	}
	return d.texts[index]
}
