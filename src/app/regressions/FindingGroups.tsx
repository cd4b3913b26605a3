import React, { useState } from 'react';

import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';

import type { Answer } from '../../datasource/resources/useAnswer';
import type { Silence } from '../alerting/silence';

import type { FindingsAnswer } from './findingsAnswer';
import type { ServiceGroup } from './rankedFindings';
import type { RegressionsOverview } from './RegressionsOverview';
import { ServiceSection } from './ServiceSection';

interface Props {
  model: RegressionsOverview;
  datasourceUid: string;
  answer: FindingsAnswer;
  groups: ServiceGroup[];
  silences: Answer<Silence[] | undefined>;
}

/** Services shown at first, and more by every click. */
const PAGE = 25;

/** The findings, service by service. */
export function FindingGroups({ model, datasourceUid, answer, groups, silences }: Props) {
  const [shown, setShown] = useState(PAGE);
  const { begun } = answer;
  if (!begun) {
    return null;
  }
  return (
    <>
      {groups.slice(0, shown).map((group) => (
        <ServiceSection
          key={group.service}
          model={model}
          datasourceUid={datasourceUid}
          begun={begun}
          group={group}
          silences={silences}
        />
      ))}
      {groups.length > shown && (
        <div>
          <Button variant="secondary" onClick={() => setShown(shown + PAGE)}>
            {t('app.regressions.more-services', 'Show more services ({{count}} left)', {
              count: groups.length - shown,
            })}
          </Button>
        </div>
      )}
    </>
  );
}
