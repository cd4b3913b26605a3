import { css } from '@emotion/css';
import React, { useEffect, useState } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Button, Checkbox, LoadingPlaceholder, Stack, Text, useStyles2 } from '@grafana/ui';

import { download } from '../../flamegraph/exporters/download';
import type { OurRule } from '../alerting/ourRules';

import { CreateRules } from './CreateRules';
import type { ShippedRule } from './shippedRules';

type Shipped = typeof import('./shippedRules');

interface Props {
  datasourceUid: string;
  /** Undefined where this Grafana has no alerting, or is not known to have. */
  known?: OurRule[];
  onCreated: () => void;
}

/** The rules that come with the app, to be created here or downloaded as a file for another Grafana. */
export function ShippedRules({ datasourceUid, known, onCreated }: Props) {
  const styles = useStyles2(getStyles);
  const shipped = useShipped();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  if (!shipped) {
    return (
      <LoadingPlaceholder text={t('app.alerts.loading-shipped', 'Loading the rules that come with Flamewatch…')} />
    );
  }
  const rules = shipped.shippedRules(datasourceUid);
  const isThere = ({ uid }: ShippedRule) =>
    known?.some((rule) => rule.uid === uid || rule.uid === shipped.uidOn(uid, datasourceUid)) ?? false;
  const toggle = (uid: string) =>
    choose((before) => new Set(before.has(uid) ? [...before].filter((other) => other !== uid) : [...before, uid]));
  const save = () =>
    download({
      name: 'flamewatch-alert-rules.yaml',
      type: 'application/yaml',
      content: shipped.provisioningFile(datasourceUid),
    });
  return (
    <section aria-labelledby="shipped-rules">
      <Stack direction="column" gap={1}>
        <Text element="h2" variant="h4" id="shipped-rules">
          {t('app.alerts.shipped', 'Rules that come with Flamewatch')}
        </Text>
        <Text color="secondary">
          <Trans i18nKey="app.alerts.shipped-text">
            Create those you want here, where they can be edited afterwards, or put the file into the folder
            provisioning/alerting of a Grafana. Both are made for the data source picked above.
          </Trans>
        </Text>
        <ul className={styles.list}>
          {rules.map((rule) => (
            <li key={rule.uid} className={styles.rule}>
              <Checkbox
                label={rule.title}
                description={isThere(rule) ? t('app.alerts.is-there', 'There already') : descriptionOf(rule)}
                value={chosen.has(rule.uid)}
                disabled={known === undefined || isThere(rule)}
                onChange={() => toggle(rule.uid)}
              />
            </li>
          ))}
        </ul>
        <Stack wrap="wrap" alignItems="flex-end" gap={2}>
          {known !== undefined && (
            <CreateRules
              rules={rules.filter((rule) => chosen.has(rule.uid) && !isThere(rule))}
              datasourceUid={datasourceUid}
              newRule={shipped.newRule}
              onCreated={(created) => {
                choose((before) => new Set([...before].filter((uid) => !created.includes(uid))));
                onCreated();
              }}
            />
          )}
          <Button variant="secondary" icon="download-alt" onClick={save}>
            {t('app.alerts.download', 'Download as provisioning YAML')}
          </Button>
        </Stack>
      </Stack>
    </section>
  );
}

/** What the rule says of itself, and how often it is looked at. */
function descriptionOf({ group, every }: ShippedRule): string {
  const minutes = Math.round(every / 60);
  return minutes >= 1
    ? t('app.alerts.every-minutes', 'Group {{group}}, evaluated every {{count}} minutes', { group, count: minutes })
    : t('app.alerts.every-seconds', 'Group {{group}}, evaluated every {{count}} seconds', { group, count: every });
}

/** The files and what reads them, which nothing but this part of one screen needs. */
function useShipped(): Shipped | undefined {
  const [shipped, setShipped] = useState<Shipped>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let isWanted = true;
    import('./shippedRules').then(
      (loaded) => isWanted && setShipped(loaded),
      (cause: unknown) => isWanted && setFailure(cause)
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (failure !== undefined) {
    // The screen's boundary says what to do about code that does not come.
    throw failure;
  }
  return shipped;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 340px), 1fr))',
    gap: theme.spacing(1.5),
    listStyle: 'none',
  }),
  rule: css({ minWidth: 0 }),
});
