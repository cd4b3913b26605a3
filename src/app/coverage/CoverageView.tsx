import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';
import { map } from 'rxjs';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { Alert, Button, Checkbox, EmptyState, FilterInput, Stack, useStyles2 } from '@grafana/ui';

import { roundOutward, spanOf } from '../../datasource/resources/span';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { fetchResourceOf } from '../resources/fetchResource';
import { useDatasourceUid } from '../screen/datasourceOf';
import { LoadingCancelled } from '../screen/LoadingCancelled';
import { NoDatasource } from '../screen/NoDatasource';
import { NoProfiles } from '../screen/NoProfiles';
import { QueryFailure } from '../screen/QueryFailure';
import { screenColumn } from '../screen/screenColumn';
import { ListSkeleton } from '../services/ListSkeleton';

import type { CoverageScreen } from './CoverageScreen';
import { gapsOf } from './gaps';
import { type Coverage, readCoverage } from './readCoverage';
import { ServiceCoverage } from './ServiceCoverage';

/** Services drawn at first; more on request. */
const PAGE = 50;

/** The screen below its head. */
export function CoverageView({ model }: SceneComponentProps<CoverageScreen>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' ? <NoDatasource /> : <Covered model={model} datasourceUid={datasourceUid} />}
    </div>
  );
}

function Covered({ model, datasourceUid }: { model: CoverageScreen; datasourceUid: string }) {
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const { start, end } = useMemo(() => roundOutward(spanOf(range)), [range]);
  const ask = useCallback(
    () => fetchResourceOf(datasourceUid)('coverage', { start, end }).pipe(map(({ data }) => readCoverage(data))),
    [datasourceUid, start, end]
  );
  const [cancelled, setCancelled] = useState<typeof ask>();
  const answer = useAnswer(cancelled === ask ? undefined : ask);
  if (cancelled === ask) {
    return <LoadingCancelled onRetry={() => setCancelled(undefined)} />;
  }
  if (answer.failure !== undefined) {
    return (
      <QueryFailure
        title={t('app.coverage.failed', 'The coverage could not be looked at')}
        reason={answer.failure}
        datasourceUid={datasourceUid}
        onRetry={answer.retry}
      />
    );
  }
  if (answer.value === undefined || answer.loading) {
    return <ListSkeleton onCancel={() => setCancelled(() => ask)} />;
  }
  return answer.value.services.length === 0 ? (
    <NoProfiles scene={model} datasourceUid={datasourceUid} />
  ) : (
    // The bounds asked for are whole minutes: the last one may not have passed yet.
    <Services model={model} coverage={answer.value} end={spanOf(range).end} datasourceUid={datasourceUid} />
  );
}

interface ServicesProps {
  model: CoverageScreen;
  coverage: Coverage;
  end: number;
  datasourceUid: string;
}

function Services({ model, coverage, end, datasourceUid }: ServicesProps) {
  const styles = useStyles2(getStyles);
  const { search, onlyGaps } = model.useState();
  const [shown, setShown] = useState(PAGE);
  const all = useMemo(
    () => coverage.services.map((service) => ({ service, gaps: gapsOf(service, coverage, end) })),
    [coverage, end]
  );
  const wanted = search.toLocaleLowerCase();
  const found = all.filter(
    ({ service, gaps }) => (!onlyGaps || gaps.length > 0) && service.name.toLocaleLowerCase().includes(wanted)
  );
  const whole = all.filter(({ gaps }) => gaps.length === 0).length;
  return (
    <>
      <Stack wrap="wrap" alignItems="center">
        <div className={styles.search}>
          <FilterInput
            value={search}
            onChange={(text) => model.setState({ search: text })}
            placeholder={t('app.coverage.search', 'Search services')}
            escapeRegex={false}
          />
        </div>
        <Checkbox
          label={t('app.coverage.only-gaps', 'Only what lacks something')}
          value={onlyGaps}
          onChange={() => model.setState({ onlyGaps: !onlyGaps })}
        />
        <span role="status">
          {t('app.coverage.counted', '{{whole}} of {{all}} services lack nothing', { whole, all: all.length })}
        </span>
      </Stack>
      <Unseen coverage={coverage} />
      {found.length === 0 && (
        <EmptyState variant="not-found" hideImage message={t('app.coverage.no-match', 'No service is left to show')}>
          {onlyGaps && search === '' && t('app.coverage.no-gaps', 'Every service has all that the app needs.')}
        </EmptyState>
      )}
      {found.slice(0, shown).map(({ service, gaps }) => (
        <ServiceCoverage key={service.name} service={service} gaps={gaps} end={end} datasourceUid={datasourceUid} />
      ))}
      {found.length > shown && (
        <Button variant="secondary" onClick={() => setShown(shown + PAGE)}>
          {t('app.coverage.more', 'Show more of {{count}} services', { count: found.length })}
        </Button>
      )}
    </>
  );
}

/** What was not looked at is said: silence about it would look like health. */
function Unseen({ coverage: { labelsLeft, typesLeft, growthLeft } }: { coverage: Coverage }) {
  if (labelsLeft + typesLeft + growthLeft === 0) {
    return null;
  }
  return (
    <Alert severity="info" title={t('app.coverage.unseen', 'Not everything was looked at')}>
      {t(
        'app.coverage.unseen-text',
        'Left out: {{labels}} labels, the last profile of {{types}} types, {{growth}} checks for totals since the start.',
        { labels: labelsLeft, types: typesLeft, growth: growthLeft }
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: screenColumn(theme, 2),
  search: css({ minWidth: 240 }),
});
