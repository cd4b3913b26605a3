import { t } from '@grafana/i18n';
import { isFetchError } from '@grafana/runtime';

import { describeFailure } from '../../datasource/resources/failure';
import { RAW } from '../../flamegraph/raw';

/** What was to be done with Grafana's alerting. */
export type AlertingStep =
  'read-silences' | 'create-silence' | 'end-silence' | 'read-rules' | 'create-rule' | 'read-folders' | 'create-folder';

/** Whether Grafana answered that it has no such thing: alerting is switched off, or this is not a whole Grafana. */
export function isAbsent(error: unknown): boolean {
  return isFetchError(error) && (error.status === 404 || error.status === 501);
}

/** Why Grafana did not do it, as a sentence that says what is missing; Grafana's own words come after it. */
export function describeRefusal(error: unknown, step: AlertingStep): string {
  if (!isFetchError(error)) {
    return describeFailure(error);
  }
  const said = saidBy(error.data);
  const reason = reasonOf(error.status, said, step);
  if (reason === undefined) {
    return said ?? describeFailure(error);
  }
  return said === undefined
    ? reason
    : t('app.alerting.grafana-says', '{{reason}} Grafana says: {{said}}', { reason, said, ...RAW });
}

function reasonOf(status: number, said: string | undefined, step: AlertingStep): string | undefined {
  if (/quota|maximum number|limit reached|exceeded/i.test(said ?? '')) {
    return step === 'create-silence'
      ? t(
          'app.alerting.silence-quota',
          'This Grafana has as many silences as it allows. End some that are no longer needed, or ask an administrator for a larger limit.'
        )
      : t(
          'app.alerting.rule-quota',
          'This Grafana has as many alert rules as it allows. Delete some that are no longer needed, or ask an administrator for a larger quota.'
        );
  }
  switch (status) {
    case 401:
      return t('app.alerting.signed-out', 'You are signed out. Sign in again, then repeat this.');
    case 403:
      return missingRight(step);
    case 404:
    case 501:
      if (step === 'end-silence' && status === 404) {
        return t('app.alerting.silence-over', 'The silence is over already, or was ended by somebody else.');
      }
      return t('app.alerting.absent', 'This Grafana has no alerting: it is switched off, or this is the playground.');
    case 409:
    case 412:
      return step === 'create-folder'
        ? t('app.alerting.folder-exists', 'There is such a folder already, perhaps one that you may not see.')
        : t(
            'app.alerting.conflict',
            'Somebody changed the same thing in the meantime, it is there already under this name, or it comes from a file and can only be changed there.'
          );
    case 413:
    case 429:
      return t('app.alerting.busy', 'Grafana takes no more requests at the moment. Try again in a minute.');
    default:
      return undefined;
  }
}

function missingRight(step: AlertingStep): string {
  switch (step) {
    case 'read-silences':
      return t(
        'app.alerting.may-not-read-silences',
        'You may not see silences. That takes the permission alert.silences:read, which viewers have unless it was taken from them.'
      );
    case 'create-silence':
      return t(
        'app.alerting.may-not-silence',
        'You may not create silences for all rules. That takes the permission alert.instances:create, which editors have.'
      );
    case 'end-silence':
      return t(
        'app.alerting.may-not-end',
        'You may not end this silence. That takes the permission alert.instances:write, which editors have.'
      );
    case 'read-rules':
      return t(
        'app.alerting.may-not-read-rules',
        'You may not see alert rules. That takes the permission alert.rules:read.'
      );
    case 'read-folders':
      return t('app.alerting.may-not-read-folders', 'You may not see folders. That takes the permission folders:read.');
    case 'create-folder':
      return t(
        'app.alerting.may-not-create-folder',
        'You may not create folders. That takes the permission folders:create; choose a folder that is there.'
      );
    case 'create-rule':
      return t(
        'app.alerting.may-not-create-rule',
        'You may not create alert rules in this folder. That takes alert.rules:create in it and the right to query the data source, which editors have.'
      );
  }
}

/** Grafana's own words in an answer's body. */
function saidBy(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) {
    return undefined;
  }
  const { message, error } = body as { message?: unknown; error?: unknown };
  const said = [message, error].find((text): text is string => typeof text === 'string' && text.trim() !== '');
  return said?.trim().slice(0, 400);
}
