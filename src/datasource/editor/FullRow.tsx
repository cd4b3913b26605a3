import { css } from '@emotion/css';
import React, { type ReactNode } from 'react';

import { EditorRow } from '@grafana/plugin-ui';

/**
 * A row as wide as the editor. Without a width of its own a row in the editor's column is laid out by Chromium as high as
 * its fields would be if they wrapped, which leaves a gap under them.
 */
export function FullRow({ children }: { children: ReactNode }) {
  return (
    <div className={wide}>
      <EditorRow>{children}</EditorRow>
    </div>
  );
}

const wide = css({ width: '100%' });
