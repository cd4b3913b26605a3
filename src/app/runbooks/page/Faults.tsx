import React from 'react';

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import type { Fault } from '../model/fault';
import type { RunbookOrigin } from '../model/library';

interface Props {
  faults: Fault[];
  origin: RunbookOrigin;
}

/** What is wrong with a runbook's text, by line, and who can put it right. Nothing where nothing is. */
export function Faults({ faults, origin }: Props) {
  if (faults.length === 0) {
    return null;
  }
  return (
    <div>
      <Alert
        severity="warning"
        title={t('app.runbooks.faults', 'Parts of this runbook are not as they must be')}
        topSpacing={0}
      >
        <ul>
          {faults.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              {t('app.runbooks.fault.at-line', 'Line {{line}}: {{message}}', { line, message, ...RAW })}
            </li>
          ))}
        </ul>
        {origin !== 'shipped' &&
          t('app.runbooks.faults-where', 'An administrator corrects it on Flamewatch’s configuration page.')}
      </Alert>
    </div>
  );
}
