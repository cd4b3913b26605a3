import { t } from '@grafana/i18n';

import { RAW } from '../../flamegraph/raw';
import { isText, type ReadDraft } from '../draft/draftOfQuery';
import type { EditorMode, ProfilesQuery } from '../query';

/** Why the builder cannot show a query, as a sentence; undefined if it can. */
export function builderFault(read: ReadDraft): string | undefined {
  if (!read.ok) {
    return t('datasource.editor.builder-fault', 'The builder cannot show this query, so it stays as text. {{fault}}', {
      fault: read.fault,
      ...RAW,
    });
  }
  const [variable] = read.draft.variables ?? [];
  return variable === undefined
    ? undefined
    : t(
        'datasource.editor.builder-variable',
        'The builder has no field for {{variable}}, which stands for whole clauses, so the query stays as text.',
        { variable, ...RAW }
      );
}

/** The form in which a query is shown: the one it was saved in, as far as that can hold it. */
export function editorModeOf(query: ProfilesQuery, read: ReadDraft): EditorMode {
  const saved = query.editorMode ?? (isText(query) ? 'code' : 'builder');
  return isText(query) && (saved === 'code' || builderFault(read) !== undefined) ? 'code' : 'builder';
}
