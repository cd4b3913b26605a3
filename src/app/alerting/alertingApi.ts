import { catchError, map, type Observable, of, switchMap, throwError } from 'rxjs';

import { type BackendSrvRequest, config, getBackendSrv } from '@grafana/runtime';

import { readFolders, type RuleFolder } from './folders';
import { type OurRule, readRules } from './ourRules';
import { type AlertingStep, describeRefusal, isAbsent } from './refusal';
import { type NewSilence, readSilences, type Silence } from './silence';

/** Grafana's own Alertmanager and rules, not those of a data source. */
const SILENCES = '/api/alertmanager/grafana/api/v2/silences';
const SILENCE = '/api/alertmanager/grafana/api/v2/silence';
const RULES = '/api/prometheus/grafana/api/v1/rules';
const NEW_RULES = '/api/v1/provisioning/alert-rules';
const RULE_GROUPS = '/api/v1/provisioning/folder';

/** The most alerts of a rule that are asked for: the list shows how many there are, not each. */
const ALERTS_PER_RULE = 20;

/** Grafana gives folders by the thousand. */
const MOST_FOLDERS = 1000;

/** What is asked of a Grafana without alerting: it has none, which is an answer and no failure. */
export const NO_ALERTING = undefined;

/**
 * Calls Grafana with the rights of whoever is signed in. Failures are left to whoever asked, as errors whose message says
 * what is missing.
 */
function call<T>(step: AlertingStep, request: BackendSrvRequest): Observable<T> {
  return getBackendSrv()
    .fetch<T>({ showErrorAlert: false, showSuccessAlert: false, ...request })
    .pipe(
      map(({ data }) => data),
      catchError((cause: unknown) => throwError(() => new Refusal(describeRefusal(cause, step), isAbsent(cause))))
    );
}

class Refusal extends Error {
  constructor(
    message: string,
    readonly isAbsent: boolean
  ) {
    super(message);
  }
}

/** An answer, or NO_ALERTING where alerting is switched off or not there. */
function ifAlerting<T>(answer: () => Observable<T>): Observable<T | typeof NO_ALERTING> {
  if (!config.unifiedAlertingEnabled) {
    return of(NO_ALERTING);
  }
  return answer().pipe(
    catchError((cause: unknown) =>
      cause instanceof Refusal && cause.isAbsent ? of(NO_ALERTING) : throwError(() => cause)
    )
  );
}

/** The silences that are in force or will be. */
export function listSilences(): Observable<Silence[] | typeof NO_ALERTING> {
  return ifAlerting(() => call('read-silences', { url: SILENCES }).pipe(map(readSilences)));
}

export function createSilence(silence: NewSilence): Observable<unknown> {
  return call('create-silence', { url: SILENCES, method: 'POST', data: silence });
}

/** Ends a silence now. */
export function endSilence(id: string): Observable<unknown> {
  return call('end-silence', { url: `${SILENCE}/${encodeURIComponent(id)}`, method: 'DELETE' });
}

/** The alert rules that ask one of these data sources or carry our label, with their state. */
export function listOurRules(datasourceUids: readonly string[]): Observable<OurRule[] | typeof NO_ALERTING> {
  return ifAlerting(() =>
    call('read-rules', { url: RULES, params: { limit_alerts: ALERTS_PER_RULE } }).pipe(
      map((body) => readRules(body, datasourceUids))
    )
  );
}

/** Folders that the user may put something in, by name. */
export function listFolders(): Observable<RuleFolder[]> {
  return call('read-folders', { url: '/api/folders', params: { limit: MOST_FOLDERS, permission: 'Edit' } }).pipe(
    map(readFolders)
  );
}

export function createFolder(title: string): Observable<RuleFolder> {
  return call('create-folder', { url: '/api/folders', method: 'POST', data: { title } });
}

/** With it, Grafana does not take what is made for the work of a provisioning tool, and it stays editable. */
const EDITABLE = { 'X-Disable-Provenance': 'true' };

export function createRule(rule: object): Observable<unknown> {
  return call('create-rule', { url: NEW_RULES, method: 'POST', data: rule, headers: EDITABLE });
}

/** How often the rules of a group are evaluated, in seconds; a group is made with its first rule, for once a minute. */
export function setGroupInterval(folderUid: string, group: string, seconds: number): Observable<unknown> {
  const url = `${RULE_GROUPS}/${encodeURIComponent(folderUid)}/rule-groups/${encodeURIComponent(group)}`;
  return call<object>('create-rule', { url }).pipe(
    switchMap((found) =>
      call('create-rule', { url, method: 'PUT', data: { ...found, interval: seconds }, headers: EDITABLE })
    )
  );
}
