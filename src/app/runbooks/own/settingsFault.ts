import { t } from '@grafana/i18n';

import { RAW } from '../../../flamegraph/raw';
import type { Fault } from '../model/fault';
import { type OwnRunbook, slugFault } from '../model/library';
import { readRunbook } from '../model/runbook';

/**
 * Bytes of all own runbooks together at most. Grafana keeps an app's settings in a column that holds 64 KiB on MySQL
 * (json_data of plugin_setting); the rest of the settings needs room as well.
 */
export const MOST_BYTES = 56 * 1024;

/** Why own runbooks cannot be stored together. */
function settingsFault(runbooks: readonly OwnRunbook[]): string | undefined {
  const size = new Blob([JSON.stringify(runbooks)]).size;
  return size <= MOST_BYTES
    ? undefined
    : t(
        'app.runbooks.edit.too-large',
        'All own runbooks together take {{size}} KiB; Grafana’s settings hold {{most}}. Shorten one, or put some into another place and link to it.',
        { size: Math.ceil(size / 1024), most: MOST_BYTES / 1024 }
      );
}

/** What is wrong with a runbook that is being written: its address, its text, and the room for it. */
export function faultsOf(
  written: OwnRunbook,
  others: readonly OwnRunbook[]
): { slug?: string; text: Fault[]; room?: string } {
  const isTaken = others.some(({ slug }) => slug === written.slug);
  return {
    slug: isTaken
      ? t('app.runbooks.edit.taken', 'There is another runbook of yours at “{{slug}}”.', { slug: written.slug, ...RAW })
      : slugFault(written.slug),
    text: readRunbook(written.slug, written.markdown).faults,
    room: settingsFault([...others, written]),
  };
}
