import React from 'react';

import { t } from '@grafana/i18n';
import { RadioButtonGroup, Stack } from '@grafana/ui';

import type { Draft } from '../../flameql/draft';
import type { EditorMode } from '../query';
import type { Span } from '../resources/span';
import { CompareMenu } from './CompareMenu';
import { type Explain, ExplainSwitch } from './Explanation';
import type { LabelQuestions } from './labelQuestions';

interface Props {
  mode: EditorMode;
  onChangeMode: (mode: EditorMode) => void;
  /** Undefined while the query cannot be read. */
  draft?: Draft;
  questionsIn: (span: Span) => LabelQuestions;
  span: Span;
  onCompare: (draft: Draft) => void;
  explain: Explain;
}

/** What holds for the whole query: its form, what it is compared with, its explanation. */
export function EditorHeader({ mode, onChangeMode, draft, questionsIn, span, onCompare, explain }: Props) {
  return (
    <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
      <CompareMenu draft={draft} questionsIn={questionsIn} span={span} onCompare={onCompare} />
      <Stack gap={1} wrap="wrap" alignItems="center">
        <ExplainSwitch {...explain} />
        <RadioButtonGroup<EditorMode>
          size="sm"
          aria-label={t('datasource.editor.mode', 'Form of the query')}
          options={[
            { value: 'builder', label: t('datasource.editor.builder', 'Builder') },
            { value: 'code', label: t('datasource.editor.code', 'Code') },
          ]}
          value={mode}
          onChange={onChangeMode}
        />
      </Stack>
    </Stack>
  );
}
