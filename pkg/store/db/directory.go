package db

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// readDirectory finds all partitions by jumping from one to the next.
func (d *DB) readDirectory() (err error) {
	if err := d.checkFormat(); err != nil {
		return err
	}
	it, err := d.pebble.NewIter(&pebble.IterOptions{LowerBound: []byte{0, 0, 0, 1}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for valid := it.First(); valid; {
		key := it.Key()
		if len(key) < 9 {
			return fmt.Errorf("unknown key %x: this is not a folder of this store", key)
		}
		id := partitionID(binary.BigEndian.Uint64(key))
		if len(key) == 9 && key[8] == kindMeta {
			value, err := it.ValueAndErr()
			if err != nil {
				return err
			}
			p, err := parseMeta(id, value)
			if err != nil {
				return err
			}
			d.enter(p)
		}
		valid = it.SeekGE(binary.BigEndian.AppendUint64(nil, uint64(id)+1))
	}
	return it.Error()
}

func (d *DB) checkFormat() error {
	value, closer, err := d.pebble.Get(formatKey)
	switch {
	case errors.Is(err, pebble.ErrNotFound):
		return d.pebble.Set(formatKey, []byte{formatVersion}, pebble.Sync)
	case err != nil:
		return err
	}
	defer closer.Close()
	if len(value) != 1 || value[0] != formatVersion {
		return fmt.Errorf("it was written in format %v and this program reads format %d: use the program that wrote it or another folder", value, formatVersion)
	}
	return nil
}

// enter adds a partition to the directory; mu is held or nobody else is there.
func (d *DB) enter(p *partition) {
	byKey := d.tenants[p.tenant]
	if byKey == nil {
		byKey = make(map[partitionKey]*partition)
		d.tenants[p.tenant] = byKey
	}
	byKey[partitionKey{p.id.window(), p.service}] = p
	d.last = max(d.last, p.id.number())
}

// partition gives the partition of a service and window, made where missing.
func (d *DB) partition(tenant, service string, window uint32) *partition {
	key := partitionKey{window, service}
	d.mu.RLock()
	p := d.tenants[tenant][key]
	d.mu.RUnlock()
	if p != nil {
		return p
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if p := d.tenants[tenant][key]; p != nil {
		return p
	}
	p = &partition{id: newPartitionID(window, d.last+1), tenant: tenant, service: service}
	d.enter(p)
	return p
}
