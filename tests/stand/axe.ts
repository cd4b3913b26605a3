import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

// Parts of Grafana's packages, which this project draws with but cannot change.

/** Of its refresh picker: it has no name there. */
export const REFRESH_BUTTON = '[data-testid="data-testid RefreshPicker run button"]';
export const TABLE = '.scrollbar-view';
/** Turns a dashboard's annotations on and off. */
const ANNOTATION_SWITCH = 'input[id^="data-layer-"]';

/** What a page of any kind may show. */
export const GRAFANAS_OWN = [REFRESH_BUTTON, TABLE, ANNOTATION_SWITCH];

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
