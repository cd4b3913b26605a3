import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import type { FormatValue } from '../FlameGraph';
import type { ChangeState, FlameGraphState } from '../state/flameGraphState';
import type { useSearch } from '../state/useSearch';

import { SearchField } from './SearchField';

export interface ToolbarProps {
  readonly tree: CallTree;
  readonly state: FlameGraphState;
  readonly onStateChange: ChangeState;
  readonly search: ReturnType<typeof useSearch>;
  readonly formatValue: FormatValue;
}

export function Toolbar({ tree, state, onStateChange, search, formatValue }: ToolbarProps) {
  const styles = useStyles2(getStyles);
  const zoomed = state.focus.length > 0 || state.window !== undefined;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('flamegraph.toolbar.label', 'Flame graph')}>
      <SearchField
        tree={tree}
        query={state.search}
        onChange={(query) => onStateChange({ search: query })}
        search={search}
        formatValue={formatValue}
      />
      <RadioButtonGroup
        size="sm"
        aria-label={t('flamegraph.toolbar.layout', 'Show')}
        value={state.layout}
        onChange={(layout) => onStateChange({ layout })}
        options={[
          { value: 'table' as const, label: t('flamegraph.toolbar.table', 'Table') },
          { value: 'flame' as const, label: t('flamegraph.toolbar.flame', 'Flame graph') },
          { value: 'both' as const, label: t('flamegraph.toolbar.both', 'Both') },
        ]}
      />
      <RadioButtonGroup
        size="sm"
        aria-label={t('flamegraph.toolbar.colours', 'Colour by')}
        value={state.colours}
        onChange={(colours) => onStateChange({ colours })}
        options={[
          { value: 'package' as const, label: t('flamegraph.toolbar.by-package', 'Package') },
          { value: 'value' as const, label: t('flamegraph.toolbar.by-value', 'Value') },
        ]}
      />
      {zoomed && (
        <Button
          size="sm"
          variant="secondary"
          icon="history-alt"
          onClick={() => onStateChange({ focus: [], window: undefined })}
        >
          {t('flamegraph.toolbar.reset', 'Reset zoom')}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});
