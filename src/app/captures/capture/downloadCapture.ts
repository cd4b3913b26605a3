import { dateTimeFormat } from '@grafana/data';

import { download } from '../../../flamegraph/exporters/download';

import type { CapturedProfile } from './capturedProfile';
import { PROFILE_KINDS } from './profileKinds';

/** Offers a capture's bytes for saving, as the program gave them. */
export function downloadCapture({ target, name, at, bytes, isDelta }: CapturedProfile) {
  const time = dateTimeFormat(at, { format: 'YYYY-MM-DD-HHmmss' });
  download({
    name: [target.id, isDelta ? `${name}-delta` : name, time].join('-') + `.${PROFILE_KINDS[name].extension}`,
    type: 'application/octet-stream',
    // A copy of its own, which no shared memory stands behind.
    content: new Uint8Array(bytes),
  });
}
