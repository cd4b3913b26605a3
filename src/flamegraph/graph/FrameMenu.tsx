import React from 'react';

import { t } from '@grafana/i18n';
import { ContextMenu, Menu, MenuGroup, MenuItem } from '@grafana/ui';

import { type ChosenFrame, useFlameGraph } from '../context';
import { escapePattern } from '../names/escapePattern';
import { type Filter, withGraph } from '../state/flameGraphState';

import { copyText } from './copyText';
import type { PagePoint } from './Graph';

export interface FrameMenuProps {
  readonly frame: ChosenFrame;
  readonly at: PagePoint;
  readonly isRemainder: boolean;
  onClose(): void;
  /** Opens what the lines of the function cost. */
  onLines(): void;
  /** Zooms to the frame. */
  onFocus(): void;
}

/** What can be done with a frame of the graph or a row of the table. */
export function FrameMenu({ frame, at, isRemainder, onClose, onLines, onFocus }: FrameMenuProps) {
  const { state, change, actions, cut, linesOf } = useFlameGraph();
  const { name, stack } = frame;
  const add = (filter: Filter) => change({ filters: [...state.filters, filter] });
  const exactly = { text: `^${escapePattern(name)}$`, regex: true, caseSensitive: true };
  const isSearched = state.search.text === name;
  const more = isRemainder ? cut?.more : undefined;
  const others = actions?.(frame) ?? [];

  return (
    <ContextMenu
      x={at.x + 8}
      y={at.y + 8}
      focusOnOpen
      onClose={onClose}
      renderMenuItems={() => (
        <>
          <MenuGroup label={name} ariaLabel={name}>
            <MenuItem icon="crosshair" label={t('flamegraph.menu.focus', 'Focus this frame')} onClick={onFocus} />
            <MenuItem
              icon="arrows-v"
              label={t('flamegraph.menu.sandwich', 'Callers and callees')}
              onClick={() => change({ layout: withGraph(state.layout), sandwich: name, focus: [], window: undefined })}
            />
            <MenuItem
              icon="list-ul"
              label={t('flamegraph.menu.calls', 'Table of its calls')}
              onClick={() => change({ layout: 'calls', pivot: name })}
            />
            {linesOf && !isRemainder && (
              <MenuItem icon="brackets-curly" label={t('flamegraph.menu.lines', 'Cost by line')} onClick={onLines} />
            )}
            <MenuItem
              icon="search"
              label={
                isSearched
                  ? t('flamegraph.menu.stop-search', 'Stop highlighting')
                  : t('flamegraph.menu.search', 'Highlight this function')
              }
              onClick={() => change({ search: isSearched ? { text: '' } : { text: name, caseSensitive: true } })}
            />
          </MenuGroup>
          <Menu.Divider />
          <MenuGroup>
            <MenuItem
              icon="filter"
              label={t('flamegraph.menu.only', 'Only stacks with this function')}
              onClick={() => add({ kind: 'focus', ...exactly })}
            />
            <MenuItem
              icon="eye-slash"
              label={t('flamegraph.menu.hide', 'Hide this function')}
              onClick={() => add({ kind: 'hide', ...exactly })}
            />
            <MenuItem
              icon="times"
              label={t('flamegraph.menu.ignore', 'Leave out stacks with this function')}
              onClick={() => add({ kind: 'ignore', ...exactly })}
            />
          </MenuGroup>
          <Menu.Divider />
          <MenuGroup>
            <MenuItem
              icon="copy"
              label={t('flamegraph.menu.copy-name', 'Copy name')}
              onClick={() => void copyText(name)}
            />
            {stack.length > 1 && (
              <MenuItem
                icon="list-ul"
                label={t('flamegraph.menu.copy-stack', 'Copy stack')}
                onClick={() => void copyText(stack.join('\n'))}
              />
            )}
          </MenuGroup>
          {(more !== undefined || others.length > 0) && <Menu.Divider />}
          <MenuGroup>
            {more && <MenuItem icon="plus" label={more.label} onClick={() => more.open(stack.slice(0, -1))} />}
            {others.map((action) => (
              <MenuItem
                key={action.label}
                label={action.label}
                icon={action.icon}
                url={action.href}
                target={action.target}
                onClick={action.onClick}
              />
            ))}
          </MenuGroup>
        </>
      )}
    />
  );
}
