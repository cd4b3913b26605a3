import { css } from '@emotion/css';
import React from 'react';

import { type DataFrame, type GrafanaTheme2, LoadingState, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { LoadingPlaceholder, TextLink, useStyles2, useTheme2 } from '@grafana/ui';

import { failureOf, noticesOf } from '../../screen/failureOf';
import { useRunbookContext } from '../page/RunbookContext';

import { BlockProblem } from './BlockProblem';
import { couldTell } from './couldTell';
import type { LiveChart } from './LiveChart';
import { rowsOf } from './rows';

/** The functions that an answer names, each leading to the screen that shows it. */
export function RowsTable({ model }: { model: LiveChart }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { screenUrl } = useRunbookContext();
  const { block, title, profileTypeId } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const failure = failureOf(data);
  if (failure !== undefined) {
    return <BlockProblem problems={[failure]} />;
  }
  if (data === undefined || data.state === LoadingState.Loading || data.state === LoadingState.NotStarted) {
    return <LoadingPlaceholder text={t('app.runbooks.rows.loading', 'Asking the profile server…')} />;
  }
  const frame = data.series.find(({ length }) => length > 0);
  const notices = noticesOf(data);
  const remarks = notices.map((notice) => (
    <p key={notice} className={styles.remark}>
      {notice}
    </p>
  ));
  if (!frame) {
    return (
      <>
        <p>{block.kind === 'findings' ? noFindings(data.series) : noProfiles()}</p>
        {remarks}
      </>
    );
  }
  const { titles, rows } = rowsOf(frame, theme, timeZone, block.limit ?? 10);
  return (
    // A wide table is scrolled in its frame, with the keyboard too.
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('app.runbooks.rows.function', 'Function')}</th>
            {titles.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ functionName, cells }) => (
            <tr key={functionName}>
              <th scope="row" className={styles.function}>
                <TextLink
                  href={locationUtil.assureBaseUrl(
                    screenUrl(block.kind === 'findings' ? 'compare' : 'explore', profileTypeId)
                  )}
                  inline={false}
                >
                  {functionName}
                </TextLink>
              </th>
              {cells.map((cell, at) => (
                <td key={titles[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {remarks}
    </div>
  );
}

function noFindings(frames: DataFrame[]): string {
  return couldTell(frames)
    ? t('app.runbooks.rows.no-findings', 'No function costs more than in the baseline beyond doubt.')
    : t('app.runbooks.rows.cannot-tell', 'It cannot be told whether a function costs more than in the baseline.');
}

const noProfiles = () => t('app.runbooks.rows.none', 'There are no profiles of this in the range.');

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  remark: css({ color: theme.colors.text.secondary, margin: theme.spacing(1, 0, 0) }),
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { padding: theme.spacing(0.5, 1), textAlign: 'left', verticalAlign: 'top', whiteSpace: 'nowrap' },
    '& tbody tr': { borderTop: `1px solid ${theme.colors.border.weak}` },
    '& thead th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
  }),
  function: css({ fontFamily: theme.typography.fontFamilyMonospace, fontWeight: theme.typography.fontWeightRegular }),
});
