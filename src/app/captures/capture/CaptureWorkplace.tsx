import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import type { CapturesScreen } from '../CapturesScreen';

import { CaptureFailed } from './CaptureFailed';
import { CaptureForm } from './CaptureForm';
import type { CapturedProfile, ComparableProfile } from './capturedProfile';
import { CaptureResult } from './CaptureResult';
import { CaptureScenarios } from './CaptureScenarios';
import { CaptureUnderWay } from './CaptureUnderWay';
import { KeepDialog } from './KeepDialog';
import { KeptCaptures } from './KeptCaptures';
import { SessionCaptures } from './SessionCaptures';
import { keptCaptures } from './storedProfile';
import type { CaptureAsk } from './takeCapture';
import { type CaptureTarget, serviceOf, targetOf } from './targets';
import { useCaptureSession } from './useCaptureSession';
import { useContinuous, useKeptProfiles } from './useComparable';

interface Props {
  scene: CapturesScreen;
  datasourceUid: string;
  targets: CaptureTarget[];
}

interface Shown {
  id: string;
  type: number;
  baselineId?: string;
}

const DAY = 24 * 3600_000;

/** Where captures are made, looked at and found again. */
export function CaptureWorkplace({ scene, datasourceUid, targets }: Props) {
  const styles = useStyles2(getStyles);
  const { chart, target, service, instance, type } = scene.useState();
  const session = useCaptureSession(datasourceUid);
  const [shown, setShown] = useState<Shown>();
  const [isKeeping, setKeeping] = useState(false);
  const [days, setDays] = useState(1);
  const askKept = useCallback(() => {
    const end = Date.now();
    return keptCaptures(datasourceUid, { start: end - days * DAY, end });
  }, [datasourceUid, days]);
  const keptAnswer = useAnswer(askKept);
  const kept = useKeptProfiles(keptAnswer.value ?? NONE, datasourceUid);

  const captured = session.profiles.find(({ id }) => id === shown?.id);
  const profile = captured ? captured.samples : kept.find(({ id }) => id === shown?.id);
  const continuous = useContinuous(
    datasourceUid,
    captured ? serviceOf(captured.target) : '',
    captured?.samples ? captured.at : 0
  );
  const others = useMemo(
    () => [...session.profiles.flatMap(({ samples }) => samples ?? []), ...(continuous ? [continuous] : []), ...kept],
    [session.profiles, continuous, kept]
  );

  const look = (id: string, samples: ComparableProfile | undefined, baselineId?: string) =>
    setShown({ id, type: samples?.defaultType ?? 0, baselineId });
  const capture = async (of: CaptureTarget, asks: CaptureAsk[]) => {
    const made = await session.run(of, asks);
    const last: CapturedProfile | undefined = made[made.length - 1];
    if (last) {
      look(last.id, last.samples, made.length > 1 ? made[0].id : undefined);
    }
  };
  const isRunning = session.running !== undefined;
  return (
    <div className={styles.workplace}>
      <CaptureForm
        targets={targets}
        choice={{ target, service, instance, type }}
        onChoose={scene.choose}
        isRunning={isRunning}
        onCapture={(of, ask) => void capture(of, [ask])}
      />
      <CaptureScenarios
        targets={targets}
        chosen={targetOf(targets, { target, service })}
        instance={instance}
        isRunning={isRunning}
        onCapture={(of, asks) => void capture(of, asks)}
      />
      {session.running && <CaptureUnderWay running={session.running} onCancel={session.cancel} />}
      {session.failure && <CaptureFailed {...session.failure} />}
      <SessionCaptures
        profiles={session.profiles}
        shownId={shown?.id}
        onShow={({ id, samples }) => look(id, samples)}
        onRemove={session.remove}
      />
      <KeptCaptures
        answer={keptAnswer}
        days={days}
        onDays={setDays}
        shownId={shown?.id}
        onShow={({ id }) =>
          look(
            `kept ${id}`,
            kept.find((one) => one.id === `kept ${id}`)
          )
        }
      />
      {shown && (captured || profile) && (
        <CaptureResult
          chart={chart}
          captured={captured}
          profile={profile}
          type={Math.min(shown.type, (profile?.sampleTypes.length ?? 1) - 1)}
          onType={(chosen) => setShown({ ...shown, type: chosen })}
          others={others}
          baselineId={shown.baselineId}
          onBaseline={(baselineId) => setShown({ ...shown, baselineId })}
          onKeep={() => setKeeping(true)}
        />
      )}
      {isKeeping && captured && (
        <KeepDialog
          captured={captured}
          datasourceUid={datasourceUid}
          onClose={() => setKeeping(false)}
          onKept={() => {
            setKeeping(false);
            keptAnswer.retry();
          }}
        />
      )}
    </div>
  );
}

const NONE: [] = [];

const getStyles = (theme: GrafanaTheme2) => ({
  workplace: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});
