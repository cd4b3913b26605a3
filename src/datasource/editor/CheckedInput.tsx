import React, { type ComponentProps, useState } from 'react';

import { Field } from '@grafana/ui';

import { CommittedInput } from './CommittedInput';

interface Props extends ComponentProps<typeof CommittedInput> {
  /** What is stored of a text; undefined when it is refused. */
  check: (text: string) => string | undefined;
  /** What to write instead, as a sentence. */
  fault: string;
}

/** An input that stores only what it can read. A refused text stays, with the reason under it. */
export function CheckedInput({ value, check, fault, onCommit, ...input }: Props) {
  const [refused, setRefused] = useState<{ text: string; besides: string }>();
  const isRefused = refused !== undefined && refused.besides === value;
  const commit = (text: string) => {
    const read = check(text.trim());
    setRefused(read === undefined ? { text, besides: value } : undefined);
    if (read !== undefined && read !== value) {
      onCommit(read);
    }
  };
  return (
    <Field noMargin invalid={isRefused} error={fault}>
      <CommittedInput {...input} value={isRefused ? refused.text : value} onCommit={commit} />
    </Field>
  );
}
