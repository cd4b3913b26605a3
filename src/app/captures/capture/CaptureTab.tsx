import React, { useCallback } from 'react';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Alert, EmptyState, LinkButton, LoadingPlaceholder, Stack } from '@grafana/ui';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { useDatasourceUid } from '../../screen/datasourceOf';
import { NoDatasource } from '../../screen/NoDatasource';
import { QueryFailure } from '../../screen/QueryFailure';
import type { CapturesScreen } from '../CapturesScreen';

import { CaptureWorkplace } from './CaptureWorkplace';
import { captureTargets } from './targets';

/** Profiles taken of running programs, on demand. */
export function CaptureTab({ scene }: { scene: CapturesScreen }) {
  const datasourceUid = useDatasourceUid(scene);
  return datasourceUid === '' ? (
    <NoDatasource />
  ) : (
    <Targets key={datasourceUid} scene={scene} datasourceUid={datasourceUid} />
  );
}

function Targets({ scene, datasourceUid }: { scene: CapturesScreen; datasourceUid: string }) {
  const ask = useCallback(() => captureTargets(datasourceUid), [datasourceUid]);
  const { value: answer, failure, retry } = useAnswer(ask);
  if (failure !== undefined) {
    return (
      <QueryFailure
        title={t('app.captures.no-captures', 'Nothing can be captured')}
        reason={failure}
        datasourceUid={datasourceUid}
        onRetry={retry}
      />
    );
  }
  if (!answer) {
    return <LoadingPlaceholder text={t('app.captures.looking', 'Looking for targets…')} />;
  }
  const { targets, leftOut = [] } = answer;
  return (
    <Stack direction="column" gap={2}>
      {leftOut.length > 0 && <LeftOut sentences={leftOut} />}
      {targets.length > 0 ? (
        <CaptureWorkplace scene={scene} datasourceUid={datasourceUid} targets={targets} />
      ) : (
        <NoTargets datasourceUid={datasourceUid} />
      )}
    </Stack>
  );
}

function LeftOut({ sentences }: { sentences: readonly string[] }) {
  return (
    <Alert severity="warning" title={t('app.captures.left-out', 'Some capture targets cannot be used')}>
      {sentences.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </Alert>
  );
}

function NoTargets({ datasourceUid }: { datasourceUid: string }) {
  return (
    <EmptyState
      variant="call-to-action"
      message={t('app.captures.no-targets', 'There is nothing to capture yet')}
      button={
        <LinkButton
          icon="cog"
          href={locationUtil.assureBaseUrl(`/connections/datasources/edit/${encodeURIComponent(datasourceUid)}`)}
        >
          {t('app.screen.datasource-settings', 'Data source settings')}
        </LinkButton>
      }
    >
      <Trans i18nKey="app.captures.no-targets-why">
        An administrator adds capture targets in the settings of the data source or by provisioning: components of a
        control plane, Grafana itself, any Go program with net/http/pprof.
      </Trans>
    </EmptyState>
  );
}
