import React, { useMemo } from 'react';

import { t } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';

import { RAW } from '../../../flamegraph/raw';
import { BlockProblem } from '../blocks/BlockProblem';
import { kindTitle } from '../blocks/kindTitle';
import type { OwnRunbook } from '../model/library';
import { readRunbook } from '../model/runbook';
import { Markdown } from '../text/Markdown';

/** A runbook as its page shows it, without an incident: blocks are named where they will stand. */
export function RunbookPreview({ runbook: { slug, markdown } }: { runbook: OwnRunbook }) {
  const { title, summary, parts } = useMemo(() => readRunbook(slug, markdown), [slug, markdown]);
  return (
    <>
      <Text element="h3">{title}</Text>
      <p>{summary}</p>
      {parts.map((part, at) => {
        switch (part.kind) {
          case 'text':
            return <Markdown key={at} nodes={part.nodes} />;
          case 'live':
            return <Alert key={at} severity="info" title={part.block.title ?? kindTitle(part.block.kind)} />;
          case 'broken':
            return (
              <BlockProblem
                key={at}
                problems={part.faults.map(({ line, message }) =>
                  t('app.runbooks.fault.at-line', 'Line {{line}}: {{message}}', { line, message, ...RAW })
                )}
              />
            );
        }
      })}
    </>
  );
}
