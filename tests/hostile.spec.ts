import { startHostileStand } from './stand/hostile.mjs';
import { SCREENS } from './stand/hostileScreens';
import { GRAFANAS_OWN_EVAL, underStrictPolicy, whatCouldRun } from './stand/strictPolicy';
import { expect, test } from './stand/test';

// Whoever may push a profile, write a runbook or name a target chooses texts that others read. Each screen shows them as
// text, under a policy that lets nothing else run than the page's own files.

// One page for all: its script is read once.
test.use({ expectedFault: GRAFANAS_OWN_EVAL });
let stand: Awaited<ReturnType<typeof startHostileStand>>;

test.beforeAll(async () => {
  stand = await startHostileStand();
});

test.afterAll(() => stand?.stop());

test('what others name is text on every screen, and nothing of it runs', async ({ page }) => {
  test.setTimeout(300_000);
  process.env.FLAMEWATCH_HOSTILE_PAGE = stand.page;
  const dialogs: string[] = [];
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  const policy = await underStrictPolicy(page);
  // One screen that fails does not hide the others.
  const failures: string[] = [];
  for (const [name, open] of Object.entries(SCREENS)) {
    await test.step(name, async () => {
      try {
        await open(page, policy);
        failures.push(...(await whatCouldRun(page)).map((found) => `${name}: ${found}`));
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      policy.edit = undefined;
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  }
  expect(failures).toEqual([]);
  expect(dialogs).toEqual([]);
  expect(policy.served.length).toBeGreaterThanOrEqual(Object.keys(SCREENS).length);
  for (const served of policy.served) {
    expect(served).toMatch(/script-src [^;]*'nonce-/);
    expect(served).not.toContain('unsafe-eval');
  }
});

test.describe('what runs all the same', () => {
  test.use({ expectedFault: /policy violated|Content Security Policy/ });

  test('is found', async ({ page, faults }) => {
    await underStrictPolicy(page);
    await page.goto(`${stand.page}/a/flamewatch-profiles-app/diagnostics`);
    expect(await whatCouldRun(page)).toEqual([]);
    await page.evaluate(() => {
      const holder = document.createElement('div');
      holder.innerHTML =
        '<b onclick="alert(1)">a</b><a href=" javascript:alert(2)">b</a><svg><animate></svg><img src="x">';
      document.body.append(holder);
    });
    expect(await whatCouldRun(page)).toHaveLength(4);
    await page.getByText('a', { exact: true }).first().click();
    await expect.poll(() => faults.join('\n')).toContain('policy violated: script-src');
  });
});
