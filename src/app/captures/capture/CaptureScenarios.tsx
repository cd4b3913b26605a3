import { css } from '@emotion/css';
import React, { useMemo, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Text, useStyles2 } from '@grafana/ui';

import { type Scenario, scenarios } from './scenarios';
import type { CaptureAsk } from './takeCapture';
import type { CaptureTarget } from './targets';

interface Props {
  targets: CaptureTarget[];
  /** The target that is chosen above; it is meant where it is of the scenario's kind. */
  chosen?: CaptureTarget;
  instance?: string;
  isRunning: boolean;
  onCapture: (target: CaptureTarget, asks: CaptureAsk[]) => void;
}

/** The usual problems of a control plane, one click each; what to look for stays beside the result. */
export function CaptureScenarios({ targets, chosen, instance, isRunning, onCapture }: Props) {
  const styles = useStyles2(getStyles);
  const [looking, setLooking] = useState<Scenario>();
  const all = useMemo(() => scenarios(), []);
  const start = (scenario: Scenario, target: CaptureTarget) => {
    setLooking(scenario);
    const wanted = target === chosen && instance !== undefined && target.instances.includes(instance);
    onCapture(
      target,
      scenario.captures.map(({ seconds, ...capture }) => ({
        ...capture,
        seconds: Math.min(seconds, target.mostSeconds),
        target: target.id,
        instance: wanted ? instance : target.instances[0],
      }))
    );
  };
  const kinds = new Set(targets.map(({ kind }) => kind));
  if (!all.some(({ kind }) => kinds.has(kind))) {
    return null;
  }
  return (
    <section aria-label={t('app.captures.scenarios', 'Control plane')}>
      <div className={styles.row}>
        <Text element="h2" variant="h5">
          {t('app.captures.scenarios', 'Control plane')}
        </Text>
        {all.map((scenario) => {
          const target = chosen?.kind === scenario.kind ? chosen : targets.find(({ kind }) => kind === scenario.kind);
          return (
            <Button
              key={scenario.id}
              size="sm"
              variant="secondary"
              disabled={isRunning || !target}
              tooltip={
                target
                  ? t('app.captures.scenario-of', 'Takes the profiles that tell, of {{name}}', {
                      name: target.name,
                      interpolation: { escapeValue: false },
                    })
                  : t('app.captures.scenario-missing', 'Needs a target of the kind {{kind}}', { kind: scenario.kind })
              }
              onClick={() => target && start(scenario, target)}
            >
              {scenario.title}
            </Button>
          );
        })}
      </div>
      {looking && (
        <div className={styles.look}>
          <Alert
            severity="info"
            title={t('app.captures.look-for', '{{title}}: what to look for', { title: looking.title })}
            onRemove={() => setLooking(undefined)}
          >
            {looking.lookFor}
          </Alert>
        </div>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  look: css({ marginTop: theme.spacing(1), '& > *': { marginBottom: 0 } }),
});
