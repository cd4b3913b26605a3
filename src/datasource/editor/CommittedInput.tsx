import React, { type ComponentProps, useState } from 'react';

import { Input } from '@grafana/ui';

interface Props extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'onBlur' | 'onKeyDown' | 'ref'> {
  value: string;
  /** Called with the changed text on Enter and when the field is left. */
  onCommit: (text: string) => void;
}

/** An input whose text counts once it is finished: queries do not run with every key. Escape takes it back. */
export function CommittedInput({ value, onCommit, ...input }: Props) {
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    if (draft !== undefined && draft !== value) {
      onCommit(draft);
    }
    setDraft(undefined);
  };
  return (
    <Input
      {...input}
      value={draft ?? value}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') {
          commit();
        } else if (key === 'Escape') {
          setDraft(undefined);
        }
      }}
    />
  );
}
