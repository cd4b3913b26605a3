import type { Page } from '@playwright/test';

/**
 * What @grafana/data makes of text by itself: a policy without eval forbids it, and it goes on without. In the page's own
 * script; a plugin's would stand in another file.
 */
export const GRAFANAS_OWN_EVAL =
  /^console: policy violated: script-src by eval in http:\/\/[^/]+\/public\/build\/host\.js/;

export interface StrictPolicy {
  /** The policies that documents were served with. */
  readonly served: string[];
  /** What the next documents say in place of what the page's server says; none after a change of it to nothing. */
  edit?: readonly [from: string, to: string];
}

/**
 * Serves a page's documents under a Content-Security-Policy without eval (Grafana's recommended one has it) and, as ever,
 * without inline scripts, and writes what violates it to the console as an error, which fails the test.
 */
export async function underStrictPolicy(page: Page): Promise<StrictPolicy> {
  const policy: StrictPolicy = { served: [] };
  // Not page.route, which asks about every file and empties the cache.
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', async ({ requestId, responseHeaders = [], responseStatusCode = 200 }) => {
    const headers = responseHeaders.map(({ name, value }) => {
      if (name.toLowerCase() !== 'content-security-policy') {
        return { name, value };
      }
      const strict = value.replace("'unsafe-eval' ", '');
      policy.served.push(strict);
      return { name, value: strict };
    });
    const answer = { requestId, responseCode: responseStatusCode, responseHeaders: headers };
    try {
      if (policy.edit) {
        const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId });
        const text = Buffer.from(body, base64Encoded ? 'base64' : 'utf8').toString('utf8');
        const edited = Buffer.from(text.replace(...policy.edit)).toString('base64');
        await session.send('Fetch.fulfillRequest', { ...answer, body: edited });
      } else {
        await session.send('Fetch.continueResponse', answer);
      }
    } catch {
      // The page was left meanwhile.
    }
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] });
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, sample }) =>
      console.error(
        `policy violated: ${violatedDirective} by ${blockedURI} in ${sourceFile} on ${location.pathname}: ${sample}`
      )
    )
  );
  return policy;
}

/** What in the document could run and is not the page's own: scripts, handlers as attributes, addresses that are code. */
export function whatCouldRun(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    for (const element of document.querySelectorAll('*')) {
      const say = () => found.add(element.outerHTML.slice(0, 200));
      if (element instanceof HTMLScriptElement) {
        const isBoot = element.text.trim().startsWith('window.grafanaBootData =');
        if (!(element.src === '' ? isBoot : element.src.startsWith(`${location.origin}/public/`))) {
          say();
        }
      }
      if (element.matches('iframe, object, embed, frame, animate, body base, body meta, img[src="x"]')) {
        say();
      }
      for (const { name, value } of element.attributes) {
        const isAddress = /^(href|src|srcdoc|action|formaction|xlink:href|data)$/i.test(name);
        if (/^on/i.test(name) || (isAddress && /^\s*(javascript|vbscript|data:text\/html)/i.test(value))) {
          say();
        }
      }
    }
    return [...found];
  });
}
