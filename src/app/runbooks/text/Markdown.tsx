import { css } from '@emotion/css';
import React, { createElement, type ReactNode } from 'react';

import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

import { BlockProblem } from '../blocks/BlockProblem';
import { kindWritten } from '../model/liveBlock';
import { type MarkdownNode, plainText } from '../model/markdown';
import { fillText } from '../model/placeholders';
import { type RunbookContextValue, useRunbookContext } from '../page/RunbookContext';

import { CodeBlock } from './CodeBlock';
import { headingId } from './headings';
import { linkTarget } from './linkTarget';
import { TaskItem } from './TaskItem';

/** Markdown as React elements. No HTML is made of it: what is not known here is drawn as its text. */
export function Markdown({ nodes }: { nodes: readonly MarkdownNode[] }) {
  const styles = useStyles2(getStyles);
  const context = useRunbookContext();
  return <div className={styles.text}>{drawAll(nodes, context)}</div>;
}

/** Tags that need nothing but their children. */
const PLAIN = new Set([
  'p',
  'strong',
  'em',
  's',
  'blockquote',
  'ul',
  'li',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);

function drawAll(nodes: readonly MarkdownNode[], context: RunbookContextValue): ReactNode[] {
  // What stands where does not change while the text does not.
  return nodes.map((node, at) => <React.Fragment key={at}>{draw(node, context)}</React.Fragment>);
}

function draw(node: MarkdownNode, context: RunbookContextValue): ReactNode {
  const { type, text, children } = node;
  switch (type) {
    case 'text':
      return fillText(text, context.values);
    case 'code':
      return <code>{fillText(text, context.values)}</code>;
    case 'fence':
      return kindWritten(node.info) === undefined ? <CodeBlock text={text} /> : <MisplacedBlock />;
    case 'softbreak':
      return '\n';
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'group':
      return <>{drawAll(children, context)}</>;
    case 'h1':
      // The page's own title is the only one of the first level.
      return <h2 id={headingId(plainText(node))}>{drawAll(children, context)}</h2>;
    case 'h2':
      return <h2 id={headingId(plainText(node))}>{drawAll(children, context)}</h2>;
    case 'ol':
      return <ol start={node.start}>{drawAll(children, context)}</ol>;
    case 'li':
      return drawItem(node, context);
    case 'a':
    case 'image':
      return drawLink(node, context);
    case 'table':
      return (
        // A wide table is scrolled in its frame, with the keyboard too.
        <div className="runbook-table" tabIndex={0} role="group" aria-label={t('app.runbooks.table', 'Table')}>
          <table>{drawAll(children, context)}</table>
        </div>
      );
    default:
      return PLAIN.has(type) ? createElement(type, null, ...drawAll(children, context)) : text;
  }
}

const TASK = /^\[([ xX])\]\s+/;

/** A list's item; one that begins with [ ] is a step to tick off. */
function drawItem(node: MarkdownNode, context: RunbookContextValue): ReactNode {
  const [first, ...rest] = node.children;
  const [lead, ...others] = first?.children ?? [];
  if (!first || lead?.type !== 'text' || !TASK.test(lead.text)) {
    return <li>{drawAll(node.children, context)}</li>;
  }
  const step = { ...first, children: [{ ...lead, text: lead.text.replace(TASK, '') }, ...others] };
  return <TaskItem item={plainText(step).slice(0, 200)}>{drawAll([step, ...rest], context)}</TaskItem>;
}

/** An image is not loaded: it would tell its server who reads which runbook. It is drawn as a link to it. */
function drawLink(node: MarkdownNode, context: RunbookContextValue): ReactNode {
  const label = node.children.length > 0 ? drawAll(node.children, context) : node.text || node.href;
  const target = linkTarget(node.href, context);
  if (!target) {
    return <>{label}</>;
  }
  return target.external ? (
    <a href={target.href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  ) : (
    <a href={target.href}>{label}</a>
  );
}

function MisplacedBlock() {
  return (
    <BlockProblem
      problems={[
        t(
          'app.runbooks.block.misplaced',
          'A live block cannot stand in a list or a quote: begin it at the start of a line.'
        ),
      ]}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({
    maxWidth: '90ch',
    lineHeight: theme.typography.body.lineHeight,
    overflowWrap: 'anywhere',
    '& h2': { ...theme.typography.h3, margin: theme.spacing(2, 0, 1) },
    '& h3': { ...theme.typography.h5, margin: theme.spacing(2, 0, 1) },
    '& p': { margin: theme.spacing(0, 0, 1.5) },
    '& ul, & ol': { paddingLeft: theme.spacing(3), margin: theme.spacing(0, 0, 1.5) },
    '& li': { marginBottom: theme.spacing(0.5) },
    '& a': { color: theme.colors.text.link, textDecoration: 'underline' },
    '& blockquote': {
      borderLeft: `3px solid ${theme.colors.border.medium}`,
      margin: theme.spacing(0, 0, 1.5),
      padding: theme.spacing(0, 0, 0, 1.5),
      color: theme.colors.text.secondary,
    },
    '& .runbook-table': { overflowX: 'auto', marginBottom: theme.spacing(1.5) },
    '& table': { borderCollapse: 'collapse' },
    '& th, & td': {
      // A column may not become as narrow as its longest letter.
      overflowWrap: 'break-word',
      border: `1px solid ${theme.colors.border.weak}`,
      padding: theme.spacing(0.5, 1),
      textAlign: 'left',
      verticalAlign: 'top',
    },
  }),
});
