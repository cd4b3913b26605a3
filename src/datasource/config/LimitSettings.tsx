import React from 'react';

import { t } from '@grafana/i18n';
import { ConfigSubSection } from '@grafana/plugin-ui';
import { Stack } from '@grafana/ui';

import { SETTINGS } from '../settings';
import type { ConfigProps } from './ConfigEditor';
import { CountSetting, DurationSetting } from './settingFields';

/** How much a query may ask for; the time-out of a call is one of Grafana's own HTTP settings. */
export function LimitSettings(props: ConfigProps) {
  return (
    <ConfigSubSection title={t('datasource.config.limits.title', 'Querying')}>
      <Stack direction="column" gap={2} maxWidth="578px">
        <DurationSetting
          {...props}
          setting="minStep"
          label={t('datasource.config.min-step.label', 'Minimal step')}
          description={t(
            'datasource.config.min-step.description',
            'The least distance of two points of a series. No shorter than the interval at which profiles are sent, or the series has gaps.'
          )}
          placeholder={SETTINGS.minStep}
        />
        <CountSetting
          {...props}
          setting="maxNodes"
          label={t('datasource.config.max-nodes.label', 'Nodes of a flame graph')}
          description={t(
            'datasource.config.max-nodes.description',
            'The most nodes a flame graph has when its query sets no limit. What is cut off is shown as "other".'
          )}
          bounds={SETTINGS.maxNodes}
        />
        <CountSetting
          {...props}
          setting="responseLimit"
          label={t('datasource.config.response-limit.label', 'Size of an answer in MiB')}
          description={t(
            'datasource.config.response-limit.description',
            'A larger answer of the server is refused, to protect Grafana from running out of memory.'
          )}
          bounds={SETTINGS.responseLimit}
        />
        <CountSetting
          {...props}
          setting="concurrency"
          label={t('datasource.config.concurrency.label', 'Calls at the same time')}
          description={t(
            'datasource.config.concurrency.description',
            'How many calls to the server one query makes side by side.'
          )}
          bounds={SETTINGS.concurrency}
        />
      </Stack>
    </ConfigSubSection>
  );
}
