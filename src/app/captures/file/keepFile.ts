import { firstValueFrom } from 'rxjs';

import { getBackendSrv } from '@grafana/runtime';

import { describeFailure } from '../../../datasource/resources/failure';
import { runSliced } from '../../../engine';
import { joinProfiles, pprofSteps, type ProfilePart } from '../../../formats';

/** Kinds of profile that a server keeps, by the names of the captures (pkg/capture/profiles.go). */
export const KINDS = ['cpu', 'heap', 'allocs', 'goroutine', 'mutex', 'block', 'threadcreate'] as const;

export type Kind = (typeof KINDS)[number];

/** The kind that the sample types of a file suggest. */
export function kindOf(parts: readonly ProfilePart[]): Kind {
  const types = new Set(parts.flatMap(({ profile }) => profile.sampleTypes.map(({ type }) => type)));
  const has = (...names: string[]) => names.some((name) => types.has(name));
  if (has('goroutine')) {
    return 'goroutine';
  }
  if (has('inuse_space', 'inuse_objects')) {
    return 'heap';
  }
  if (has('alloc_space', 'alloc_objects', 'alloc_in_new_tlab_bytes', 'alloc_sample_bytes')) {
    return 'allocs';
  }
  return has('contentions', 'delay') ? 'mutex' : 'cpu';
}

/**
 * Sends the profile as pprof to the profile server, by way of the data source's backend.
 *
 * @throws Error with a sentence
 */
export async function keepFile(
  parts: readonly ProfilePart[],
  { datasourceUid, kind, labels }: { datasourceUid: string; kind: Kind; labels: Readonly<Record<string, string>> }
): Promise<void> {
  const profile = joinProfiles(parts.map((part) => part.profile));
  const now = Date.now();
  const pieces = await runSliced(pprofSteps(profile, { from: now, to: now }));
  const packed = new Blob(pieces as BlobPart[]).stream().pipeThrough(new CompressionStream('gzip'));
  const data = await new Response(packed).blob();
  try {
    await firstValueFrom(
      getBackendSrv().fetch({
        url: `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources/captures/keep`,
        method: 'POST',
        params: { profile: kind, labels: JSON.stringify(labels) },
        data,
        headers: { 'Content-Type': 'application/octet-stream' },
        showErrorAlert: false,
      })
    );
  } catch (error) {
    throw new Error(describeFailure(error));
  }
}

/** `team=shop, build=7` as labels; undefined when it cannot be read. */
export function labelsOf(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const pair of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name, value] = /^\s*([a-zA-Z][a-zA-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (name === undefined) {
      return undefined;
    }
    labels[name] = value;
  }
  return labels;
}
