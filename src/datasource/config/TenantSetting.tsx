import React from 'react';

import { t } from '@grafana/i18n';

import type { ConfigProps } from './ConfigEditor';
import { TextSetting } from './settingFields';

export function TenantSetting(props: ConfigProps) {
  return (
    <TextSetting
      {...props}
      setting="tenant"
      label={t('datasource.config.tenant.label', 'Tenant')}
      description={t(
        'datasource.config.tenant.description',
        'Sent as the header X-Scope-OrgID. Needed when the server keeps several tenants apart.'
      )}
      placeholder={t('datasource.config.tenant.placeholder', 'None')}
    />
  );
}
