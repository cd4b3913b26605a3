/** The real order service with tracing, for as long as a test looks at its spans. */
import { Children } from '../../scripts/children.mjs';
import { program } from '../../scripts/parts.mjs';

/** @returns the function that ends it */
export function startTracedService({ service, store, page }) {
  const children = new Children();
  const where = ['--service', service, '--profiles-url', store, '--traces-url', page];
  const args = [...where, '--version', 'v1.4.3', '--upload', '1s', '--trace-ratio', '1'];
  children.start(service, program('orderservice'), args, { print: () => {} });
  return () => children.stop();
}
