import React, { useId } from 'react';

import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';

import { CheckedInput } from '../../datasource/editor/CheckedInput';

import { numberBetween, type RegressionsOverview } from './RegressionsOverview';

/** The backend's own thresholds, in percent. */
const USUAL_GROWTH = '20';
const USUAL_SHARE = '0.2';

/** How large a change must be to be told; an empty field takes the backend's own threshold. */
export function ThresholdFields({ model }: { model: RegressionsOverview }) {
  const id = useId();
  const { leastRatio, leastShare } = model.useState();
  return (
    <>
      <Field label={t('app.regressions.least-growth', 'Grew by, %')} htmlFor={`${id}-growth`} noMargin>
        <CheckedInput
          id={`${id}-growth`}
          value={leastRatio === undefined ? '' : percent(leastRatio - 1)}
          placeholder={USUAL_GROWTH}
          width={10}
          check={(text) => checked(text, 0, 9900)}
          fault={t('app.regressions.growth-fault', 'A number above 0, such as 20')}
          onCommit={(text) => model.look({ leastRatio: text === '' ? undefined : 1 + Number(text) / 100 })}
        />
      </Field>
      <Field label={t('app.regressions.least-share', 'Of the profile, %')} htmlFor={`${id}-share`} noMargin>
        <CheckedInput
          id={`${id}-share`}
          value={leastShare === undefined ? '' : percent(leastShare)}
          placeholder={USUAL_SHARE}
          width={10}
          check={(text) => checked(text, 0, 100)}
          fault={t('app.regressions.share-fault', 'A number between 0 and 100, such as 0.2')}
          onCommit={(text) => model.look({ leastShare: text === '' ? undefined : Number(text) / 100 })}
        />
      </Field>
    </>
  );
}

/** The text as it is stored, empty for the usual threshold; undefined where it is none. */
function checked(text: string, low: number, high: number): string | undefined {
  const number = text.replace(/\s*%$/, '').replace(',', '.');
  return number === '' ? '' : numberBetween(number, low, high)?.toString();
}

function percent(fraction: number): string {
  return String(Number((fraction * 100).toPrecision(6)));
}
