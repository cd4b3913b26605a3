import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

import { isText } from './draft/draftOfQuery';
import { interpolateText } from './draft/interpolateText';
import { splitIds } from './migrate';
import type { Baseline, ProfilesQuery } from './query';
import { ABSENT_SPAN, fillPattern, interpolateSelector } from './selector/interpolate';
import { type FillIn, fillingsOf } from './templates';

/** How texts of a query are filled: each variable by itself, or a whole text as Grafana does it. */
interface Filling {
  fillIn: FillIn;
  fill: (text: string) => string;
}

/** A query with the values of the dashboard's variables in their places. */
export function fillQuery(query: ProfilesQuery, templates: TemplateSrv, scopedVars?: ScopedVars): ProfilesQuery {
  const fillIn = fillingsOf(templates, scopedVars);
  const fill = (text: string) => templates.replace(text, scopedVars);
  /** A variable of several values stands for each of them; ids that were not filled in are for the backend to explain. */
  const fillList = (texts: string[]) => texts.flatMap((text) => splitIds(templates.replace(text, scopedVars, 'csv')));
  const filled: ProfilesQuery = {
    ...query,
    labelSelector: fillSelector(query.labelSelector, { fillIn, fill }),
    profileTypeId: fill(query.profileTypeId),
    groupBy: fillList(query.groupBy),
  };
  for (const field of ['spanSelector', 'profileIdSelector', 'traceIdSelector'] as const) {
    const ids = query[field];
    if (ids) {
      filled[field] = fillList(ids);
    }
  }
  for (const field of ['function', 'focus', 'hideFrames'] as const) {
    const pattern = query[field];
    if (pattern) {
      filled[field] = fillPattern(pattern, fillIn);
    }
  }
  for (const field of ['normalise', 'legendFormat'] as const) {
    const text = query[field];
    if (text) {
      filled[field] = fill(text);
    }
  }
  if (query.baseline) {
    filled.baseline = fillBaseline(query.baseline, { fillIn, fill });
  }
  return isText(query) ? fillText(filled, { fillIn, fill }) : filled;
}

/** What is no selector goes on as it is, for the backend to say what is wrong with it. */
function fillSelector(selector: string, { fillIn, fill }: Filling): string {
  return interpolateSelector(selector, fillIn) ?? fill(selector);
}

function fillBaseline(baseline: Baseline, filling: Filling): Baseline {
  const { labelSelector, profileTypeId, offset } = baseline;
  return {
    ...baseline,
    ...(labelSelector && { labelSelector: fillSelector(labelSelector, filling) }),
    ...(profileTypeId && { profileTypeId: filling.fill(profileTypeId) }),
    ...(offset && { offset: filling.fill(offset) }),
  };
}

function fillText(query: ProfilesQuery, { fillIn, fill }: Filling): ProfilesQuery {
  const text = query.flameql ?? '';
  const filled = interpolateText(text, fillIn);
  return {
    ...query,
    flameql: filled?.text ?? fill(text),
    // The backend tells the reader that this is the profile of the whole service.
    ...(filled?.lacksSpan && { spanSelector: [ABSENT_SPAN] }),
  };
}
