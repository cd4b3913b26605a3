import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';

import { describeProfile, describeMode } from './profileKinds';
import type { CaptureAsk } from './takeCapture';
import type { CaptureTarget } from './targets';

/** What a capture is called among others: 'Shop · Heap · 12:03:04'. index is that in a pair. */
export function captureTitle(
  { name, instances }: CaptureTarget,
  { instance, profile, mode, seconds }: CaptureAsk,
  at: number,
  index?: number
): string {
  const { label } = describeProfile(profile);
  const how =
    mode === 'delta'
      ? `${label}, ${describeMode('delta').label.toLowerCase()}`
      : index === undefined
        ? label
        : `${label}, ${index === 0 ? t('app.captures.before', 'before') : t('app.captures.after', 'after')}`;
  return [
    instances.length > 1 ? `${name} ${instance}` : name,
    seconds > 0 && index === undefined ? `${how}, ${seconds} s` : how,
    dateTimeFormat(at, { format: 'HH:mm:ss' }),
  ].join(' · ');
}
