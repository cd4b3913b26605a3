import * as fc from 'fast-check';

import { fuzzByClock } from '../../../../scripts/fuzzByClock.mjs';
import { linkTarget } from '../text/linkTarget';

import { type MarkdownNode, plainText } from './markdown';
import { readRunbook } from './runbook';

// What is found becomes a case of a test beside this.

/** What runbooks are made of, and what tries to be more than text. */
const PIECES =
  `--- title: summary: group: own type: cpu baseline: 1h tags: [a, {{ &a *a !!js/function <<: | > # ## - 1. [ ] [x](
  https://x javascript:alert(1) data:text/html,x //x /\\x mailto:a@b app:explore runbook:a {{function}} {{ ![ ]( \`\`\` \`\`\`bash
  flamewatch series diff <script> </script> <img onerror=x> | --- | *** __ ~~ &lt; &#106; \\ \u0000 \u202e 🔥 __proto__: constructor: query: "`.split(
    /\s+/
  );
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom('\n', '\n\n', '    ', '---\n', '```flamewatch series\n'),
      fc.string()
    ),
    {
      maxLength: 60,
    }
  )
  .map((pieces) => pieces.join(''));

const CONTEXT = {
  values: { function: 'javascript:alert(1)', service: '"><b>' },
  screenUrl: () => '/screen',
  runbookUrl: (slug: string) => `/runbooks/${encodeURIComponent(slug)}`,
  ticked: new Set<string>(),
  toggle: () => undefined,
};

/** Where a browser would go; undefined where it would not. */
function addressOf(href: string): URL | undefined {
  try {
    return new URL(href, window.location.href);
  } catch {
    return undefined;
  }
}

function lookAt(node: MarkdownNode) {
  const target = linkTarget(node.href, CONTEXT);
  const address = target && addressOf(target.href);
  if (target && address) {
    const { protocol, host } = address;
    expect(['http:', 'https:', 'mailto:']).toContain(protocol);
    expect(target.external || host === window.location.host).toBe(true);
  }
  node.children.forEach(lookAt);
}

it('runbooks', () =>
  fuzzByClock(
    'runbooks',
    fc.property(text, (written) => {
      for (const part of readRunbook('fuzzed', written).parts) {
        if (part.kind === 'text') {
          part.nodes.forEach(plainText);
          part.nodes.forEach(lookAt);
        }
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    })
  ));
