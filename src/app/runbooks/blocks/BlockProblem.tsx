import React from 'react';

import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';

interface Props {
  title?: string;
  /** Sentences. */
  problems: string[];
  severity?: 'warning' | 'info';
}

/** What stands in the place of a block that cannot be drawn: why. The rest of the page stays. */
export function BlockProblem({ title, problems, severity = 'warning' }: Props) {
  return (
    <div>
      <Alert severity={severity} title={title ?? t('app.runbooks.block.not-drawn', 'This part cannot be drawn')}>
        {problems.map((problem) => (
          <div key={problem}>{problem}</div>
        ))}
      </Alert>
    </div>
  );
}
