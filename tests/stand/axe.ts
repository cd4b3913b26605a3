import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Parts of Grafana's packages, which this project draws with but cannot change: its refresh picker, its table, and the
 * switch of a dashboard's annotations.
 */
export const GRAFANAS_OWN = [
  '[data-testid="data-testid RefreshPicker run button"]',
  '.scrollbar-view',
  'input[id^="data-layer-"]',
];

interface Look {
  /** The part of the page that is looked at; the whole without one. */
  within?: string;
  except?: readonly string[];
  withoutRules?: string[];
}

/** What axe finds wrong, a line a rule with the elements that break it. */
export async function axeViolations(page: Page, { within, except = [], withoutRules = [] }: Look = {}) {
  // The page has no frames, for which the other mode opens a page each time; and what is right is not described.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  if (within !== undefined) {
    axe.include(within);
  }
  except.forEach((part) => axe.exclude(part));
  if (withoutRules.length > 0) {
    axe.disableRules(withoutRules);
  }
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
