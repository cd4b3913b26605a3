import { fireEvent, render, screen } from '@testing-library/react';
import React, { useState } from 'react';

import { readMarkdown } from '../model/markdown';
import { RunbookContext, type RunbookContextValue } from '../page/RunbookContext';

import { Markdown } from './Markdown';

const values = { service: 'orders', function: '<b>Add</b>' };

function Shown({ text }: { text: string }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const context: RunbookContextValue = {
    values,
    screenUrl: (name) => `/a/app/${name}?var-service=orders`,
    runbookUrl: (slug) => `/a/app/runbooks/${slug}?var-service=orders`,
    ticked,
    toggle: (item) => setTicked(ticked.has(item) ? new Set() : new Set([item])),
  };
  return (
    <RunbookContext.Provider value={context}>
      <Markdown nodes={readMarkdown(text).children} />
    </RunbookContext.Provider>
  );
}

it('draws text, lists, tables and code', () => {
  render(<Shown text={'# A\n\n1. one\n2. **two**\n\n|x|y|\n|-|-|\n|1|2|\n\n```bash\nkubectl logs {{service}}\n```'} />);
  expect(screen.getByRole('heading', { level: 2, name: 'A' })).toHaveAttribute('id', 'runbook-a');
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByRole('cell', { name: '2' })).toBeInTheDocument();
  expect(screen.getByText('kubectl logs orders')).toBeInTheDocument();
});

it('leads on with what the incident is about', () => {
  render(
    <Shown
      text={
        '[a](runbook:memory-leak) [b](app:explore) [c](https://wiki.example/{{service}}?q={{function}}) [d](/d/x) [e](app:nowhere)'
      }
    />
  );
  const hrefs = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(hrefs).toEqual([
    '/a/app/runbooks/memory-leak?var-service=orders',
    '/a/app/explore?var-service=orders',
    'https://wiki.example/orders?q=%3Cb%3EAdd%3C%2Fb%3E',
    '/d/x',
  ]);
  expect(screen.getByText('c')).toHaveAttribute('rel', 'noopener noreferrer');
});

it('ticks off steps', () => {
  render(<Shown text={'- [ ] Capture the `heap`\n- [x] Roll back\n- plain'} />);
  const step = screen.getByRole('checkbox', { name: 'Capture the heap' });
  expect(step).not.toBeChecked();
  fireEvent.click(step);
  expect(step).toBeChecked();
  expect(screen.getAllByRole('checkbox')).toHaveLength(2);
});

it.each([
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<svg onload=alert(1)>',
  '<style>* { display: none }</style>',
  '{{function}}',
  'a `{{function}}` b',
])('%s is text', (text) => {
  const { container } = render(<Shown text={text} />);
  expect(container.querySelector('script, img, svg, style, b')).toBeNull();
  expect(container.textContent).toContain('<');
});

it.each(['[x](javascript:alert(1))', '![x](javascript:alert(1))', '[x](data:text/html,x)', '[x](//evil.example)'])(
  '%s leads nowhere',
  (text) => {
    render(<Shown text={text} />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  }
);

it.each(['[x](/\\\\evil.example)', '[x](/&Tab;/evil.example)', '[x](/%5Cevil.example)'])(
  '%s stays on this host',
  (text) => {
    render(<Shown text={text} />);
    expect(new URL(screen.getByRole<HTMLAnchorElement>('link').href).host).toBe(window.location.host);
  }
);

it('loads no image', () => {
  const { container } = render(<Shown text="![a picture](https://tracker.example/x.png)" />);
  expect(container.querySelector('img')).toBeNull();
  expect(screen.getByRole('link', { name: 'a picture' })).toHaveAttribute('href', 'https://tracker.example/x.png');
});

it('says that a live block stands in the wrong place', () => {
  render(<Shown text={'- a\n\n  ```flamewatch series\n  ```'} />);
  expect(screen.getByText(/cannot stand in a list/)).toBeInTheDocument();
});
