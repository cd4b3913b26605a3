import { css } from '@emotion/css';
import React, { useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { Button, ControlledCollapse, Dropdown, Menu, Text, useStyles2 } from '@grafana/ui';

import type { ConfigProps } from '../ConfigEditor';
import { withSetting } from '../settingFields';

import { PRESETS, SECRETS, secretKey, type StoredTarget, targetOfPreset, type TargetPreset } from './captureTarget';
import { CaptureTargetFields } from './CaptureTargetFields';
import { secretsOf, withSecret } from './SecretField';

/** What profiles may be taken from on demand. Only who may change the data source comes here. */
export function CaptureTargets(props: ConfigProps) {
  const { options, onOptionsChange } = props;
  const styles = useStyles2(getStyles);
  const [added, setAdded] = useState<string>();
  const targets = options.jsonData.captureTargets ?? [];
  const save = (changed: StoredTarget[], from = options) =>
    onOptionsChange(withSetting(from, 'captureTargets', changed.length > 0 ? changed : undefined));
  const add = (preset: TargetPreset) => {
    const target = targetOfPreset(preset, targets);
    setAdded(target.id);
    save([...targets, target]);
  };
  const remove = ({ id }: StoredTarget) => {
    const keys = SECRETS.map((secret) => secretKey(id, secret)).filter(
      (key) => options.secureJsonFields?.[key] || secretsOf(options)[key]
    );
    save(
      targets.filter((one) => one.id !== id),
      keys.reduce((without, key) => withSecret(without, key, ''), options)
    );
  };
  return (
    <ConfigSection
      title={t('datasource.config.captures.title', 'Capture targets')}
      description={t(
        'datasource.config.captures.description',
        'Programs of which editors may take profiles on demand, in the app’s screen Captures. Nothing else is ever asked.'
      )}
      isCollapsible
      isInitiallyOpen={targets.length > 0}
    >
      <div className={styles.list}>
        {targets.map((target) => (
          <ControlledCollapse key={target.id} label={target.name ?? target.id} isOpen={target.id === added}>
            <CaptureTargetFields
              {...props}
              target={target}
              onChange={(changed) => save(targets.map((one) => (one.id === changed.id ? changed : one)))}
            />
            {!options.readOnly && (
              <div className={styles.remove}>
                <Button variant="destructive" fill="outline" size="sm" icon="trash-alt" onClick={() => remove(target)}>
                  {t('datasource.config.captures.remove', 'Remove this target')}
                </Button>
              </div>
            )}
          </ControlledCollapse>
        ))}
        {targets.length === 0 && (
          <Text color="secondary">{t('datasource.config.captures.none', 'There are no targets yet.')}</Text>
        )}
        {!options.readOnly && (
          <Dropdown
            overlay={
              <Menu>
                {PRESETS.map((preset) => (
                  <Menu.Item key={preset.kind} label={preset.name} onClick={() => add(preset)} />
                ))}
              </Menu>
            }
          >
            <Button variant="secondary" icon="plus" className={styles.add}>
              {t('datasource.config.captures.add', 'Add a target')}
            </Button>
          </Dropdown>
        )}
      </div>
    </ConfigSection>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  add: css({ alignSelf: 'flex-start' }),
  remove: css({ marginTop: theme.spacing(2) }),
});
