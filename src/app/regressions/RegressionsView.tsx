import React, { useEffect, useMemo } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { type SceneComponentProps, sceneGraph } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import { firstChoice } from '../../datasource/profileTypes/profileType';
import { spanOf } from '../../datasource/resources/span';
import { useServicesIn } from '../resources/useServicesIn';
import { useDatasourceUid } from '../screen/datasourceOf';
import { LoadingCancelled } from '../screen/LoadingCancelled';
import { NoDatasource } from '../screen/NoDatasource';
import { screenColumn } from '../screen/screenColumn';
import { ServicesAwaited } from '../selection/ServicesAwaited';

import { FindingGroups } from './FindingGroups';
import { FindingsProgress } from './FindingsProgress';
import { GoneMutes } from './GoneMutes';
import { NothingFound } from './NothingFound';
import { rankFindings } from './rankedFindings';
import type { RegressionsOverview } from './RegressionsOverview';
import { RegressionsToolbar } from './RegressionsToolbar';
import { useFindings } from './useFindings';
import { useSilences } from './useSilences';
import { WhyNot } from './WhyNot';

/** The screen below its head: what is looked for, how far that is, and what was found. */
export function RegressionsView({ model }: SceneComponentProps<RegressionsOverview>) {
  const styles = useStyles2(getStyles);
  const datasourceUid = useDatasourceUid(model);
  return (
    <div className={styles.screen}>
      {datasourceUid === '' ? <NoDatasource /> : <Regressions model={model} datasourceUid={datasourceUid} />}
    </div>
  );
}

const NO_SILENCES = [] as const;

function Regressions({ model, datasourceUid }: { model: RegressionsOverview; datasourceUid: string }) {
  const state = model.useState();
  const { profileTypes, baseline, service, leastRatio, leastShare, shown, status, search, muted } = state;
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const services = useServicesIn(datasourceUid, range);
  const found = services.value;
  useEffect(() => {
    const first = found && firstChoice(found.profileTypes);
    if (profileTypes === undefined && first !== undefined) {
      model.look({ profileTypes: [first] });
    }
  }, [model, profileTypes, found]);

  const request = useMemo(
    () => model.requestIn(spanOf(range)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what requestIn reads of the model's state
    [model, range, profileTypes, baseline, service, leastRatio, leastShare]
  );
  const findings = useFindings(datasourceUid, request);
  const silences = useSilences();
  const answer = findings.answer.services.length > 0 ? findings.answer : (findings.before ?? findings.answer);
  const silenced = silences.value ?? NO_SILENCES;
  const groups = useMemo(
    () => rankFindings(answer.services, silenced, { shown, status, search, muted }),
    [answer, silenced, shown, status, search, muted]
  );

  if (profileTypes === undefined) {
    return <ServicesAwaited scene={model} services={services} datasourceUid={datasourceUid} />;
  }
  const retry = () => {
    findings.retry();
    silences.retry();
  };
  return (
    <>
      <RegressionsToolbar
        model={model}
        datasourceUid={datasourceUid}
        directory={found}
        groups={groups}
        range={spanOf(range)}
      />
      <FindingsProgress findings={findings} answer={answer} datasourceUid={datasourceUid} onRetry={retry} />
      {findings.cancelled && answer.services.length === 0 && <LoadingCancelled onRetry={retry} />}
      <FindingGroups model={model} datasourceUid={datasourceUid} answer={answer} groups={groups} silences={silences} />
      {!findings.loading && !findings.cancelled && findings.failure === undefined && groups.length === 0 && (
        <NothingFound model={model} answer={answer} />
      )}
      {answer.done !== undefined && service === undefined && (
        <GoneMutes silences={silenced} answers={answer.services} onEnded={silences.retry} />
      )}
      <WhyNot answers={answer.services} search={search} />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  screen: screenColumn(theme, 2),
});
