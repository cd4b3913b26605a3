import React from 'react';

import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu } from '@grafana/ui';

import { download } from '../../flamegraph/exporters/download';

import { type ExportForm, type ExportHead, findingsCsv, findingsJson, findingsMarkdown } from './exportFindings';
import type { ServiceGroup } from './rankedFindings';

interface Props {
  /** What is listed. */
  groups: ServiceGroup[];
  head: ExportHead;
}

/** Saves what is listed as a file. */
export function ExportMenu({ groups, head }: Props) {
  const menu = (
    <Menu>
      {FORMS.map(({ form, label, type, extension }) => (
        <Menu.Item
          key={form}
          label={label}
          onClick={() =>
            download({ name: `regressions-${dayOf(head.to)}.${extension}`, type, content: write(form, groups, head) })
          }
        />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <Button variant="secondary" icon="download-alt" disabled={groups.length === 0}>
        {t('app.regressions.export', 'Export')}
      </Button>
    </Dropdown>
  );
}

const FORMS = [
  { form: 'csv', label: 'CSV', type: 'text/csv', extension: 'csv' },
  { form: 'json', label: 'JSON', type: 'application/json', extension: 'json' },
  { form: 'markdown', label: 'Markdown', type: 'text/markdown', extension: 'md' },
] as const;

function write(form: ExportForm, groups: ServiceGroup[], head: ExportHead): string {
  switch (form) {
    case 'csv':
      return findingsCsv(groups);
    case 'json':
      return findingsJson(groups, head);
    case 'markdown':
      return findingsMarkdown(groups, head);
  }
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
