import { css } from '@emotion/css';
import React, { useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Text, useStyles2 } from '@grafana/ui';

import { describeProfileType } from '../../datasource/profileTypes/wording';
import { RAW } from '../../flamegraph/raw';
import { formatShare } from '../services/formatCost';

import type { Candidate, ServiceFindings } from './findings';
import { insufficientText } from './NothingFound';

interface Props {
  answers: readonly ServiceFindings[];
  search: string;
}

/** Rows shown at first, and more by every click: thousands of services have hundreds of thousands of candidates. */
const PAGE = 50;

/** What looked like a change and is no finding, and why; and services of which nothing could be told. */
export function WhyNot({ answers, search }: Props) {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState(PAGE);
  const rows = useMemo(() => candidatesOf(answers, search), [answers, search]);
  const untold = useMemo(
    () => answers.filter(({ fault, insufficient }) => fault !== undefined || insufficient !== undefined),
    [answers]
  );
  if (rows.length === 0 && untold.length === 0) {
    return null;
  }
  return (
    <details className={styles.details}>
      <summary>
        {t('app.regressions.why-not', 'Why not? Candidates that are no finding: {{count}}', {
          count: rows.length + untold.length,
        })}
      </summary>
      {untold.length > 0 && (
        <ul className={styles.untold}>
          {untold.slice(0, shown).map((of) => (
            <li key={`${of.service} ${of.profileTypeId}`}>
              {of.fault === undefined
                ? insufficientText(of)
                : t('app.regressions.fault', '{{service}}: {{fault}}', {
                    service: of.service,
                    fault: of.fault,
                    ...RAW,
                  })}
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <div
          className={styles.scroll}
          tabIndex={0}
          role="region"
          aria-label={t('app.regressions.candidates', 'Candidates that are no finding')}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('app.regressions.column.service', 'Service')}</th>
                <th scope="col">{t('app.regressions.column.function', 'Function')}</th>
                <th scope="col">{t('app.regressions.column.type', 'Profile type')}</th>
                <th scope="col">{t('app.regressions.column.shares', 'Share before and now')}</th>
                <th scope="col">{t('app.regressions.column.q', 'q-value')}</th>
                <th scope="col">{t('app.regressions.column.why', 'Why not')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map(({ of, candidate }, i) => (
                <tr key={i}>
                  <td>{of.service}</td>
                  <td className={styles.name}>{candidate.function}</td>
                  <td>{describeProfileType(of.profileTypeId).title}</td>
                  <td>
                    {t('app.regressions.from-to', '{{before}} → {{now}}', {
                      before: formatShare(candidate.baseline),
                      now: formatShare(candidate.comparison),
                      ...RAW,
                    })}
                  </td>
                  <td>{candidate.q.toPrecision(2)}</td>
                  <td>{candidate.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {Math.max(rows.length, untold.length) > shown && (
        <Button size="sm" variant="secondary" onClick={() => setShown(shown * 2)}>
          {t('app.regressions.more-candidates', 'Show more ({{count}} left)', {
            count: Math.max(0, rows.length - shown) + Math.max(0, untold.length - shown),
          })}
        </Button>
      )}
      {rows.length > 0 && (
        <Text element="p" color="secondary" variant="bodySmall">
          {t(
            'app.regressions.q-means',
            'The q-value is the share of false ones to be expected among everything as striking as this.'
          )}
        </Text>
      )}
    </details>
  );
}

/** The candidates whose service or function has every word of the search. */
function candidatesOf(
  answers: readonly ServiceFindings[],
  search: string
): Array<{ of: ServiceFindings; candidate: Candidate }> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return answers.flatMap((of) =>
    of.rejected
      .filter((candidate) => {
        const text = `${of.service}\n${candidate.function}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .map((candidate) => ({ of, candidate }))
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  details: css({ summary: { cursor: 'pointer', padding: theme.spacing(0.5, 0) } }),
  untold: css({ margin: theme.spacing(1, 0, 1, 3) }),
  scroll: css({ overflowX: 'auto' }),
  name: css({ overflowWrap: 'anywhere', minWidth: 200 }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: theme.typography.bodySmall.fontSize,
    'th, td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: theme.spacing(0.5, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
  }),
});
