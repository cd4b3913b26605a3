import { LoadingState, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';

/** Why a query of a scene failed, as the backend says it; undefined if it did not. */
export function failureOf(answer: PanelData | undefined): string | undefined {
  const errors = answer?.errors ?? [];
  if (answer?.state !== LoadingState.Error && errors.length === 0) {
    return undefined;
  }
  const { message, data, statusText } = errors[0] ?? {};
  return (
    [message, data?.message, data?.error, statusText].find((text) => text !== undefined && text !== '') ??
    t('app.screen.unknown-failure', 'The query failed without saying why.')
  );
}

/** What the backend says of an answer besides the numbers: why it is empty, what was left out. */
export function noticesOf(answer: PanelData | undefined): string[] {
  const texts = answer?.series.flatMap(({ meta }) => meta?.notices ?? []).map(({ text }) => text);
  return [...new Set(texts)];
}
