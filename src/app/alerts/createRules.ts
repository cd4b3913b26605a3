import { firstValueFrom } from 'rxjs';

import { describeFailure } from '../../datasource/resources/failure';
import { createFolder, createRule, setGroupInterval } from '../alerting/alertingApi';
import type { RuleFolder } from '../alerting/folders';

import type { ShippedRule } from './shippedRules';

/** What became of rules that were to be created. */
export interface CreatedRules {
  created: ShippedRule[];
  refused: Array<{ title: string; reason: string }>;
  /** What went wrong besides: the rules are there, but are evaluated as often as Grafana does by itself. */
  problem?: string;
}

/** How often Grafana evaluates a group that it makes with its first rule, in seconds. */
const USUAL_INTERVAL = 60;

/**
 * Creates rules one after the other in a folder, which is made where it has no uid yet. One that is refused leaves the
 * others. Never fails.
 */
export async function createRules(
  rules: readonly ShippedRule[],
  folder: RuleFolder | { title: string },
  newRule: (rule: ShippedRule, folderUid: string) => object
): Promise<CreatedRules> {
  const result: CreatedRules = { created: [], refused: [] };
  let folderUid: string;
  try {
    folderUid = 'uid' in folder ? folder.uid : (await firstValueFrom(createFolder(folder.title))).uid;
  } catch (cause) {
    const reason = describeFailure(cause);
    return { created: [], refused: rules.map(({ title }) => ({ title, reason })) };
  }
  for (const rule of rules) {
    try {
      await firstValueFrom(createRule(newRule(rule, folderUid)));
      result.created.push(rule);
    } catch (cause) {
      result.refused.push({ title: rule.title, reason: describeFailure(cause) });
    }
  }
  const intervals = new Map(result.created.map(({ group, every }) => [group, every]));
  for (const [group, every] of intervals) {
    if (every !== USUAL_INTERVAL) {
      try {
        await firstValueFrom(setGroupInterval(folderUid, group, every));
      } catch (cause) {
        result.problem = describeFailure(cause);
      }
    }
  }
  return result;
}
