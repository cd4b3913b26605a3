import React, { useCallback, useId, useState } from 'react';

import { t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field } from '@grafana/ui';

import { whyNoRules } from '../alerting/mayDo';
import { useAnswer } from '../../datasource/resources/useAnswer';
import { RAW } from '../../flamegraph/raw';
import { listFolders } from '../alerting/alertingApi';

import { type CreatedRules, createRules } from './createRules';
import type { newRule, ShippedRule } from './shippedRules';

interface Props {
  rules: ShippedRule[];
  datasourceUid: string;
  newRule: typeof newRule;
  /** Called with the uids of the shipped rules that were created. */
  onCreated: (uids: string[]) => void;
}

/** Creates several rules at once in a folder, and says of each that was refused why. */
export function CreateRules({ rules, datasourceUid, newRule, onCreated }: Props) {
  const id = useId();
  const folders = useAnswer(useCallback(() => listFolders(), []));
  const [folder, setFolder] = useState<string>('');
  const [working, setWorking] = useState(false);
  const [result, setResult] = useState<CreatedRules>();
  const known = folders.value ?? [];
  const options = known.map(({ uid, title }) => ({ value: uid, label: title, description: uid }));
  const create = async () => {
    setWorking(true);
    const title = folder.trim() === '' ? DEFAULT_FOLDER : folder.trim();
    const place = known.find(({ uid }) => uid === folder) ?? known.find((other) => other.title === title) ?? { title };
    const made = await createRules(rules, place, (rule, folderUid) => newRule(rule, { datasourceUid, folderUid }));
    setResult(made);
    setWorking(false);
    folders.retry();
    onCreated(made.created.map(({ uid }) => uid));
  };
  return (
    <>
      <Field
        label={t('app.alerts.folder', 'Folder')}
        description={t('app.alerts.folder-description', 'One that is there, or a new name')}
        htmlFor={`${id}-folder`}
        noMargin
        error={folders.failure}
        invalid={folders.failure !== undefined}
      >
        <Combobox
          id={`${id}-folder`}
          options={options}
          value={folder || null}
          onChange={(option) => setFolder(option?.value ?? '')}
          placeholder={DEFAULT_FOLDER}
          createCustomValue
          isClearable
          width={40}
        />
      </Field>
      <Button
        icon={working ? 'spinner' : 'plus'}
        onClick={create}
        disabled={rules.length === 0 || working || whyNoRules() !== undefined}
        tooltip={whyNoRules()}
      >
        {t('app.alerts.create-several', 'Create {{count}} rules', { count: rules.length })}
      </Button>
      {result && <Result result={result} onClose={() => setResult(undefined)} />}
    </>
  );
}

/** Name of the folder that the files name, too. */
const DEFAULT_FOLDER = 'Flamewatch';

function Result({ result: { created, refused, problem }, onClose }: { result: CreatedRules; onClose: () => void }) {
  const isWhole = refused.length === 0 && problem === undefined;
  const title = isWhole
    ? t('app.alerts.created', '{{count}} rules were created', { count: created.length })
    : t('app.alerts.not-all-created', 'Created: {{created}}, refused: {{refused}}', {
        created: created.length,
        refused: refused.length,
      });
  return (
    <div role="status" style={{ flexBasis: '100%' }}>
      <Alert severity={isWhole ? 'success' : 'error'} title={title} onRemove={onClose}>
        {problem !== undefined &&
          t(
            'app.alerts.interval-problem',
            'The rules are there, but how often their group is evaluated could not be set. {{problem}}',
            { problem, ...RAW }
          )}
        {refused.length > 0 && (
          <ul>
            {refused.map(({ title: name, reason }) => (
              <li key={name}>{t('app.alerts.refused', '{{name}}: {{reason}}', { name, reason, ...RAW })}</li>
            ))}
          </ul>
        )}
      </Alert>
    </div>
  );
}
