import React, { useEffect, useState } from 'react';

import { t } from '@grafana/i18n';
import { Dropdown, Menu, ToolbarButton, useTheme2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import { download } from '../exporters/download';
import type { Exporter, Measured } from '../exporters/exporter';
import { Progress } from '../status/Progress';

export interface ExportMenuProps {
  readonly exporters: readonly Exporter[];
  readonly measured: Measured;
  readonly title: string;
  readonly isNarrow: boolean;
  onError(message: string): void;
}

/** Saves what is shown, or, when filters are set, the whole profile. */
export function ExportMenu({ exporters, measured, title, isNarrow, onError }: ExportMenuProps) {
  const theme = useTheme2();
  const { base, shape, state, search, scale } = useFlameGraph();
  const [writing, setWriting] = useState<{ readonly controller: AbortController; readonly done: number }>();
  const isBusy = writing !== undefined;
  const label = t('flamegraph.export.title', 'Export');

  // Nobody waits for a file of a panel that is gone.
  const controller = writing?.controller;
  useEffect(() => () => controller?.abort(), [controller]);

  const save = async (exporter: Exporter, whole: boolean) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = (done: number) => signal.aborted || setWriting({ controller, done });
    setWriting({ controller, done: 0 });
    const [profile, fileScale] = whole ? [base, { ...scale, comparisonScale: 1 }] : [shape.profile, scale];
    const of = { profile, drawn: shape.tree, state, search, scale: fileScale, theme, measured, title };
    try {
      const file = await exporter.write({ ...of, signal, onProgress });
      if (!signal.aborted) {
        download(file);
      }
    } catch (error) {
      if (!signal.aborted) {
        onError(error instanceof Error ? error.message : String(error));
      }
    } finally {
      setWriting(undefined);
    }
  };

  const items = (list: readonly Exporter[], whole: boolean) =>
    list.map((exporter) => (
      <Menu.Item
        key={exporter.id}
        label={exporter.label}
        description={exporter.description}
        onClick={() => void save(exporter, whole)}
      />
    ));
  const menu = (
    <Menu>
      <Menu.Group label={t('flamegraph.export.shown', 'What is shown')}>{items(exporters, false)}</Menu.Group>
      {state.filters.length > 0 && (
        <Menu.Group label={t('flamegraph.export.whole', 'Whole profile, without filters')}>
          {items(
            exporters.filter(({ isPicture }) => !isPicture),
            true
          )}
        </Menu.Group>
      )}
    </Menu>
  );
  return (
    <>
      <Dropdown placement="bottom-end" overlay={menu}>
        <ToolbarButton icon={isBusy ? 'spinner' : 'download-alt'} variant="canvas" aria-label={label} disabled={isBusy}>
          {isNarrow ? undefined : label}
        </ToolbarButton>
      </Dropdown>
      {writing && (
        <Progress
          label={t('flamegraph.export.writing', 'Writing the file')}
          done={writing.done}
          onCancel={() => writing.controller.abort()}
        />
      )}
    </>
  );
}
