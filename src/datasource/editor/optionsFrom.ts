import { firstValueFrom, type Observable } from 'rxjs';

import { t } from '@grafana/i18n';
import type { ComboboxOption } from '@grafana/ui';

import { describeFailure } from '../resources/failure';

/** More are found by typing. */
const MOST_OPTIONS = 1000;

/**
 * The answer as options that hold what was typed. A failure or an empty answer becomes a line that says so and cannot
 * be chosen: a list that stays empty would look broken.
 */
export async function optionsFrom(answer: Observable<string[]>, typed: string): Promise<Array<ComboboxOption<string>>> {
  try {
    const found = await firstValueFrom(answer);
    const wanted = typed.trim().toLowerCase();
    const fitting = found.filter((text) => text.toLowerCase().includes(wanted)).slice(0, MOST_OPTIONS);
    if (found.length === 0) {
      return [remark(t('datasource.options.none-found', 'None in this time range'))];
    }
    return fitting.map((text) => ({ value: text, label: text }));
  } catch (error) {
    return [remark(describeFailure(error))];
  }
}

function remark(text: string): ComboboxOption<string> {
  return { value: '', label: text, infoOption: true };
}
