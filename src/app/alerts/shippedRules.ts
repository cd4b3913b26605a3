import { type Document, isMap, isScalar, parseDocument, visit, type YAMLMap, type YAMLSeq } from 'yaml';

import flamewatch from '../../../provisioning/alerting/flamewatch.yaml';
import regressions from '../../../provisioning/alerting/regressions.yaml';
import { DATASOURCE_TYPE } from '../../links/linked';

/** Files of provisioning/alerting that the app hands out: all that ask profiles only. */
const FILES = [regressions, flamewatch];

/** The uid of the data source in the files. */
const SHIPPED_DATASOURCE = 'flamewatch';

const IN_ADDRESSES = /\bvar-ds=flamewatch(?=&|$)/g;

/** An alert rule that comes with the app. */
export interface ShippedRule {
  uid: string;
  title: string;
  /** Group of rules that are evaluated together, and the seconds between evaluations. */
  group: string;
  every: number;
  folder: string;
  /** What the rule's first query is, for a preview. */
  query: { model: Record<string, unknown>; range: { from: number; to: number } };
  /** As the file has it, for Grafana's API. */
  rule: Record<string, unknown>;
}

/** The rules that come with the app, on a data source. */
export function shippedRules(datasourceUid: string): ShippedRule[] {
  return documentsOn(datasourceUid).flatMap((document) => {
    const { groups } = document.toJS() as { groups: Group[] };
    return groups.flatMap(({ name, folder, interval, rules }) =>
      rules.map((rule) => ({
        uid: rule.uid,
        title: rule.title,
        group: name,
        every: secondsOf(interval),
        folder,
        query: { model: rule.data[0].model, range: rule.data[0].relativeTimeRange },
        rule: rule as unknown as Record<string, unknown>,
      }))
    );
  });
}

interface Group {
  name: string;
  folder: string;
  interval: string;
  rules: Array<{
    uid: string;
    title: string;
    data: Array<{ model: Record<string, unknown>; relativeTimeRange: { from: number; to: number } }>;
  }>;
}

/** Grafana's provisioning file of the rules, on a data source: what belongs in provisioning/alerting, with its comments. */
export function provisioningFile(datasourceUid: string): string {
  const [first, ...others] = documentsOn(datasourceUid);
  const groups = first.get('groups') as YAMLSeq;
  for (const other of others) {
    const { items } = other.get('groups') as YAMLSeq;
    const [{ key: firstKey }] = (other.contents as YAMLMap).items;
    // What a file says of itself stands before its first key.
    (items[0] as YAMLMap).commentBefore = isScalar(firstKey) ? firstKey.commentBefore : undefined;
    groups.items.push(...items);
  }
  return first.toString({ lineWidth: 0 });
}

interface Place {
  datasourceUid: string;
  folderUid: string;
}

/** A shipped rule as Grafana's API takes it. The same rule made twice on a data source has the same uid: Grafana refuses it. */
export function newRule({ rule, uid, group }: ShippedRule, { datasourceUid, folderUid }: Place): object {
  return { ...rule, uid: uidOn(uid, datasourceUid), orgID: 1, folderUID: folderUid, ruleGroup: group };
}

/** Grafana takes uids of at most 40 letters. */
export function uidOn(uid: string, datasourceUid: string): string {
  let hash = 0x811c9dc5;
  for (const letter of datasourceUid) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return `${uid.slice(0, 31)}-${hash.toString(16).padStart(8, '0')}`;
}

function documentsOn(datasourceUid: string): Document[] {
  return FILES.map((text) => {
    const document = parseDocument(text);
    visit(document, {
      Pair: (_, { key, value }) => {
        const name = isScalar(key) ? key.value : undefined;
        if (name === 'datasourceUid' && isScalar(value) && value.value === SHIPPED_DATASOURCE) {
          value.value = datasourceUid;
        }
        if (name === 'datasource' && isMap(value) && value.get('type') === DATASOURCE_TYPE) {
          value.set('uid', datasourceUid);
        }
        // The address of a runbook.
        if (isScalar(value) && typeof value.value === 'string') {
          value.value = value.value.replace(IN_ADDRESSES, () => `var-ds=${encodeURIComponent(datasourceUid)}`);
        }
      },
    });
    return document;
  });
}

/** Seconds of a duration as these files write it: '1m', '90s'. */
export function secondsOf(duration: string): number {
  const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
  const parts = [...duration.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}
