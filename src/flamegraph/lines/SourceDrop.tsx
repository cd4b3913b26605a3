import { css } from '@emotion/css';
import React, { useRef, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';

import { RAW } from '../raw';

/** Nobody writes larger source files; larger ones are something else. */
const LARGEST_FILE = 5_000_000;

export interface SourceDropProps {
  /** Path as the profile knows it; '' when it does not. */
  readonly file: string;
  readonly hasSource: boolean;
  onSource(lines: readonly string[]): void;
}

/** Takes a file of source from the user, dropped or chosen. It stays in the browser. */
export function SourceDrop({ file, hasSource, onSource }: SourceDropProps) {
  const styles = useStyles2(getStyles);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const base = file.split(/[\\/]/).pop() ?? '';

  const read = async (given: File | undefined) => {
    if (!given) {
      return;
    }
    if (given.size > LARGEST_FILE) {
      setProblem(
        t('flamegraph.lines.too-large', '{{name}} is too large for a file of source.', { name: given.name, ...RAW })
      );
      return;
    }
    setProblem(
      base !== '' && given.name !== base
        ? t('flamegraph.lines.other-name', 'The profile calls the file {{base}}, this one is {{name}}.', {
            base,
            name: given.name,
            ...RAW,
          })
        : undefined
    );
    onSource((await given.text()).split(/\r\n|\r|\n/));
  };

  return (
    <div
      className={styles.drop}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void read(event.dataTransfer.files[0]);
      }}
    >
      {file !== '' && <code className={styles.path}>{file}</code>}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('flamegraph.lines.choose', 'Choose the source file')}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button size="sm" variant="secondary" icon="upload" onClick={() => input.current?.click()}>
        {hasSource
          ? t('flamegraph.lines.other-source', 'Another source file')
          : t('flamegraph.lines.add-source', 'Drop the source file here, or choose it')}
      </Button>
      {problem !== undefined && <span role="status">{problem}</span>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  drop: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    border: `1px dashed ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
  path: css({ overflowWrap: 'anywhere' }),
});
