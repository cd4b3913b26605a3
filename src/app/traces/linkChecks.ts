import { t } from '@grafana/i18n';

import { DEFAULT_TAG_RULES, labelOf, PROFILE_ID_TAG, selectorOfTags, type TagRule } from '../../links/spanProfile';
import type { TracesToProfiles } from '../extensions/profiledTrace';

import type { FoundSpan } from './tempoSearch';

/** One link of the chain from a span to its profile. */
export interface LinkCheck {
  name: string;
  state: 'works' | 'broken' | 'unknown';
  /** What was found, and what to do about it. */
  text: string;
}

/** Spans of one set of profiles. */
export interface SpansOfSelector {
  selector: string;
  spans: FoundSpan[];
}

const RAW = { interpolation: { escapeValue: false } };

/** The tags that Tempo's settings turn into labels, or core's own choice. */
export function rulesOf(settings: TracesToProfiles | undefined): readonly TagRule[] {
  return settings?.tags?.length ? settings.tags : DEFAULT_TAG_RULES;
}

/** Spans by the selector under which their profiles are looked for, in the order of the spans. */
export function bySelector(spans: readonly FoundSpan[], rules: readonly TagRule[]): SpansOfSelector[] {
  const groups = new Map<string, FoundSpan[]>();
  for (const span of spans) {
    const selector = selectorOfTags(span.tags, rules);
    groups.set(selector, [...(groups.get(selector) ?? []), span]);
  }
  return [...groups].map(([selector, each]) => ({ selector, spans: each }));
}

/** Whether Tempo's settings lead to the chosen profiles. */
export function settingsCheck(settings: TracesToProfiles | undefined, profilesUid: string): LinkCheck {
  const name = t('app.traces.check.settings', 'Tempo leads to these profiles');
  if (!settings?.datasourceUid) {
    const text = t(
      'app.traces.check.settings-absent',
      'Tempo’s settings have no tracesToProfiles, so its spans have no link. Provision it with the YAML below.'
    );
    return { name, state: 'broken', text };
  }
  if (settings.datasourceUid !== profilesUid) {
    const text = t(
      'app.traces.check.settings-other',
      'Tempo’s spans lead to the data source “{{uid}}”. Change datasourceUid to “{{wanted}}”, as below.',
      { uid: settings.datasourceUid, wanted: profilesUid, ...RAW }
    );
    return { name, state: 'broken', text };
  }
  const text = t('app.traces.check.settings-works', 'Its spans have the link “Related profiles”.');
  return { name, state: 'works', text };
}

/** Whether there are spans with a profile id. */
export function spansCheck(spans: readonly FoundSpan[]): LinkCheck {
  const name = t('app.traces.check.spans', 'Spans carry profile ids');
  return spans.length === 0
    ? {
        name,
        state: 'broken',
        text: t(
          'app.traces.check.spans-none',
          'No span in this range has the tag {{tag}}. Wrap the tracer provider of the service with the profiler’s; docs/traces.md says how in each language.',
          { tag: PROFILE_ID_TAG }
        ),
      }
    : {
        name,
        state: 'works',
        text: t('app.traces.check.spans-works', '{{count}} spans with the tag {{tag}} were found.', {
          count: spans.length,
          tag: PROFILE_ID_TAG,
        }),
      };
}

/**
 * Whether the tags of spans match the labels of profiles.
 *
 * @param found whether any profile matches a selector
 */
export function labelsCheck(
  groups: readonly SpansOfSelector[],
  found: ReadonlyMap<string, boolean>,
  rules: readonly TagRule[]
): LinkCheck {
  const name = t('app.traces.check.labels', 'Their tags match the labels of profiles');
  const unmatched = groups.filter(({ selector }) => found.get(selector) === false);
  if (groups.length === 0 || found.size === 0) {
    return { name, state: 'unknown', text: t('app.traces.check.labels-unknown', 'There are no spans to look at.') };
  }
  if (unmatched.length > 0) {
    const text = t(
      'app.traces.check.labels-broken',
      'No profile matches {{selector}}. These labels come from the tags {{tags}}: name other tags or labels under tags in the YAML below.',
      {
        selector: unmatched[0].selector,
        tags: rules.map((rule) => `${rule.key} → ${labelOf(rule)}`).join(', '),
        ...RAW,
      }
    );
    return { name, state: 'broken', text };
  }
  const text = t('app.traces.check.labels-works', 'Profiles match {{selector}}.', {
    selector: groups[0].selector,
    ...RAW,
  });
  return { name, state: 'works', text };
}

/**
 * Whether samples carry the spans' ids.
 *
 * @param shows what the data source says of the profile of the spans; undefined while nobody asked
 */
export function samplesCheck(shows: string | undefined, hasSamples: boolean): LinkCheck {
  const name = t('app.traces.check.samples', 'Samples carry the ids of the spans');
  if (shows === undefined) {
    return { name, state: 'unknown', text: t('app.traces.check.samples-unknown', 'There are no spans to look at.') };
  }
  return { name, state: hasSamples ? 'works' : 'broken', text: shows };
}
