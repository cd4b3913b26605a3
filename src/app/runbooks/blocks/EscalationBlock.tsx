import React, { useMemo } from 'react';

import { t } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';

import { useAnswer } from '../../../datasource/resources/useAnswer';
import { RAW } from '../../../flamegraph/raw';
import { useDiscovery } from '../../resources/useDiscovery';
import type { AppSettings } from '../../settings';
import type { LiveBlock } from '../model/liveBlock';
import { readMarkdown } from '../model/markdown';
import { Markdown } from '../text/Markdown';

import { BlockFrame } from './BlockFrame';
import { BlockProblem } from './BlockProblem';
import { type Evidence, selectorOf } from './question';
import { NeedsService } from './SignalsBlock';

interface Props {
  block: LiveBlock;
  datasourceUid: string;
  evidence: Evidence | undefined;
  contacts: AppSettings['teamContacts'];
}

/** The label by which profiles name who owns the service. */
const TEAM_LABEL = 'team';

/** Who to call: the team that the service's profiles name, and what the app's settings say of how to reach it. */
export function EscalationBlock({ block, datasourceUid, evidence, contacts }: Props) {
  const title = block.title ?? t('app.runbooks.escalation.title', 'Who to call');
  const discovery = useDiscovery(datasourceUid);
  const ask = useMemo(
    () => evidence && (() => discovery.labelValues(TEAM_LABEL, selectorOf(evidence), evidence.range)),
    [discovery, evidence]
  );
  const { value: teams, failure, loading } = useAnswer(ask);
  if (!evidence) {
    return <NeedsService title={title} />;
  }
  if (failure !== undefined) {
    return <BlockProblem title={title} problems={[failure]} />;
  }
  if (loading || teams === undefined) {
    return <LoadingPlaceholder text={t('app.runbooks.escalation.loading', 'Looking for the team…')} />;
  }
  const { service } = evidence;
  return (
    <BlockFrame title={title}>
      {teams.length === 0 && (
        <p>
          {t(
            'app.runbooks.escalation.no-team',
            'The profiles of {{service}} have no label “team”. Set it where they are sent, beside service_name, so that the next alert names who to call.',
            { service, ...RAW }
          )}
        </p>
      )}
      <dl>
        {teams.map((team) => (
          <React.Fragment key={team}>
            <dt>{team}</dt>
            <dd>
              <Contact text={contactOf(contacts, team)} />
            </dd>
          </React.Fragment>
        ))}
      </dl>
    </BlockFrame>
  );
}

function Contact({ text }: { text: string | undefined }) {
  return text === undefined ? (
    <>
      {t(
        'app.runbooks.escalation.no-contact',
        'No contact is kept for this team. An administrator adds it on Flamewatch’s configuration page.'
      )}
    </>
  ) : (
    <Markdown nodes={readMarkdown(text).children} />
  );
}

/** Settings may come from a file that anybody wrote. */
function contactOf(contacts: AppSettings['teamContacts'], team: string): string | undefined {
  const contact: unknown = Object.entries(contacts ?? {}).find(([name]) => name === team)?.[1];
  return typeof contact === 'string' && contact.trim() !== '' ? contact.slice(0, 1000) : undefined;
}
