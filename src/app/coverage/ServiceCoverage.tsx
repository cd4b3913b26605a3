import { css, cx } from '@emotion/css';
import React from 'react';

import { dateTime, type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Icon, Stack, Text, TextLink, Tooltip, useStyles2 } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { describeProfileType } from '../../datasource/profileTypes/wording';
import { RAW } from '../../flamegraph/raw';
import { profilesUrl } from '../../links/appUrl';

import { type Gap, SILENT_AFTER } from './gaps';
import type { CoveredService, CoveredType } from './readCoverage';

interface Props {
  service: CoveredService;
  gaps: Gap[];
  /** End of the range that was looked at, in ms since the epoch. */
  end: number;
  datasourceUid: string;
}

/** One service: its types with their age, its labels as a way to its cost by their values, and what it lacks. */
export function ServiceCoverage({ service, gaps, end, datasourceUid }: Props) {
  const styles = useStyles2(getStyles);
  const { name, types, labels } = service;
  const shown = { datasourceUid, service: name, profileTypeId: firstChoice(types.map(({ id }) => id)) };
  const linkTo = (groupBy: string[]) => locationUtil.assureBaseUrl(profilesUrl({ ...shown, groupBy }));
  return (
    <section className={styles.service} aria-label={name}>
      <Stack alignItems="center" wrap="wrap">
        <Text element="h2" variant="h5">
          <TextLink href={linkTo([])} inline color="primary">
            {name}
          </TextLink>
        </Text>
        {gaps.length === 0 && <Badge color="green" icon="check" text={t('app.coverage.whole', 'Lacks nothing')} />}
      </Stack>
      <ul className={styles.chips} aria-label={t('app.coverage.types', 'Profile types')}>
        {types.map((type) => (
          <li key={type.id}>
            <TypeChip type={type} end={end} />
          </li>
        ))}
      </ul>
      {labels.length > 0 && (
        <div className={styles.labels}>
          {t('app.coverage.cost-by', 'Cost by:')}
          {labels.map((label) => (
            <TextLink key={label} href={linkTo([label])} inline variant="bodySmall">
              {label}
            </TextLink>
          ))}
        </div>
      )}
      {gaps.length > 0 && (
        <ul className={styles.gaps}>
          {gaps.map(({ kind, what, impossible, cure }) => (
            <li key={what} className={cx(styles.gap, kind === 'silent' && styles.severe)}>
              <Icon name={kind === 'silent' ? 'exclamation-triangle' : 'info-circle'} />
              <div>
                <strong>{what}.</strong> {impossible} <span className={styles.cure}>{cure}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TypeChip({ type: { id, last, cumulative }, end }: { type: CoveredType; end: number }) {
  const silent = last > 0 && end - last > SILENT_AFTER;
  const age = last > 0 ? dateTime(last).from(dateTime(end)) : undefined;
  const tip = age === undefined ? id : t('app.coverage.last', '{{id}}, last profile {{age}}', { id, age, ...RAW });
  return (
    <Tooltip content={tip}>
      {/* A badge takes no focus by itself, and its tooltip is for the keyboard too. */}
      <span tabIndex={0}>
        <Badge
          color={silent ? 'red' : cumulative ? 'orange' : 'blue'}
          icon={silent ? 'times-circle' : undefined}
          text={describeProfileType(id).title}
        />
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  service: css({
    padding: theme.spacing(2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
  }),
  chips: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    listStyle: 'none',
    margin: theme.spacing(1, 0),
  }),
  labels: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  gaps: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0), maxWidth: '110ch' }),
  gap: css({
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    '& svg': { flexShrink: 0, marginTop: 2, color: theme.colors.warning.text },
  }),
  severe: css({ '& svg': { color: theme.colors.error.text } }),
  cure: css({ color: theme.colors.text.secondary }),
});
