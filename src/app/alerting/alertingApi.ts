import { map, type Observable } from 'rxjs';

import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';

import { readFolders, type RuleFolder } from './folders';
import { type OurRule, readRules } from './ourRules';
import { type NewSilence, readSilences, type Silence } from './silence';

/** Grafana's own Alertmanager and rules, not those of a data source. */
const SILENCES = '/api/alertmanager/grafana/api/v2/silences';
const SILENCE = '/api/alertmanager/grafana/api/v2/silence';
const RULES = '/api/prometheus/grafana/api/v1/rules';
const NEW_RULES = '/api/v1/provisioning/alert-rules';

/** The most alerts of a rule that are asked for: the list shows how many there are, not each. */
const ALERTS_PER_RULE = 20;

/** Grafana gives folders by the thousand. */
const MOST_FOLDERS = 1000;

/** Calls of Grafana with the rights of whoever is signed in; failures are left to whoever asked. */
function call<T>(request: BackendSrvRequest): Observable<T> {
  return getBackendSrv()
    .fetch<T>({ showErrorAlert: false, showSuccessAlert: false, ...request })
    .pipe(map(({ data }) => data));
}

/** The silences that are in force or will be. */
export function listSilences(): Observable<Silence[]> {
  return call({ url: SILENCES }).pipe(map(readSilences));
}

export function createSilence(silence: NewSilence): Observable<unknown> {
  return call({ url: SILENCES, method: 'POST', data: silence });
}

/** Ends a silence now. */
export function endSilence(id: string): Observable<unknown> {
  return call({ url: `${SILENCE}/${encodeURIComponent(id)}`, method: 'DELETE' });
}

/** The alert rules that ask one of these data sources or carry our label, with their state. */
export function listOurRules(datasourceUids: readonly string[]): Observable<OurRule[]> {
  return call({ url: RULES, params: { limit_alerts: ALERTS_PER_RULE } }).pipe(
    map((body) => readRules(body, datasourceUids))
  );
}

/** Folders that the user may see, by name. */
export function listFolders(): Observable<RuleFolder[]> {
  return call({ url: '/api/folders', params: { limit: MOST_FOLDERS, permission: 'Edit' } }).pipe(map(readFolders));
}

export function createFolder(title: string): Observable<RuleFolder> {
  return call<RuleFolder>({ url: '/api/folders', method: 'POST', data: { title } });
}

/** Creates a rule that stays editable: with the header Grafana does not take it for one of a provisioning tool. */
export function createRule(rule: object): Observable<unknown> {
  return call({ url: NEW_RULES, method: 'POST', data: rule, headers: { 'X-Disable-Provenance': 'true' } });
}
