import React from 'react';

import { t } from '@grafana/i18n';
import { ErrorBoundary } from '@grafana/ui';

import type { LiveBlock } from '../model/liveBlock';
import { fillText } from '../model/placeholders';
import type { RunbookScene } from '../page/RunbookScene';

import { PracticesBlock } from '../../practices/PracticesBlock';

import { BlockFrame } from './BlockFrame';
import { BlockProblem } from './BlockProblem';
import { CapturesBlock } from './CapturesBlock';
import { EscalationBlock } from './EscalationBlock';
import { HealthBlock } from './HealthBlock';
import { kindTitle } from './kindTitle';
import type { LiveChart } from './LiveChart';
import type { Evidence } from './question';
import { NeedsService, SignalsBlock } from './SignalsBlock';

interface Props {
  scene: RunbookScene;
  block: LiveBlock;
  chart: LiveChart | undefined;
  datasourceUid: string;
  evidence: Evidence | undefined;
  service: string | undefined;
  /** A service is being looked for. */
  choosing: boolean;
}

/** A live block of a runbook. One that breaks says so in its place. */
export function LiveBlockView(props: Props) {
  return (
    <ErrorBoundary dependencies={[props.block, props.evidence]}>
      {({ error }) =>
        error ? (
          <BlockProblem title={props.block.title} problems={[error.message || error.name]} />
        ) : (
          <Block {...props} />
        )
      }
    </ErrorBoundary>
  );
}

/** A block's title before there is anything to draw. */
function titleOf({ title, kind }: LiveBlock, service: string | undefined): string {
  return title === undefined ? kindTitle(kind) : fillText(title, { service });
}

function Block({ scene, block, chart, datasourceUid, evidence, service, choosing }: Props) {
  switch (block.kind) {
    case 'traces':
    case 'logs':
      return <SignalsBlock block={block} signal={block.kind} evidence={evidence} />;
    case 'captures':
      return <CapturesBlock block={block} datasourceUid={datasourceUid} service={service} />;
    case 'escalation':
      return (
        <EscalationBlock
          block={block}
          datasourceUid={datasourceUid}
          evidence={evidence}
          contacts={scene.state.settings.teamContacts}
        />
      );
    case 'health':
      return <HealthBlock block={block} datasourceUid={datasourceUid} probe={scene.state.probe} />;
    case 'practices':
      return <PracticesBlock block={block} datasourceUid={datasourceUid} scene={scene} />;
    default:
      return evidence && chart ? (
        <chart.Component model={chart} />
      ) : service === undefined && !choosing ? (
        <NeedsService title={titleOf(block, service)} />
      ) : (
        <BlockFrame title={titleOf(block, service)}>
          {t('app.runbooks.finding-out', 'Finding out what there is…')}
        </BlockFrame>
      );
  }
}
