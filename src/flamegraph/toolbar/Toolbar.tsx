import { css } from '@emotion/css';
import React, { type RefObject } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { RadioButtonGroup, ToolbarButton, useStyles2 } from '@grafana/ui';

import { useFlameGraph } from '../context';
import type { Exporter, Measured } from '../exporters/exporter';
import { layoutOptions } from '../state/options';

import { ExportMenu } from './ExportMenu';
import { NamedCombobox } from './NamedCombobox';
import { SearchField, type SearchFieldProps } from './SearchField';
import { ViewOptions } from './ViewOptions';

export interface ToolbarProps {
  readonly searchInput: RefObject<HTMLInputElement>;
  readonly rank?: number;
  readonly onStep: SearchFieldProps['onStep'];
  readonly exporters: readonly Exporter[];
  readonly measured: Measured;
  readonly title: string;
  onExportError(message: string): void;
  /** Too narrow for words on the buttons, and for table and graph side by side. */
  readonly isNarrow: boolean;
  /** Too narrow for the layouts as buttons beside the search field. */
  readonly isTight: boolean;
  onShowKeys(): void;
}

export function Toolbar(props: ToolbarProps) {
  const { searchInput, rank, onStep, exporters, measured, title, isNarrow, isTight, onShowKeys, onExportError } = props;
  const styles = useStyles2(getStyles);
  const { state, change } = useFlameGraph();
  const layouts = layoutOptions().filter(({ value }) => !isNarrow || value !== 'both');
  const layout = isNarrow && state.layout === 'both' ? 'flame' : state.layout;
  const show = t('flamegraph.toolbar.layout', 'Show');
  const keys = t('flamegraph.toolbar.keys', 'Keyboard shortcuts');
  return (
    <div className={styles.toolbar}>
      <SearchField input={searchInput} rank={rank} onStep={onStep} />
      {isTight ? (
        <NamedCombobox
          name={show}
          width={17}
          value={layout}
          onChange={(value) => change({ layout: value })}
          options={layouts}
        />
      ) : (
        <RadioButtonGroup
          size="sm"
          aria-label={show}
          value={layout}
          onChange={(value) => change({ layout: value })}
          options={layouts}
        />
      )}
      <div className={styles.buttons}>
        <ViewOptions isNarrow={isNarrow} />
        <ExportMenu
          exporters={exporters}
          measured={measured}
          title={title}
          isNarrow={isNarrow}
          onError={onExportError}
        />
        {!isNarrow && (
          <ToolbarButton icon="keyboard" variant="canvas" tooltip={keys} aria-label={keys} onClick={onShowKeys} />
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  buttons: css({ display: 'flex', gap: theme.spacing(0.5), marginLeft: 'auto' }),
});
