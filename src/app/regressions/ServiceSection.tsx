import { css } from '@emotion/css';
import React, { useId, useState } from 'react';

import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { sceneGraph } from '@grafana/scenes';
import { Button, Text, TextLink, useStyles2 } from '@grafana/ui';

import type { Answer } from '../../datasource/resources/useAnswer';
import { RAW } from '../../flamegraph/raw';
import { profilesUrl } from '../../links/appUrl';
import { CreateRule } from '../alerts/CreateRule';
import { regressionsOfService } from '../alerts/ruleQuestions';
import { whyNoRules } from '../alerting/mayDo';
import type { Silence } from '../alerting/silence';

import { baselineOf } from './baselines';
import { FindingDetail } from './FindingDetail';
import { FindingRow } from './FindingRow';
import type { Begun } from './findings';
import type { ServiceGroup } from './rankedFindings';
import type { RegressionsOverview } from './RegressionsOverview';

interface Props {
  model: RegressionsOverview;
  datasourceUid: string;
  begun: Begun;
  group: ServiceGroup;
  silences: Answer<Silence[] | undefined>;
}

/** The findings of a service, one of which may be open. */
export function ServiceSection({ model, datasourceUid, begun, group, silences }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [isWatching, watch] = useState(false);
  const { opened, baseline, leastRatio, leastShare } = model.useState();
  const { value: range, from, to } = sceneGraph.getTimeRange(model).useState();
  const { service, findings, answers } = group;
  const [{ profileTypeId }] = answers;
  const explore = profilesUrl({ datasourceUid, service, profileTypeId, range: { from, to } });
  const seconds = (range.to.valueOf() - range.from.valueOf()) / 1000;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <Text element="h2" variant="h5" id={id}>
          <TextLink href={locationUtil.assureBaseUrl(explore)} color="primary" inline={false}>
            {service}
          </TextLink>
        </Text>
        <Text color="secondary" variant="bodySmall">
          {t('app.regressions.count', '{{count}} findings', { count: findings.length })}
        </Text>
        {config.unifiedAlertingEnabled && (
          <Button
            size="sm"
            variant="secondary"
            fill="text"
            icon="bell"
            disabled={whyNoRules() !== undefined}
            tooltip={whyNoRules()}
            onClick={() => watch(true)}
            aria-label={t('app.regressions.alert-service-label', 'Create alert rule for {{service}}', {
              service,
              ...RAW,
            })}
          >
            {t('app.regressions.alert-service', 'Create alert rule')}
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {findings.map((ranked) => {
          const { fingerprint } = ranked.finding;
          const isOpen = fingerprint === opened;
          return (
            <li key={fingerprint} className={styles.finding}>
              <FindingRow
                ranked={ranked}
                isOpen={isOpen}
                onToggle={() => model.open(isOpen ? undefined : fingerprint)}
              />
              {isOpen && (
                <FindingDetail
                  model={model}
                  datasourceUid={datasourceUid}
                  begun={begun}
                  ranked={ranked}
                  silences={silences}
                />
              )}
            </li>
          );
        })}
      </ul>
      {isWatching && (
        <CreateRule
          question={regressionsOfService({
            datasourceUid,
            service,
            profileTypeId,
            seconds,
            baseline: baselineOf(baseline, seconds),
            leastRatio,
            leastShare,
          })}
          onClose={() => watch(false)}
        />
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({ containerType: 'inline-size', width: '100%' }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  list: css({ listStyle: 'none', borderTop: `1px solid ${theme.colors.border.weak}` }),
  finding: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
});
