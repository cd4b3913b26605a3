import { seeded } from './random';

const PACKAGES = [
  'github.com/acme/orders/checkout',
  'github.com/acme/orders/internal/pricing',
  'runtime',
  'net/http',
  'encoding/json',
  'database/sql',
  'google.golang.org/grpc/internal/transport',
  'go.opentelemetry.io/otel/sdk/trace',
];
const TYPES = ['', '(*Server).', '(*Conn).', '(*decodeState).', '(*Client).', '(*Span).', 'Order.'];
const VERBS = ['Read', 'write', 'serve', 'Encode', 'decode', 'lookup', 'Flush', 'walk', 'apply', 'Do', 'scan', 'merge'];
const NOUNS = [
  'Order',
  'Payment',
  'Frame',
  'Header',
  'Row',
  'Discount',
  'Chunk',
  'Field',
  'Item',
  'Token',
  'Span',
  'Page',
];

/** Distinct function names as Go writes them, 20 to 80 characters long. */
export function functionNames(count: number, seed: number): string[] {
  const random = seeded(seed);
  const pick = (from: string[]) => from[Math.floor(random() * from.length)];
  return Array.from(
    { length: count },
    (_, i) => `${pick(PACKAGES)}.${pick(TYPES)}${pick(VERBS)}${pick(NOUNS)}${i.toString(36)}`
  );
}
