import React from 'react';

import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';

import { RAW } from '../../flamegraph/raw';
import { mutedBy, type MutedLabels, type Silence } from '../alerting/silence';

import type { ServiceFindings } from './findings';
import { MutedNote } from './MutedNote';
import { labelsOf } from './rankedFindings';

interface Props {
  silences: readonly Silence[];
  answers: readonly ServiceFindings[];
  onEnded: () => void;
}

/** Muted findings that are not found now: the function is gone, or no longer costs more. Their silences still hold. */
export function GoneMutes({ silences, answers, onEnded }: Props) {
  const gone = silencesWithoutFinding(silences, answers);
  if (gone.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="gone-mutes">
      <Text element="h2" variant="h5" id="gone-mutes">
        {t('app.regressions.gone-mutes', 'Muted, and not found now')}
      </Text>
      <Stack direction="column" gap={1}>
        {gone.map((silence) => {
          const labels = mutedBy(silence);
          return (
            <div key={silence.id} style={{ overflowWrap: 'anywhere' }}>
              <Text>
                {t('app.regressions.gone-mute', '{{name}} of {{service}} ({{kind}})', {
                  name: labels?.function,
                  service: labels?.service_name,
                  kind: labels?.kind,
                  ...RAW,
                })}
              </Text>
              <MutedNote silence={silence} onEnded={onEnded} />
            </div>
          );
        })}
      </Stack>
    </section>
  );
}

/** The silences of single findings that none of the answers has. */
export function silencesWithoutFinding(silences: readonly Silence[], answers: readonly ServiceFindings[]): Silence[] {
  const key = (labels: MutedLabels) => [labels.service_name, labels.function, labels.kind].join('\0');
  const found = new Set(answers.flatMap(({ findings }) => findings.map((finding) => key(labelsOf(finding)))));
  return silences.filter((silence) => {
    const labels = mutedBy(silence);
    return labels !== undefined && !found.has(key(labels));
  });
}
