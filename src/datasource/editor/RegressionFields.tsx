import { css } from '@emotion/css';
import React, { useId } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField } from '@grafana/plugin-ui';
import { RadioButtonGroup, Text, useStyles2 } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { formatDuration, parseDuration } from '../../flameql/syntax/duration';
import {
  describeRegressionBaseline,
  nameOfRegressionBaseline,
  OFFSETS,
  type RegressionBaseline,
  regressionBaselineOf,
} from '../compare/regressionBaseline';
import { comparedWithEarlier } from '../compare/presets';
import type { ProfilesQuery } from '../query';
import { CheckedInput } from './CheckedInput';
import { FullRow } from './FullRow';

/** What holds where a field is empty; pkg/regression has the same. */
const DEFAULTS = { growth: '20', share: '0.2', warmUp: '10m' };

interface Props {
  query: ProfilesQuery;
  draft: Draft;
  onApply: (change: Partial<ProfilesQuery>) => void;
  onDraft: (draft: Draft, change?: Partial<ProfilesQuery>) => void;
}

/** What regressions are held against, and how large they must be. */
export function RegressionFields({ query, draft, onApply, onDraft }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const chosen = regressionBaselineOf(query, draft);
  const choose = (baseline: RegressionBaseline) => {
    if (baseline === 'version') {
      onDraft({ ...draft, right: {} }, { baseline: { previousVersion: true } });
    } else if (baseline !== 'other') {
      onDraft(comparedWithEarlier(draft, OFFSETS[baseline]), { baseline: undefined });
    }
  };
  const offered: RegressionBaseline[] = [
    'hour',
    'day',
    'week',
    'version',
    ...(chosen === 'other' ? ['other' as const] : []),
  ];
  return (
    <FullRow>
      <div className={styles.fields} role="group" aria-label={t('datasource.regression.label', 'Regressions')}>
        <div className={styles.baseline}>
          <EditorField label={t('datasource.regression.baseline', 'Compared with')}>
            <RadioButtonGroup<RegressionBaseline>
              aria-label={t('datasource.regression.baseline', 'Compared with')}
              options={offered.map((value) => ({ value, label: nameOfRegressionBaseline(value) }))}
              value={chosen}
              onChange={choose}
            />
          </EditorField>
          <Text color="secondary" variant="bodySmall">
            {describeRegressionBaseline(chosen)}
          </Text>
        </div>
        <EditorField
          label={t('datasource.regression.growth', 'Grew by, %')}
          htmlFor={`${id}-growth`}
          tooltip={t('datasource.regression.growth-tooltip', 'How much more of the profile a function must take.')}
        >
          <CheckedInput
            id={`${id}-growth`}
            width={10}
            value={query.leastRatio === undefined ? '' : percent(query.leastRatio - 1)}
            placeholder={DEFAULTS.growth}
            check={(text) => readPercent(text, 9900)}
            fault={t('datasource.regression.growth-fault', 'Write a number above 0, such as 20.')}
            onCommit={(text) => onApply({ leastRatio: text === '' ? undefined : 1 + Number(text) / 100 })}
          />
        </EditorField>
        <EditorField
          label={t('datasource.regression.share', 'Of the profile, %')}
          htmlFor={`${id}-share`}
          tooltip={t('datasource.regression.share-tooltip', 'By how many points of the profile it must grow.')}
        >
          <CheckedInput
            id={`${id}-share`}
            width={10}
            value={query.leastShare === undefined ? '' : percent(query.leastShare)}
            placeholder={DEFAULTS.share}
            check={(text) => readPercent(text, 99)}
            fault={t('datasource.regression.share-fault', 'Write a number between 0 and 100, such as 0.2.')}
            onCommit={(text) => onApply({ leastShare: text === '' ? undefined : Number(text) / 100 })}
          />
        </EditorField>
        <EditorField
          label={t('datasource.regression.warm-up', 'Warm-up')}
          htmlFor={`${id}-warm-up`}
          tooltip={t(
            'datasource.regression.warm-up-tooltip',
            'The first minutes of an instance, which are left out: caches fill and code is compiled.'
          )}
        >
          <CheckedInput
            id={`${id}-warm-up`}
            width={10}
            value={query.warmUp ?? ''}
            placeholder={DEFAULTS.warmUp}
            check={readWarmUp}
            fault={t('datasource.regression.warm-up-fault', 'Write a duration up to 2h, such as 5m.')}
            onCommit={(text) => onApply({ warmUp: text || undefined })}
          />
        </EditorField>
      </div>
    </FullRow>
  );
}

/** Empty takes the backend's own threshold. */
function readPercent(text: string, most: number): string | undefined {
  const number = text.replace(/\s*%$/, '').replace(',', '.');
  const value = Number(number);
  return number === '' ? '' : value > 0 && value <= most ? String(value) : undefined;
}

const LONGEST_WARM_UP = 2 * 3_600_000;

function readWarmUp(text: string): string | undefined {
  if (text === '' || text === '0s') {
    return text;
  }
  const ms = parseDuration(text);
  return ms !== undefined && ms <= LONGEST_WARM_UP ? formatDuration(ms) : undefined;
}

function percent(fraction: number): string {
  return String(Number((fraction * 100).toPrecision(6)));
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), width: '100%' }),
  baseline: css({ flex: '1 1 420px', maxWidth: 620, minWidth: 0 }),
});
