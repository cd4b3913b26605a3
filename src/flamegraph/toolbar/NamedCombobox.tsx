import { css } from '@emotion/css';
import React, { useId } from 'react';

import { Combobox, type ComboboxOption } from '@grafana/ui';

export interface NamedComboboxProps<T extends string | number> {
  /** What is chosen, for those who cannot see what is around; Grafana's combobox takes only the id of a label. */
  readonly name: string;
  readonly options: Array<ComboboxOption<T>> | ((typed: string) => Promise<Array<ComboboxOption<T>>>);
  readonly value: T | ComboboxOption<T>;
  readonly width?: number;
  onChange(value: T): void;
}

export function NamedCombobox<T extends string | number>(props: NamedComboboxProps<T>) {
  const { name, options, value, width, onChange } = props;
  const id = useId();
  return (
    <>
      <span id={id} className={HIDDEN}>
        {name}
      </span>
      <Combobox
        aria-labelledby={id}
        options={options}
        value={value}
        width={width}
        onChange={(chosen) => onChange(chosen.value)}
      />
    </>
  );
}

const HIDDEN = css({ display: 'none' });
