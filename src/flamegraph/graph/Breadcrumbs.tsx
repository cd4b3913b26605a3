import { css } from '@emotion/css';
import React from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Dropdown, Icon, IconButton, Menu, useStyles2 } from '@grafana/ui';

import type { CallTree } from '../../engine/callTree';
import { pathTo } from '../../engine/traverse';
import { shortName } from '../names/shortName';

/** Callers in between are folded into a menu when there are more. */
const SHOWN = 4;
/** The menu lists the callers nearest to the focus; thousands of entries help nobody. */
const LISTED = 100;

export interface BreadcrumbsProps {
  readonly tree: CallTree;
  readonly focus: number;
  /** The user zoomed freely inside the focused node. */
  readonly isZoomed: boolean;
  onFocus(node: number): void;
}

/** The way from the root to the focused frame; every step leads back. Nothing while the whole tree is shown. */
export function Breadcrumbs({ tree, focus, isZoomed, onFocus }: BreadcrumbsProps) {
  const styles = useStyles2(getStyles);
  if (focus === 0 && !isZoomed) {
    return null;
  }
  const path = pathTo(tree, focus);
  const folded = path.length > SHOWN ? path.slice(1, path.length - (SHOWN - 2)) : [];
  const tail = path.length > SHOWN ? path.slice(path.length - (SHOWN - 2)) : path.slice(1);
  const name = (node: number) => tree.labels[tree.label[node]];

  const crumb = (node: number) => (
    <li key={node} className={styles.crumb}>
      <button
        type="button"
        className={styles.link}
        title={name(node)}
        aria-current={node === focus ? 'location' : undefined}
        onClick={() => onFocus(node)}
      >
        {shortName(name(node))}
      </button>
    </li>
  );

  return (
    <nav className={styles.bar} aria-label={t('flamegraph.breadcrumbs.label', 'Focused frame')}>
      <ol className={styles.list}>
        {crumb(0)}
        {folded.length > 0 && (
          <li className={styles.crumb}>
            <Dropdown
              overlay={() => (
                <Menu>
                  {folded.slice(-LISTED).map((node) => (
                    <Menu.Item key={node} label={name(node)} onClick={() => onFocus(node)} />
                  ))}
                </Menu>
              )}
            >
              <button
                type="button"
                className={styles.link}
                aria-label={t('flamegraph.breadcrumbs.more', '{{count}} callers in between', { count: folded.length })}
              >
                <Icon name="ellipsis-h" />
              </button>
            </Dropdown>
          </li>
        )}
        {tail.map(crumb)}
      </ol>
      <IconButton
        name="times"
        size="sm"
        tooltip={t('flamegraph.breadcrumbs.reset', 'Show the whole profile')}
        onClick={() => onFocus(0)}
      />
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  list: css({
    display: 'flex',
    listStyle: 'none',
    minWidth: 0,
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  crumb: css({
    display: 'flex',
    minWidth: 24,
    '&:not(:first-of-type)::before': {
      content: '"›"',
      color: theme.colors.text.secondary,
      padding: theme.spacing(0, 0.5),
    },
  }),
  link: css({
    background: 'none',
    border: 0,
    padding: 0,
    color: theme.colors.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:hover': { textDecoration: 'underline' },
    '&[aria-current]': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
});
