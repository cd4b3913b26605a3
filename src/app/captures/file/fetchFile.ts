import { t } from '@grafana/i18n';

import { READ_LIMITS } from '../../../formats';

/**
 * Gets a file of this Grafana in the browser, with the user's own session. Nothing else is asked: other hosts and
 * redirects are refused.
 *
 * @throws Error with a sentence
 */
export async function fetchFile(address: string, signal: AbortSignal): Promise<{ name: string; blob: Blob }> {
  const url = sameOriginUrl(address);
  if (!url) {
    throw new Error(
      t('app.files.other-host', 'Only addresses of this Grafana can be opened. Download the file and drop it here.')
    );
  }
  let response: Response;
  try {
    response = await fetch(url, { signal, redirect: 'error', credentials: 'same-origin' });
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    throw new Error(t('app.files.not-fetched', 'The address does not answer, or leads elsewhere.'));
  }
  if (!response.ok) {
    throw new Error(
      t('app.files.refused', 'Grafana answered with {{status}} to this address.', { status: response.status })
    );
  }
  return { name: url.pathname.split('/').pop() || url.pathname, blob: await limited(response) };
}

/** The address, when it is one of this host; undefined for everything else, `javascript:` included. */
export function sameOriginUrl(address: string): URL | undefined {
  try {
    const url = new URL(address.trim(), window.location.href);
    return address.trim() !== '' && url.origin === window.location.origin && /^https?:$/.test(url.protocol)
      ? url
      : undefined;
  } catch {
    return undefined;
  }
}

/** The body, no further than a file may be long. */
async function limited(response: Response): Promise<Blob> {
  const reader = response.body?.getReader();
  const pieces: BlobPart[] = [];
  let length = 0;
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    pieces.push(piece.value);
    length += piece.value.length;
    if (length > READ_LIMITS.packed) {
      await reader?.cancel();
      throw new Error(t('app.files.url-too-large', 'What the address leads to is too large to be read.'));
    }
  }
  return new Blob(pieces);
}
