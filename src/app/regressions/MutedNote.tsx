import React, { useState } from 'react';
import { firstValueFrom } from 'rxjs';

import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text } from '@grafana/ui';

import { describeFailure } from '../../datasource/resources/failure';
import { RAW } from '../../flamegraph/raw';
import { endSilence } from '../alerting/alertingApi';
import { whyNoEndOfSilences } from '../alerting/mayDo';
import type { Silence } from '../alerting/silence';

interface Props {
  silence: Silence;
  /** Called after the silence was ended. */
  onEnded: () => void;
}

/** Who muted something, why and until when, and a way to end that. */
export function MutedNote({ silence, onEnded }: Props) {
  const [failure, setFailure] = useState<string>();
  const [working, setWorking] = useState(false);
  const end = async () => {
    setWorking(true);
    setFailure(undefined);
    try {
      await firstValueFrom(endSilence(silence.id));
      onEnded();
    } catch (cause) {
      setFailure(describeFailure(cause));
    }
    setWorking(false);
  };
  const facts = t('app.regressions.muted-by', 'Muted until {{until}} by {{who}}: {{reason}}', {
    until: dateTimeFormat(silence.endsAt),
    who: silence.createdBy || '–',
    reason: silence.comment || '–',
    ...RAW,
  });
  return (
    <div>
      <Stack alignItems="center" wrap="wrap">
        <Text color="secondary">{facts}</Text>
        <Button
          size="sm"
          variant="secondary"
          icon="bell"
          onClick={end}
          disabled={working || whyNoEndOfSilences() !== undefined}
          tooltip={whyNoEndOfSilences()}
        >
          {t('app.regressions.unmute', 'End the silence')}
        </Button>
      </Stack>
      {failure !== undefined && (
        <Text element="p" color="error">
          {failure}
        </Text>
      )}
    </div>
  );
}
