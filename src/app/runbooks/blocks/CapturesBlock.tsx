import React from 'react';

import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { LinkButton, Stack } from '@grafana/ui';

import type { CaptureType, LiveBlock } from '../model/liveBlock';
import { captureUrl } from '../page/screenLinks';

import { BlockFrame } from './BlockFrame';

interface Props {
  block: LiveBlock;
  datasourceUid: string;
  service: string | undefined;
}

/** Buttons that lead to the screen of captures, filled in: what a restart would destroy is taken first. */
export function CapturesBlock({ block, datasourceUid, service }: Props) {
  return (
    <BlockFrame title={block.title ?? t('app.runbooks.captures.title', 'Capture before a restart')}>
      <Stack wrap="wrap">
        {(block.profiles ?? ['heap', 'goroutine']).map((type) => (
          <LinkButton
            key={type}
            icon="camera"
            variant="primary"
            href={locationUtil.assureBaseUrl(captureUrl(datasourceUid, service, type))}
          >
            {labelOf(type)}
          </LinkButton>
        ))}
      </Stack>
    </BlockFrame>
  );
}

function labelOf(type: CaptureType): string {
  switch (type) {
    case 'cpu':
      return t('app.runbooks.captures.cpu', 'CPU profile');
    case 'heap':
      return t('app.runbooks.captures.heap', 'Heap profile');
    case 'allocs':
      return t('app.runbooks.captures.allocs', 'Allocations');
    case 'goroutine':
      return t('app.runbooks.captures.goroutine', 'Goroutine dump');
    case 'mutex':
      return t('app.runbooks.captures.mutex', 'Mutex profile');
    case 'block':
      return t('app.runbooks.captures.block', 'Block profile');
    case 'threadcreate':
      return t('app.runbooks.captures.threadcreate', 'Thread creation');
    case 'trace':
      return t('app.runbooks.captures.trace', 'Execution trace');
    case 'jfr':
      return t('app.runbooks.captures.jfr', 'JFR recording');
  }
}
