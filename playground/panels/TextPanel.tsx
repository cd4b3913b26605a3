import React from 'react';

import { type PanelProps, renderMarkdown } from '@grafana/data';

interface Options {
  content?: string;
}

/** Stand-in of core's text panel: Markdown, cleaned by Grafana's own sanitizer. */
export function TextPanel({ options, replaceVariables }: PanelProps<Options>) {
  const html = renderMarkdown(replaceVariables(options.content ?? ''));
  return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
