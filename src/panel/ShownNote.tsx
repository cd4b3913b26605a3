import React from 'react';

import type { DataFrame } from '@grafana/data';

import { Notice } from '../flamegraph/status/Notice';

/**
 * What our datasource says is drawn where that is not simply the profiles of the range: how many samples of which span,
 * or what stands in the place of a span that has none. Grafana hides notices in a corner, and in Explore altogether.
 */
export function ShownNote({ frame }: { frame: DataFrame }) {
  const shows: unknown = frame.meta?.custom?.shows;
  return typeof shows === 'string' && shows !== '' ? <Notice>{shows}</Notice> : null;
}
