import React, { useState } from 'react';

import { t } from '@grafana/i18n';
import { Dropdown, Menu, ToolbarButton, useTheme2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import { download } from '../exporters/download';
import type { Exporter, Measured } from '../exporters/exporter';

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
  const [isBusy, setIsBusy] = useState(false);
  const label = t('flamegraph.export.title', 'Export');

  const save = async (exporter: Exporter, whole: boolean) => {
    setIsBusy(true);
    try {
      const [profile, wholeScale] = whole ? [base, { ...scale, comparisonScale: 1 }] : [shape.profile, scale];
      download(
        await exporter.write({ profile, drawn: shape.tree, state, search, scale: wholeScale, theme, measured, title })
      );
    } catch (error) {
      onError(error instanceof Error ? error.message : String(error));
    } finally {
      setIsBusy(false);
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
    <Dropdown placement="bottom-end" overlay={menu}>
      <ToolbarButton icon={isBusy ? 'spinner' : 'download-alt'} variant="canvas" aria-label={label} disabled={isBusy}>
        {isNarrow ? undefined : label}
      </ToolbarButton>
    </Dropdown>
  );
}
