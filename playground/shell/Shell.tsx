import { css, cx } from '@emotion/css';
import React, { type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';

import type { GrafanaTheme2, NavModelItem } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Button, Link, Stack, Text, useStyles2 } from '@grafana/ui';

function Entry({ text, url = '', children }: NavModelItem) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const isHere = url !== '' && pathname === url;
  return (
    <li>
      {url ? (
        <Link className={cx(styles.link, isHere && styles.here)} href={url} aria-current={isHere ? 'page' : undefined}>
          {text}
        </Link>
      ) : (
        <span className={styles.group}>{text}</span>
      )}
      {children && children.length > 0 && (
        <ul className={styles.list}>
          {children.map((child) => (
            <Entry key={child.id} {...child} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** The same address with another choice of theme or language, which the server reads. */
function withChoice(parameter: string, value: string): string {
  const url = new URL(window.location.href);
  url.searchParams.set(parameter, value);
  return url.pathname + url.search;
}

/** The frame of every page: what there is to see on the left, the page beside it. */
export function Shell({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  useLocation(); // the links to the other theme and language name the page shown now
  const otherTheme = config.theme2.isDark ? 'light' : 'dark';
  const otherLanguage = config.bootData.user.language === 'de-DE' ? 'en-US' : 'de-DE';
  return (
    <div className={styles.shell}>
      <nav className={styles.nav} aria-label="Playground">
        <Stack direction="column" gap={2}>
          <Text element="span" weight="bold">
            Flamewatch playground
          </Text>
          <ul className={styles.list}>
            {config.bootData.navTree.map((item: NavModelItem) => (
              <Entry key={item.id} {...item} />
            ))}
          </ul>
          <Stack direction="column" gap={1} alignItems="flex-start">
            <Button
              size="sm"
              fill="text"
              icon="palette"
              onClick={() => window.location.assign(withChoice('theme', otherTheme))}
            >
              {`Theme: ${otherTheme}`}
            </Button>
            <Button
              size="sm"
              fill="text"
              icon="comment-alt"
              onClick={() => window.location.assign(withChoice('lang', otherLanguage))}
            >
              {`Language: ${otherLanguage}`}
            </Button>
          </Stack>
          <Text variant="bodySmall" color="secondary">
            The built plugins in a page without a Grafana: no alerts, users or saved dashboards.
          </Text>
        </Stack>
      </nav>
      <main className={styles.main}>{children}</main>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  shell: css({ display: 'flex', minHeight: '100vh' }),
  nav: css({
    flex: '0 0 216px',
    padding: theme.spacing(2),
    borderRight: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  list: css({ listStyle: 'none', margin: 0, paddingLeft: theme.spacing(1) }),
  link: css({
    display: 'block',
    padding: theme.spacing(0.5, 1),
    borderRadius: theme.shape.radius.default,
    '&:hover': { background: theme.colors.action.hover },
  }),
  here: css({ background: theme.colors.action.selected }),
  group: css({ display: 'block', padding: theme.spacing(0.5, 1), color: theme.colors.text.secondary }),
  main: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, padding: theme.spacing(2) }),
});
