import React from 'react';
import { useLocation } from 'react-router-dom';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton, Stack } from '@grafana/ui';

import { APP_PATH } from '../../links/linked';

import { SHARED_URL_KEYS } from './screenPage';

interface Screen {
  title: string;
  /** Path below Grafana's root. */
  url: string;
}

/** A path below the app's that no screen has: says so, and leads to those there are, in the same range. */
export function NoSuchScreen({ screens }: { screens: Screen[] }) {
  const { pathname, search } = useLocation();
  const path = pathname.slice(pathname.indexOf(APP_PATH) + APP_PATH.length);
  return (
    <PluginPage pageNav={{ text: t('app.no-screen.title', 'Not found') }}>
      <EmptyState
        variant="not-found"
        message={t('app.no-screen.message', 'Flamewatch has no screen at “{{path}}”', {
          path,
          interpolation: { escapeValue: false },
        })}
        button={
          <Stack wrap="wrap" justifyContent="center">
            {screens.map(({ title, url }, i) => (
              <LinkButton
                key={url}
                variant={i === 0 ? 'primary' : 'secondary'}
                href={locationUtil.assureBaseUrl(url + sharedStateOf(search))}
              >
                {title}
              </LinkButton>
            ))}
          </Stack>
        }
      >
        <Trans i18nKey="app.no-screen.text">
          The address may be mistyped, or belong to another version of Flamewatch. These screens are here:
        </Trans>
      </EmptyState>
    </PluginPage>
  );
}

/** The part of a URL that every screen understands. */
function sharedStateOf(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([key]) => SHARED_URL_KEYS.includes(key));
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`;
}
