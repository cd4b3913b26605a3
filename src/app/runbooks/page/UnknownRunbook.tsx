import React from 'react';
import { useLocation } from 'react-router-dom';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { EmptyState, LinkButton, Stack } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import { runbooksUrl, runbookUrl } from '../../../links/runbookUrl';
import { nearRunbooks } from '../model/near';
import type { Runbook } from '../model/runbook';

interface Props {
  slug: string;
  runbooks: Runbook[];
}

/** An alert names a runbook that there is none of: says so, and leads to those it may have meant. */
export function UnknownRunbook({ slug, runbooks }: Props) {
  const { search } = useLocation();
  const near = nearRunbooks(slug, runbooks);
  return (
    <EmptyState
      variant="not-found"
      message={t('app.runbooks.unknown', 'There is no runbook “{{slug}}”', { slug: slug.slice(0, 100), ...RAW })}
      button={
        <Stack wrap="wrap" justifyContent="center">
          {near.map((runbook) => (
            <LinkButton
              key={runbook.slug}
              variant="secondary"
              href={locationUtil.assureBaseUrl(runbookUrl(runbook.slug) + search)}
            >
              {runbook.title}
            </LinkButton>
          ))}
          <LinkButton href={locationUtil.assureBaseUrl(runbooksUrl())}>
            {t('app.runbooks.all', 'All runbooks')}
          </LinkButton>
        </Stack>
      }
    >
      <Trans i18nKey="app.runbooks.unknown-text">
        Check the runbook_url of the alert rule; an administrator can add runbooks of your own on Flamewatch’s
        configuration page.
      </Trans>
    </EmptyState>
  );
}
