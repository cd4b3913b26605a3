import { css } from '@emotion/css';
import React from 'react';

import { type GrafanaTheme2, type NavModelItem, PageLayoutType } from '@grafana/data';
import { type PluginPageProps } from '@grafana/runtime';
import { Stack, Tab, TabsBar, Text, TextLink, useStyles2 } from '@grafana/ui';

function trail(item?: NavModelItem): NavModelItem[] {
  return item ? [...trail(item.parentItem), item] : [];
}

/** Stand-in of Grafana's page around an app's screen: breadcrumbs, heading, actions, tabs. */
export function PluginPage({ pageNav, subTitle, actions, info, renderTitle, layout, children }: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const crumbs = trail(pageNav);
  const title = pageNav?.text ?? '';
  const hasHeading = layout !== PageLayoutType.Canvas && layout !== PageLayoutType.Custom && title !== '';
  return (
    <div className={styles.page}>
      {crumbs.length > 1 && (
        <nav aria-label="Breadcrumbs">
          <Stack gap={1}>
            {crumbs.slice(0, -1).map(({ text, url = '' }) => (
              <TextLink key={url} href={url} inline={false}>
                {`${text} ›`}
              </TextLink>
            ))}
          </Stack>
        </nav>
      )}
      {hasHeading && (
        <Stack justifyContent="space-between" alignItems="center">
          {renderTitle ? renderTitle(title) : <Text element="h1">{title}</Text>}
          <Stack>
            {info?.map(({ label, value }) => (
              <span key={label}>
                {label}: {value}
              </span>
            ))}
            {actions}
          </Stack>
        </Stack>
      )}
      {hasHeading && (subTitle ?? pageNav?.subTitle) && <div>{subTitle ?? pageNav?.subTitle}</div>}
      {pageNav?.children && pageNav.children.length > 0 && (
        <TabsBar>
          {pageNav.children
            .filter(({ hideFromTabs }) => !hideFromTabs)
            .map(({ text, url, active, icon }) => (
              <Tab key={text} label={text} href={url} active={active} icon={icon} />
            ))}
        </TabsBar>
      )}
      <div className={styles.contents}>{children}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    gap: theme.spacing(1),
    minHeight: '100%',
    padding: theme.spacing(2),
  }),
  // Scenes draw panels lazily by what is in view: without a height of their own nothing ever is.
  contents: css({ display: 'flex', flexDirection: 'column', flexGrow: 1 }),
});
