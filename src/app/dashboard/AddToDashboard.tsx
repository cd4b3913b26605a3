import React, { type ComponentType, useState } from 'react';

import type { TimeRange } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { usePluginComponent } from '@grafana/runtime';
import { Field, LoadingPlaceholder, Modal, RadioButtonGroup } from '@grafana/ui';

import { dashboardPanel, type DashboardPanel } from '../../links/dashboardPanel';
import type { LinkedQuery } from '../../links/linked';

import { canAddPanels } from './canAddPanels';
import { PanelJson } from './PanelJson';

/** Grafana's own form, as it exposes it to plugins; the id is that of PluginExtensionExposedComponents. */
const FORM = 'grafana/add-to-dashboard-form/v1';

interface FormProps {
  onClose: () => void;
  buildPanel: (options: undefined) => DashboardPanel;
  timeRange?: TimeRange;
  options: undefined;
}

interface Props {
  title: string;
  datasourceUid: string;
  /** What can be added, one panel each. */
  queries: LinkedQuery[];
  timeRange: TimeRange;
  onClose: () => void;
}

/** Adds what is shown to a dashboard by Grafana's form; where Grafana has none, gives the panel's JSON to copy. */
export function AddToDashboard({ title, datasourceUid, queries, timeRange, onClose }: Props) {
  const { component: GrafanasForm, isLoading } = usePluginComponent<FormProps>(FORM);
  const [chosen, choose] = useState(0);
  const panel = dashboardPanel({ title, datasourceUid, query: queries[chosen] });
  return (
    <Modal isOpen title={t('app.dashboard.title', 'Add to dashboard')} onDismiss={onClose}>
      {queries.length > 1 && (
        <Field label={t('app.dashboard.panel', 'Panel')}>
          <RadioButtonGroup
            options={queries.map((query, i) => ({ value: i, label: nameOf(query) }))}
            value={chosen}
            onChange={choose}
          />
        </Field>
      )}
      {isLoading && <LoadingPlaceholder text={t('app.dashboard.loading', 'Loading the form…')} />}
      {!isLoading && (
        <FormOrJson form={canAddPanels() ? GrafanasForm : null} panel={panel} timeRange={timeRange} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormOrJsonProps {
  form: ComponentType<FormProps> | undefined | null;
  panel: DashboardPanel;
  timeRange: TimeRange;
  onClose: () => void;
}

function FormOrJson({ form: Form, panel, timeRange, onClose }: FormOrJsonProps) {
  if (Form) {
    return <Form onClose={onClose} buildPanel={() => panel} timeRange={timeRange} options={undefined} />;
  }
  return (
    <>
      <p>
        <Trans i18nKey="app.dashboard.how-to-paste">
          Add a panel to the dashboard, choose Inspect and Panel JSON in its menu, put this text in the place of the one
          there, and apply.
        </Trans>
      </p>
      <PanelJson panel={panel} />
    </>
  );
}

function nameOf({ queryType }: LinkedQuery): string {
  return queryType === 'metrics' ? t('app.dashboard.series', 'Series') : t('app.dashboard.flame-graph', 'Flame graph');
}
