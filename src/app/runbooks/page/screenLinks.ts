import { compareUrl, profilesUrl } from '../../../links/appUrl';
import { APP_PATH } from '../../../links/linked';
import { type Incident, runbooksUrl } from '../../../links/runbookUrl';
import { type Evidence, selectorOf } from '../blocks/question';
import type { CaptureType } from '../model/liveBlock';

import type { LinkedScreen } from './RunbookContext';

interface Shown {
  datasourceUid: string;
  /** Undefined while no service is chosen. */
  evidence?: Evidence;
  /** Full id of the type that is looked at. */
  profileTypeId?: string;
}

/** Path of a screen, opened on what a runbook looks at, in absolute times: it shows the same tomorrow. */
export function screenUrlOf(screen: LinkedScreen, { datasourceUid, evidence, profileTypeId }: Shown): string {
  if (screen === 'runbooks') {
    return runbooksUrl();
  }
  const range = evidence && { from: evidence.range.start, to: evidence.range.end };
  if (screen === 'explore' || screen === 'traces') {
    const url = profilesUrl({ datasourceUid, range, profileTypeId, service: evidence?.service });
    return screen === 'explore' ? url : url.replace('/explore', '/traces');
  }
  if (screen === 'compare' && evidence && range) {
    const { versions, baseline } = evidence;
    return compareUrl({
      datasourceUid,
      profileTypeId,
      comparison: { selector: selectorOf(evidence, versions?.version), range },
      baseline: {
        selector: selectorOf(evidence, versions?.before),
        range: { from: baseline.start, to: baseline.end },
      },
    });
  }
  const params = new URLSearchParams({ 'var-ds': datasourceUid });
  if (evidence && range) {
    params.set('from', String(range.from));
    params.set('to', String(range.to));
    params.set('var-service', evidence.service);
  }
  return `${APP_PATH}/${screen}?${params}`;
}

/** Path of the screen that captures a profile of a running program. It finds the service’s target: targets have ids. */
export function captureUrl(datasourceUid: string, service: string | undefined, type: CaptureType): string {
  const params = new URLSearchParams({ 'var-ds': datasourceUid, type });
  if (service !== undefined) {
    params.set('service', service);
  }
  return `${APP_PATH}/captures?${params}`;
}

/** The incident that a page shows, with what it found out and in absolute times. */
export function shownIncident(incident: Incident, datasourceUid: string, evidence: Evidence | undefined): Incident {
  return {
    ...incident,
    datasourceUid,
    ...(evidence && {
      service: evidence.service,
      range: { from: evidence.range.start, to: evidence.range.end },
      baseline: { from: evidence.baseline.start, to: evidence.baseline.end },
      ...(evidence.versions && {
        version: evidence.versions.version,
        baselineVersion: evidence.versions.before,
      }),
    }),
  };
}
