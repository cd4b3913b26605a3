import { t } from '@grafana/i18n';
import { isFetchError } from '@grafana/runtime';

/** Why the backend could not answer, as a sentence to act on; the backend's own words come first. */
export function describeFailure(error: unknown): string {
  if (!isFetchError(error)) {
    return error instanceof Error && error.message !== ''
      ? error.message
      : t('datasource.failure.unknown', 'The request failed without saying why.');
  }
  const said = spokenBy(error.data);
  if (said !== undefined) {
    return said;
  }
  switch (error.status) {
    case 401:
    case 403:
      return t('datasource.failure.forbidden', 'You may not query this data source. Ask an administrator for access.');
    case 404:
      return t(
        'datasource.failure.no-backend',
        'Grafana has no running backend for this data source. Check that the plugin is installed completely.'
      );
    case 502:
    case 503:
    case 504:
      return t(
        'datasource.failure.unreachable',
        'The profile server cannot be reached. Check the data source settings.'
      );
    default:
      return t('datasource.failure.status', 'The data source answered with status {{status}}.', {
        status: error.status,
      });
  }
}

/** The sentence in an answer's body: our backend's `error`, or `message` as Grafana itself writes it. */
function spokenBy(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) {
    return undefined;
  }
  const { error, message } = body as { error?: unknown; message?: unknown };
  return [error, message].find((text): text is string => typeof text === 'string' && text !== '');
}
