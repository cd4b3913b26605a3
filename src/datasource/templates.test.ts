import type { TemplateSrv } from '@grafana/runtime';

import { fillingsOf } from './templates';

/** Grafana's interpolation as far as a filling depends on it: public/app/features/templating/template_srv.ts. */
function templates(): TemplateSrv {
  const variables: Record<string, { value: unknown; text?: string; ownAll?: string; multi?: boolean }> = {
    pod: { value: ['a', 'b'], multi: true },
    service: { value: 'checkout' },
    everything: { value: ['a', 'b', 'c'], text: 'All', multi: true },
    ownAll: { value: [], text: 'All', ownAll: '.*' },
    namedAll: { value: 'All', text: 'All' },
  };
  const replace = (text = '', _: unknown, format?: string | Function) =>
    text.replace(
      /\$(\w+)|\$\{(\w+)(?::(\w+))?[^}]*\}|\[\[(\w+)\]\]/g,
      (written, plain, braced, ownFormat, bracketed) => {
        const variable = variables[plain ?? braced ?? bracketed];
        const as = ownFormat ?? format;
        if (!variable) {
          return written;
        }
        if (as === 'text') {
          return variable.text ?? String(variable.value);
        }
        if (variable.ownAll) {
          return variable.ownAll;
        }
        return typeof as === 'function'
          ? as(variable.value, { multi: variable.multi })
          : [variable.value].flat().join(',');
      }
    );
  return { replace } as unknown as TemplateSrv;
}

it.each([
  ['$pod', { values: ['a', 'b'], listed: true }],
  ['${pod}', { values: ['a', 'b'], listed: true }],
  ['[[pod]]', { values: ['a', 'b'], listed: true }],
  ['${pod:csv}', { values: ['a,b'], listed: false }],
  ['$service', { values: ['checkout'], listed: false }],
  ['$everything', 'all'],
  ['${everything:csv}', { values: ['a,b,c'], listed: false }],
  ['$ownAll', 'all'],
  ['$namedAll', { values: ['All'], listed: false }],
  ['$nobody', 'unknown'],
  ['${__span.tags["pyroscope.profile.id"]}', 'absent'],
  ['$__tags', 'absent'],
  ['$__spanner', 'unknown'],
])('%s', (variable, filling) => {
  expect(fillingsOf(templates())(variable)).toEqual(filling);
});
