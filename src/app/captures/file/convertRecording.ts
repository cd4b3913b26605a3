import { firstValueFrom, fromEvent, map, merge, take } from 'rxjs';

import { getBackendSrv } from '@grafana/runtime';
import { t } from '@grafana/i18n';

import { describeFailure } from '../../../datasource/resources/failure';
import { runSliced } from '../../../engine';
import { type ImportedFile, type ProfilePart, readFileSteps } from '../../../formats';

import { stopIfAborted } from './stopIfAborted';

/** The backend reads no larger ones (pkg/jfr). */
export const MOST_BYTES = 128 * 2 ** 20;

/**
 * Sends a file of Java's Flight Recorder to the data source's backend, which answers with a profile for each kind of
 * event and keeps nothing. Only to be called when the user has agreed.
 *
 * @throws Error with a sentence, the signal's reason once it is aborted
 */
export async function convertRecording(
  bytes: Uint8Array,
  datasourceUid: string,
  signal: AbortSignal
): Promise<ImportedFile> {
  const answer = getBackendSrv().fetch({
    url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/convert/jfr`,
    method: 'POST',
    data: new Blob([bytes as BlobPart]),
    headers: { 'Content-Type': 'application/octet-stream' },
    showErrorAlert: false,
  });
  const aborted = fromEvent(signal, 'abort').pipe(
    take(1),
    map(() => undefined)
  );
  let body: unknown;
  try {
    // Leaving the answer ends the request.
    body = (await firstValueFrom(merge(answer, aborted)))?.data;
  } catch (error) {
    throw new Error(describeFailure(error));
  }
  stopIfAborted(signal);
  const parts: ProfilePart[] = [];
  for (const { name, pprof } of profilesOf(body)) {
    const read = await runSliced(readFileSteps(pprof), { signal });
    if (read.kind === 'profile') {
      parts.push(...read.file.parts.map((part) => ({ ...part, name })));
    }
  }
  if (parts.length === 0) {
    throw new Error(t('app.files.nothing-converted', 'The recording has no profiles.'));
  }
  return { format: 'JFR', parts, notices: [] };
}

function profilesOf(body: unknown): Array<{ name: string; pprof: Uint8Array }> {
  return (Array.isArray(body) ? body : []).flatMap((entry: { name?: unknown; pprof?: unknown } | null) =>
    typeof entry?.name === 'string' && typeof entry.pprof === 'string'
      ? [{ name: entry.name, pprof: Uint8Array.from(atob(entry.pprof), (character) => character.charCodeAt(0)) }]
      : []
  );
}
