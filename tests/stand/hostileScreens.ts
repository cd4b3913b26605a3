import { expect, type Page } from '@playwright/test';

import { FlameGraphOnPage } from './flameGraph';
import { HOSTILE } from './hostile.mjs';
import type { StrictPolicy } from './strictPolicy';

/** Of the page that hostile.mjs started. */
const address = () => process.env.FLAMEWATCH_HOSTILE_PAGE ?? '';
const app = (screen: string) => `${address()}/a/flamewatch-profiles-app/${screen}`;
const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

/** What an alert's link says. */
const incident = () =>
  query({
    'var-service': HOSTILE.service,
    'var-function': HOSTILE.symbol,
    'var-profileType': 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    version: HOSTILE.version,
    baselineVersion: HOSTILE.olderVersion,
    from: String(Date.now() - 25 * 60_000),
    to: String(Date.now()),
  });

const selector = (version: string) =>
  `{service_name=${JSON.stringify(HOSTILE.service)}, version=${JSON.stringify(version)}}`;

/** Waits until a text stands there as it is. */
async function reads(page: Page, ...texts: string[]) {
  for (const text of texts) {
    await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 });
  }
}

async function expectDrawn(page: Page): Promise<FlameGraphOnPage> {
  const flameGraph = new FlameGraphOnPage(page);
  await flameGraph.expectPainted();
  await expect(flameGraph.table).toContainText(HOSTILE.symbol);
  return flameGraph;
}

/** The playground lists data sources of its own plugins only; the page's boot data is told of this one. */
const TEMPO = {
  id: 9,
  uid: 'tempo',
  type: 'tempo',
  name: HOSTILE.target,
  meta: { id: 'tempo', metrics: true, tracing: true, info: { logos: {} } },
  url: '/api/datasources/proxy/uid/tempo',
  jsonData: {
    tracesToProfiles: { datasourceUid: 'flamewatch', tags: [{ key: 'service.name', value: 'service_name' }] },
  },
};

/** As a server writes it into a script of a document. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Every screen: how it is opened, and that what is hostile stands there as text. */
export const SCREENS: Record<string, (page: Page, policy: StrictPolicy) => Promise<void>> = {
  services: async (page) => {
    await page.goto(app('services'));
    await reads(page, HOSTILE.service);
  },
  explore: async (page) => {
    await page.goto(
      app(`explore?${query({ 'var-service': HOSTILE.service, 'var-groupBy': 'version', from: 'now-1h', to: 'now' })}`)
    );
    const flameGraph = await expectDrawn(page);
    await reads(page, HOSTILE.version);
    await flameGraph.hover(3, 0.01);
    await flameGraph.search.fill(HOSTILE.symbol);
    await flameGraph.graph.click({ button: 'right', position: { x: 4, y: 70 } });
    await expect(page.getByRole('menu')).toBeVisible();
  },
  compare: async (page) => {
    const range = {
      'baseline-from': 'now-1h',
      'baseline-to': 'now',
      'comparison-from': 'now-1h',
      'comparison-to': 'now',
    };
    const sides = {
      'baseline-selector': selector(HOSTILE.olderVersion),
      'comparison-selector': selector(HOSTILE.version),
    };
    await page.goto(app(`compare?${query({ ...range, ...sides })}`));
    await expectDrawn(page);
  },
  regressions: async (page) => {
    await page.goto(app('regressions?from=now-25m&to=now'));
    await reads(page, HOSTILE.service, HOSTILE.symbol);
    await page.getByRole('button', { name: HOSTILE.symbol }).first().click();
    await new FlameGraphOnPage(page).expectPainted();
  },
  'list of runbooks': async (page) => {
    await page.goto(app('runbooks'));
    await reads(page, '<img src=x onerror=alert(12)>', '<script>alert(14)</script>');
  },
  'a runbook': async (page) => {
    await page.goto(app(`runbooks/${HOSTILE.slug}?${incident()}`));
    await reads(
      page,
      '<img src=x onerror=alert(16)>',
      '<img src=x onerror=alert(26)>',
      '<img src=x onerror=alert(28)>'
    );
    await expectDrawn(page);
  },
  'a runbook that is not there': async (page) => {
    await page.goto(app(`runbooks/${encodeURIComponent(HOSTILE.service)}`));
    await reads(page, HOSTILE.service);
  },
  captures: async (page) => {
    await page.goto(app('captures?target=hostile'));
    await expect(page.getByRole('combobox', { name: 'Target' })).toHaveValue(HOSTILE.target, { timeout: 20_000 });
    await expect(page.getByLabel('Instance')).toHaveValue(HOSTILE.instance);
    // A target that cannot be used is told by its name.
    await reads(page, HOSTILE.script);
    await page.getByRole('button', { name: 'Capture', exact: true }).click();
    await reads(page, 'The capture failed');
    await page.getByRole('button', { name: `captures/${HOSTILE.service}` }).click();
    await expectDrawn(page);
  },
  files: async (page) => {
    await page.goto(app('captures?tab=file'));
    const name = `${HOSTILE.service}.txt`;
    const target = page.getByText('Drop profiles here');
    await expect(target).toBeVisible({ timeout: 20_000 });
    const carried = await page.evaluateHandle(
      ([name, text]) => {
        const carrier = new DataTransfer();
        carrier.items.add(new File([text], name));
        carrier.items.add(new File(['no profile'], `2${name}`));
        return carrier;
      },
      [name, `main;${HOSTILE.script};${HOSTILE.symbol} 10\nmain;${HOSTILE.link} 10\n`]
    );
    await target.dispatchEvent('drop', { dataTransfer: carried });
    await expectDrawn(page);
    await expect(page.getByRole('list', { name: 'Opened files' })).toContainText(`2${name}`);
  },
  alerts: async (page, policy) => {
    policy.edit = ['"unifiedAlertingEnabled":false', '"unifiedAlertingEnabled":true'];
    const rule = {
      uid: HOSTILE.service,
      name: HOSTILE.script,
      state: 'inactive',
      health: 'error',
      lastError: HOSTILE.symbol,
      queriedDatasourceUIDs: ['flamewatch'],
      annotations: { runbook_url: HOSTILE.link },
    };
    const groups = [{ name: HOSTILE.target, file: HOSTILE.version, rules: [rule] }];
    await page.route('**/api/prometheus/grafana/api/v1/rules*', (route) =>
      route.fulfill({ json: { data: { groups } } })
    );
    await page.route('**/api/folders*', (route) => route.fulfill({ json: [{ uid: 'f', title: HOSTILE.target }] }));
    await page.goto(app('alerts'));
    await reads(page, HOSTILE.script, HOSTILE.symbol, HOSTILE.target);
  },
  setup: async (page) => {
    await page.goto(app(`setup?${query({ language: 'python', service: HOSTILE.service, address: HOSTILE.script })}`));
    await expect(page.getByLabel('Name of the service')).toHaveValue(HOSTILE.service, { timeout: 20_000 });
    // No guide holds what a shell or a program could read as more than a name.
    await reads(page, 'Letters, digits, and . _ / - between them.', 'application_name="my-service"');
  },
  coverage: async (page) => {
    await page.goto(app('coverage'));
    await expect(page.getByRole('region', { name: HOSTILE.service, exact: true })).toBeVisible({ timeout: 20_000 });
  },
  'a page to learn from': async (page) => {
    await page.goto(app(`learn/flame-graph?${incident()}`));
    await expectDrawn(page);
  },
  traces: async (page, policy) => {
    const attributes = Object.entries({ 'service.name': HOSTILE.service, 'pyroscope.profile.id': '00000000000000ff' });
    const span = {
      spanID: '00000000000000ff',
      name: HOSTILE.symbol,
      startTimeUnixNano: `${Date.now() - 60_000}000000`,
      durationNanos: '1000000000',
      attributes: attributes.map(([key, stringValue]) => ({ key, value: { stringValue } })),
    };
    const traces = [{ traceID: HOSTILE.script, rootServiceName: HOSTILE.service, spanSets: [{ spans: [span] }] }];
    policy.edit = ['"datasources":{', `"datasources":{${inScript(HOSTILE.target)}:${inScript(TEMPO)},`];
    await page.route('**/proxy/uid/tempo/**', (route) => route.fulfill({ json: { traces } }));
    await page.goto(app(`traces?${query({ service: HOSTILE.service })}`));
    await reads(page, HOSTILE.symbol);
  },
  diagnostics: async (page) => {
    const call = { name: HOSTILE.symbol, outcome: HOSTILE.version, problem: HOSTILE.script, durationMs: 1 };
    const json = { plugin: {}, server: { version: HOSTILE.service }, calls: [call], settings: {}, metrics: {} };
    await page.route('**/resources/diagnostics', (route) => route.fulfill({ json }));
    await page.goto(app('diagnostics'));
    await reads(page, HOSTILE.symbol, HOSTILE.service, HOSTILE.script);
  },
  'a screen that is not there': async (page) => {
    await page.goto(app(encodeURIComponent(HOSTILE.service)));
    await reads(page, 'Flamewatch has no screen at');
  },
  'a dashboard': async (page) => {
    await page.setViewportSize({ width: 1400, height: 1900 });
    await page.goto(
      `${address()}/d/flamewatch-service-profile?${query({ 'var-service': HOSTILE.service, 'var-label': 'version' })}`
    );
    await expectDrawn(page);
    await reads(page, HOSTILE.version);
  },
  'Grafana’s Explore': async (page) => {
    const asked = {
      refId: 'A',
      queryType: 'profile',
      profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      labelSelector: selector(HOSTILE.version),
    };
    const panes = { a: { datasource: 'flamewatch', queries: [asked], range: { from: 'now-1h', to: 'now' } } };
    await page.goto(`${address()}/explore?panes=${encodeURIComponent(JSON.stringify(panes))}`);
    await expectDrawn(page);
  },
  'the data source’s settings': async (page) => {
    await page.goto(`${address()}/connections/datasources/edit/flamewatch`);
    await expect(page.getByRole('button', { name: 'Save & test' })).toBeVisible({ timeout: 20_000 });
    await reads(page, HOSTILE.target);
  },
  'the app’s settings': async (page) => {
    await page.goto(`${address()}/plugins/flamewatch-profiles-app`);
    await reads(page, '<img src=x onerror=alert(12)>');
  },
};
