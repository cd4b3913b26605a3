import { catchError, forkJoin, map, type Observable, of, switchMap } from 'rxjs';

import { t } from '@grafana/i18n';

import type { Discovery } from '../../../datasource/resources/Discovery';
import type { Span } from '../../../datasource/resources/span';
import { RAW } from '../../../flamegraph/raw';
import type { Incident } from '../../../links/runbookUrl';
import { deployedWithin } from '../../compare/previousVersion';
import { type Deploy, deploysOf } from '../../resources/deploys';
import { labelSelectorOf } from '../../selection/profileSelection';
import type { Evidence } from '../blocks/question';

export interface VersionsFound {
  versions?: Evidence['versions'];
  /** When the version before ran, as far as it was found out. */
  baseline?: Span;
  /** What was found, or why nothing was, in words. */
  note?: string;
}

interface Asked {
  discovery: Discovery;
  datasourceUid: string;
  /** Full id. */
  profileTypeId: string;
  incident: Incident;
  service: string;
  range: Span;
}

/** A label that may hold a version; see also the backend's list in pkg/datasource/deploys.go. */
const MAY_HOLD_VERSION = /version|release|revision|commit|image_tag|git_(ref|sha)/i;
const MOST_LABELS = 6;

/**
 * Which versions an incident is about. An alert that names both leaves only the label to be found; one that names none
 * is about the last deploy before the end of the range.
 */
export function findVersions(asked: Asked): Observable<VersionsFound> {
  const { version, baselineVersion } = asked.incident;
  return version !== undefined && baselineVersion !== undefined
    ? labelOf(asked, version, baselineVersion)
    : lastDeploy(asked);
}

function labelOf({ discovery, service, range }: Asked, version: string, before: string): Observable<VersionsFound> {
  const selector = labelSelectorOf({ service, filters: '' });
  // The version before may have ended before the range begins.
  const span = { start: range.start - (range.end - range.start), end: range.end };
  const valuesOf = (label: string) =>
    discovery.labelValues(label, selector, span).pipe(catchError(() => of<string[]>([])));
  return discovery.labelNames(selector, span).pipe(
    map((names) =>
      names
        .filter((name) => MAY_HOLD_VERSION.test(name))
        .sort((a, b) => likelihood(b) - likelihood(a))
        .slice(0, MOST_LABELS)
    ),
    switchMap((names) =>
      names.length === 0
        ? of(undefined)
        : forkJoin(names.map(valuesOf)).pipe(map((all) => labelWith(names, all, version, before)))
    ),
    map((label): VersionsFound => {
      const values = { version, before, ...RAW };
      return label === undefined
        ? {
            note: t(
              'app.runbooks.versions.no-label',
              'No label of these profiles has the version {{version}}: the times are compared in its place.',
              values
            ),
          }
        : { versions: { label, version, before }, baseline: { start: span.start, end: range.end } };
    })
  );
}

/** `version` and the like before those of a runtime or a library, which may hold the same value by chance. */
function likelihood(name: string): number {
  return /^(service[._])?version$/.test(name) ? 2 : /runtime|scope|library|sdk|spy/i.test(name) ? 0 : 1;
}

/** The label that has both versions; else one of them, for the version before may have ended long ago. */
function labelWith(names: string[], values: string[][], version: string, before: string): string | undefined {
  const has = (at: number, value: string) => values[at]?.includes(value) === true;
  return (
    names.find((_, at) => has(at, version) && has(at, before)) ??
    names.find((_, at) => has(at, version) || has(at, before))
  );
}

function lastDeploy({ datasourceUid, profileTypeId, service, range, incident }: Asked): Observable<VersionsFound> {
  const labelSelector = labelSelectorOf({ service, filters: '' });
  return deploysOf({ datasourceUid, profileTypeId, labelSelector, span: deployedWithin(range) }).pipe(
    map((deploys) => versionsOfDeploy(deploys, range, incident.version))
  );
}

/** The versions on both sides of the last deploy, and the time before it that is as long as the one since. */
function versionsOfDeploy(deploys: readonly Deploy[], { start, end }: Span, version?: string): VersionsFound {
  const before = deploys.filter((deploy) => deploy.at < end && (version ?? deploy.version) === deploy.version);
  const last = before[before.length - 1];
  if (!last) {
    return {
      note: t(
        'app.runbooks.versions.no-deploy',
        'No deploy was found in the day before: the time before the range is compared. Profiles tell versions apart by a label such as version or service_version.'
      ),
    };
  }
  const length = end - Math.max(start, last.at);
  return {
    versions: { label: last.label, version: last.version, before: last.before },
    baseline: { start: last.at - length, end: last.at },
  };
}
