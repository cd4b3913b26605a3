import React from 'react';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { LinkButton, Stack, Text } from '@grafana/ui';

import type { SpanOfTrace } from '../../links/profiledAncestor';
import {
  ancestorProfileUrl,
  type ProfiledSpan,
  type ProfilesOfSpans,
  spanAgainstNormalUrl,
  spanProfileUrl,
} from '../../links/spanProfile';

interface Props {
  span: Pick<SpanOfTrace, 'spanId' | 'name'>;
  /** The span whose profile has the samples of this one. */
  holder?: ProfiledSpan & Pick<SpanOfTrace, 'spanId' | 'name'>;
  where: ProfilesOfSpans;
}

const RAW = { interpolation: { escapeValue: false } };

/** The ways from a span to the profile that its samples are in. */
export function SpanProfileLinks({ span, holder, where }: Props) {
  if (!holder) {
    return (
      <Text color="secondary">
        {t('app.traces.no-holder', 'Neither this span nor one above it in its process carries a profile id')}
      </Text>
    );
  }
  const name = holder.name || holder.spanId;
  const isOwn = holder.spanId === span.spanId;
  const url = isOwn
    ? spanProfileUrl([holder], where)
    : ancestorProfileUrl({ ...holder, name }, { name: span.name || span.spanId }, where);
  return (
    <Stack alignItems="center">
      <LinkButton size="sm" variant="secondary" href={locationUtil.assureBaseUrl(url)}>
        {isOwn
          ? t('app.traces.profile', 'Profile of this span')
          : t('app.traces.profile-of', 'Profile of {{name}}', { name, ...RAW })}
      </LinkButton>
      {isOwn ? (
        <LinkButton
          size="sm"
          fill="text"
          variant="secondary"
          href={locationUtil.assureBaseUrl(spanAgainstNormalUrl([holder], where))}
        >
          {t('app.traces.against-normal', 'Against the normal')}
        </LinkButton>
      ) : (
        <Text color="secondary" variant="bodySmall">
          {t('app.traces.counts-for', 'the nearest span above with a profile: the samples count for it')}
        </Text>
      )}
    </Stack>
  );
}
