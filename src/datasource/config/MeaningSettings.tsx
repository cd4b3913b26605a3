import React from 'react';

import { t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { Stack } from '@grafana/ui';

import { SETTINGS } from '../settings';
import type { ConfigProps } from './ConfigEditor';
import { CpuCoverageSetting } from './CpuCoverageSetting';
import { DurationSetting, TextSetting } from './settingFields';

/** What the server does not know about its profiles and the numbers depend on. */
export function MeaningSettings(props: ConfigProps) {
  return (
    <ConfigSection
      title={t('datasource.config.meaning.title', 'Your profiles')}
      description={t(
        'datasource.config.meaning.description',
        'How your agents collect profiles. The server does not tell, and the numbers depend on it.'
      )}
    >
      <Stack direction="column" gap={2} maxWidth="578px">
        <CpuCoverageSetting {...props} />
        <TextSetting
          {...props}
          setting="instanceLabel"
          label={t('datasource.config.instance-label.label', 'Instance label')}
          description={t(
            'datasource.config.instance-label.description',
            'The label that tells the instances of a service apart. Memory in use and goroutines are added up over instances, never over time.'
          )}
          placeholder={t(
            'datasource.config.instance-label.placeholder',
            'The first of pod, instance, hostname, … found'
          )}
        />
        <DurationSetting
          {...props}
          setting="ingestDelay"
          label={t('datasource.config.ingest-delay.label', 'Ingest delay')}
          description={t(
            'datasource.config.ingest-delay.description',
            'How late a profile may arrive. Alert rules look only at times that are complete.'
          )}
          placeholder={SETTINGS.ingestDelay}
        />
      </Stack>
    </ConfigSection>
  );
}
