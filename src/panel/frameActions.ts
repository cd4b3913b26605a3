import { type DataFrame, locationUtil, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';

import { type CallTree, followStack } from '../engine';
import type { ChosenFrame, FrameAction } from '../flamegraph/context';
import { heaviestNodeOf } from '../flamegraph/graph/heaviestNode';
import { escapePattern } from '../flamegraph/names/escapePattern';
import { tracesUrl } from '../links/appUrl';
import { exploreUrl } from '../links/exploreUrl';
import { labelValue } from '../links/labelValue';
import { DATASOURCE_TYPE, type LinkedQuery } from '../links/linked';

import type { LinkTarget } from './options';
import type { FilledQuery } from './useFilledQuery';

/** The fields of a query that a link takes over. */
type Fields = Pick<LinkedQuery, 'labelSelector' | 'profileTypeId'>;

/** Data links of the frame's fields, and the way to Explore with the chosen function; nothing when links are off. */
export function frameActions(
  frame: DataFrame | undefined,
  tree: CallTree | undefined,
  data: PanelData,
  filled: FilledQuery | undefined,
  links: LinkTarget
): ((chosen: ChosenFrame) => FrameAction[]) | undefined {
  if (!frame || !tree || links === 'off') {
    return undefined;
  }
  const target = links === 'new-tab' ? '_blank' : '_self';
  return (chosen) => [
    ...dataLinks(frame, tree, chosen, links),
    ...(filled ? [...exploreLink(data, filled, chosen, target), ...spansLink(data, filled, target)] : []),
  ];
}

function dataLinks(frame: DataFrame, tree: CallTree, chosen: ChosenFrame, links: LinkTarget): FrameAction[] {
  const row = rowOf(frame, tree, chosen);
  if (row === undefined) {
    return [];
  }
  return frame.fields.flatMap((field) =>
    (field.getLinks?.({ valueRowIndex: row }) ?? []).map((link) => ({
      label: link.title,
      icon: 'link' as const,
      // In Explore a link opens beside what is there; its href alone would take the place of it.
      ...(link.onClick && links !== 'new-tab'
        ? { onClick: () => link.onClick?.({}) }
        : { href: link.href, target: links === 'new-tab' ? ('_blank' as const) : (link.target ?? '_self') }),
    }))
  );
}

/** Row of the chosen frame; of a function without a place in the graph its heaviest. Rows are depth-first. */
function rowOf(frame: DataFrame, tree: CallTree, { name, stack }: ChosenFrame): number | undefined {
  const { node, depth } = followStack(tree, stack);
  const found = depth === stack.length ? node : heaviestNodeOf(tree, name);
  // The engine puts a root of its own above several rows of level 0.
  const row = found === undefined ? -1 : tree.depthFirst[found] - (tree.size - frame.length);
  return row >= 0 ? row : undefined;
}

function exploreLink(
  { request }: PanelData,
  { datasource, query }: FilledQuery,
  { name }: ChosenFrame,
  target: '_blank' | '_self'
): FrameAction[] {
  if (!request || datasource.type !== DATASOURCE_TYPE || !isLinkable(query)) {
    return [];
  }
  const { labelSelector, profileTypeId } = query;
  const linked: LinkedQuery & { flameql: string } = {
    labelSelector,
    profileTypeId,
    queryType: 'both',
    flameql: `${profileTypeId}${labelSelector} function ${JSON.stringify(`^${escapePattern(name)}$`)}`,
  };
  const range = { from: request.range.from.valueOf(), to: request.range.to.valueOf() };
  return [
    {
      label: t('panel.links.explore', 'Open in Explore with this function'),
      icon: 'compass',
      href: locationUtil.assureBaseUrl(exploreUrl({ datasourceUid: datasource.uid, queries: [linked], range })),
      target,
    },
  ];
}

/** The spans of the query's service in this range that have profiles; where there is a data source of traces. */
function spansLink(
  { request }: PanelData,
  { datasource, query }: FilledQuery,
  target: '_blank' | '_self'
): FrameAction[] {
  const service = labelValue('service_name', String(query.flameql || query.labelSelector || ''));
  if (!request || datasource.type !== DATASOURCE_TYPE || service === undefined || !hasTraces()) {
    return [];
  }
  const range = { from: request.range.from.valueOf(), to: request.range.to.valueOf() };
  return [
    {
      label: t('panel.links.spans', 'Slowest spans of this service'),
      icon: 'list-ui-alt',
      href: locationUtil.assureBaseUrl(tracesUrl({ datasourceUid: datasource.uid, service, range })),
      target,
    },
  ];
}

function hasTraces(): boolean {
  return Object.values(config.datasources ?? {}).some(({ type }) => type === 'tempo');
}

/** Only a query that is written in fields can be narrowed to a function; one in text may have a clause for it already. */
function isLinkable(query: FilledQuery['query']): query is FilledQuery['query'] & Fields {
  return typeof query.labelSelector === 'string' && Boolean(query.profileTypeId) && !query.flameql;
}
