import React, { useState } from 'react';

import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu, Stack } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import { formatDraft } from '../../flameql/format';
import type { Parsed } from '../../flameql/parse';
import { recentQueries } from './recentQueries';

interface Props {
  text: string;
  parsed: Parsed<Draft>;
  hasHistory: boolean;
  onApply: (text: string) => void;
}

/** Format and history. A text with a fault is left as it is. */
export function TextTools({ text, parsed, hasHistory, onApply }: Props) {
  const formatted = parsed.ok ? formatDraft(parsed.query) : text;
  return (
    <Stack gap={1} wrap="wrap">
      <Button
        variant="secondary"
        fill="outline"
        size="sm"
        type="button"
        icon="brackets-curly"
        disabled={!parsed.ok || formatted === text}
        onClick={() => onApply(formatted)}
      >
        {t('datasource.text.format', 'Format')}
      </Button>
      {hasHistory && <RecentQueries onChoose={onApply} />}
    </Stack>
  );
}

const LONGEST_SHOWN = 90;

/** Read when the list is opened: other panels and tabs add to it. */
function RecentQueries({ onChoose }: { onChoose: (text: string) => void }) {
  const [queries, setQueries] = useState<string[]>([]);
  const menu = (
    <Menu>
      {queries.length === 0 && (
        <Menu.Item disabled label={t('datasource.text.no-history', 'No query was run as text yet')} />
      )}
      {queries.map((query) => (
        <Menu.Item
          key={query}
          label={query.length > LONGEST_SHOWN ? `${query.slice(0, LONGEST_SHOWN)}…` : query}
          onClick={() => onChoose(query)}
        />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} onVisibleChange={(open) => open && setQueries(recentQueries())}>
      <Button variant="secondary" fill="outline" size="sm" type="button" icon="history">
        {t('datasource.text.history', 'Recent queries')}
      </Button>
    </Dropdown>
  );
}
