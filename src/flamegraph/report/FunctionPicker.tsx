import React, { useMemo } from 'react';

import { t } from '@grafana/i18n';
import type { ComboboxOption } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { TopTable } from '../../engine/topTable';
import { NamedCombobox } from '../toolbar/NamedCombobox';

/** Names offered at once; typing narrows them down. */
const OFFERED = 50;

export interface FunctionPickerProps {
  readonly tree: CallTree;
  readonly table: TopTable;
  readonly value: string;
  onChange(name: string): void;
}

/** Chooses one of the profile's functions by a part of its name; the heaviest are offered first. */
export function FunctionPicker({ tree, table, value, onChange }: FunctionPickerProps) {
  const offer = useMemo(() => {
    const rows = Array.from({ length: table.size }, (_, row) => row).sort((a, b) => table.total[b] - table.total[a]);
    const names = rows.map((row) => tree.labels[table.label[row]]);
    return (typed: string): Promise<Array<ComboboxOption<string>>> => {
      const part = typed.toLowerCase();
      const found: string[] = [];
      for (const name of names) {
        if (name.toLowerCase().includes(part) && found.push(name) === OFFERED) {
          break;
        }
      }
      return Promise.resolve(found.map((name) => ({ value: name, label: name })));
    };
  }, [tree, table]);
  return (
    <NamedCombobox
      name={t('flamegraph.calls.pick', 'Function in the middle')}
      width={60}
      options={offer}
      value={{ value, label: value }}
      onChange={onChange}
    />
  );
}
