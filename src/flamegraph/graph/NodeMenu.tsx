import React from 'react';

import { t } from '@grafana/i18n';
import { ContextMenu, MenuGroup, MenuItem } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import { stackOf } from '../../engine/traverse';
import type { FormatValue } from '../FlameGraph';
import type { ChangeState } from '../state/flameGraphState';

import type { PagePoint } from './Graph';

export interface NodeMenuProps {
  readonly tree: CallTree;
  readonly node: number;
  readonly at: PagePoint;
  readonly formatValue: FormatValue;
  onClose(): void;
  onFocus(node: number): void;
  onStateChange: ChangeState;
}

/** What can be done with a frame. */
export function NodeMenu({ tree, node, at, onClose, onFocus, onStateChange }: NodeMenuProps) {
  const name = tree.labels[tree.label[node]];
  const copy = (text: string) => void navigator.clipboard?.writeText(text);
  return (
    <ContextMenu
      x={at.x + 8}
      y={at.y + 8}
      onClose={onClose}
      renderMenuItems={() => (
        <MenuGroup label={name} ariaLabel={name}>
          <MenuItem icon="eye" label={t('flamegraph.menu.focus', 'Focus this frame')} onClick={() => onFocus(node)} />
          <MenuItem
            icon="search"
            label={t('flamegraph.menu.search', 'Highlight this function')}
            onClick={() => onStateChange({ search: { text: name, caseSensitive: true } })}
          />
          <MenuItem icon="copy" label={t('flamegraph.menu.copy-name', 'Copy name')} onClick={() => copy(name)} />
          <MenuItem
            icon="list-ul"
            label={t('flamegraph.menu.copy-stack', 'Copy stack')}
            onClick={() => copy(stackOf(tree, node).join('\n'))}
          />
        </MenuGroup>
      )}
    />
  );
}
