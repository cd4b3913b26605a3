import React, { useCallback, useId, useMemo, useState } from 'react';

import { locationUtil } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { Combobox, Field, Input, LinkButton, Modal } from '@grafana/ui';

import { CheckedInput } from '../../datasource/editor/CheckedInput';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { newAlertUrl } from '../../links/alertUrl';

import { findDashboard } from './regressionsDashboard';
import { RulePreview } from './RulePreview';
import type { RuleQuestion } from './ruleQuestions';

interface Props {
  question: RuleQuestion;
  onClose: () => void;
}

/**
 * A rule before it is made: its limit, and what it would have done. It is made by Grafana's own form, which handles
 * rights, folder and contacts.
 */
export function CreateRule({ question, onClose }: Props) {
  const id = useId();
  const [name, setName] = useState(question.name);
  const [above, setAbove] = useState(question.above);
  const [pendingFor, setPendingFor] = useState(question.pendingFor ?? '0s');
  const dashboard = useAnswer(useCallback(() => findDashboard(), []));
  const changed = useMemo(() => ({ ...question, above, pendingFor }), [question, above, pendingFor]);
  const form = newAlertUrl({
    ...changed,
    name: name.trim() === '' ? question.name : name,
    annotations: { ...question.annotations, ...dashboard.value },
  });
  const factor = question.number === 'share' ? 100 : 1;
  return (
    <Modal isOpen title={t('app.alerts.create.title', 'Create alert rule')} onDismiss={onClose}>
      <Field label={t('app.alerts.create.name', 'Name')} htmlFor={`${id}-name`}>
        <Input id={`${id}-name`} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      </Field>
      <Field label={aboveLabel(question)} htmlFor={`${id}-above`}>
        <CheckedInput
          id={`${id}-above`}
          value={String(Number((above * factor).toPrecision(6)))}
          check={(text) => (text !== '' && Number.isFinite(Number(text)) && Number(text) >= 0 ? text : undefined)}
          fault={t('app.alerts.create.above-fault', 'A number, 0 or larger')}
          onCommit={(text) => setAbove(Number(text) / factor)}
          width={20}
        />
      </Field>
      <Field label={t('app.alerts.create.pending', 'For at least')} htmlFor={`${id}-for`}>
        <Combobox
          id={`${id}-for`}
          options={['0s', '5m', '15m', '30m', '1h'].map((value) => ({ value, label: value }))}
          value={pendingFor}
          onChange={({ value }) => setPendingFor(value)}
          width={20}
        />
      </Field>
      <RulePreview question={changed} />
      <p>
        <Trans i18nKey="app.alerts.create.form-text">
          Grafana’s form opens with this filled in: the query, the limit, a summary, the runbook. There you choose the
          folder and who is told, and can change everything, also later.
        </Trans>
      </p>
      <Modal.ButtonRow>
        <LinkButton icon="bell" href={locationUtil.assureBaseUrl(form)}>
          {t('app.alerts.create.go', 'Continue in Grafana’s form')}
        </LinkButton>
      </Modal.ButtonRow>
    </Modal>
  );
}

function aboveLabel({ number, unit }: RuleQuestion): string {
  switch (number) {
    case 'ratio':
      return t('app.alerts.create.above-ratio', 'Fires above this ratio of the shares (1: any regression)');
    case 'share':
      return t('app.alerts.create.above-share', 'Fires above this share, %');
    case 'cost':
      return unit === undefined
        ? t('app.alerts.create.above-cost', 'Fires above')
        : t('app.alerts.create.above-cost-unit', 'Fires above, {{unit}}', { unit });
  }
}
