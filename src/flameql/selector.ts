import type { Matcher } from './query';
import { doubleQuote } from './syntax/strings';

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Matchers as the labelSelector of a Pyroscope server: a Prometheus selector, with quotes around label names such as
 * k8s.pod.name. No matchers give `{}`, which selects everything.
 */
export function selectorOf(matchers: readonly Matcher[]): string {
  const written = matchers.map(
    ({ label, op, value }) => (PLAIN_LABEL.test(label) ? label : doubleQuote(label)) + op + doubleQuote(value)
  );
  return `{${written.join(',')}}`;
}
