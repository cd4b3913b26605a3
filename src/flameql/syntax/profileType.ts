import { MAX_TYPE_PARTS } from './limits';
import { Fault } from './queryError';
import { describeToken, type Token } from './tokens';
import { isKeyword, splitAtVariables } from './words';

/** A type as written: its parts joined by colons, and the service of the legacy form `service.type`. */
export interface WrittenType {
  type: string;
  service?: string;
}

/** Reads a type; a bare word with a dot before its first colon is the legacy form. Throws a Fault. */
export function readType(token: Token, text: string): WrittenType {
  const dot = token.kind === 'string' ? -1 : legacyDot(text);
  const type = text.slice(dot + 1);
  if (dot >= 0 && (dot === 0 || type === '' || type.startsWith(':'))) {
    throw new Fault(token, ['a service, a dot and a profile type, such as order-service.cpu'], describeToken(token));
  }
  checkTypeParts(token, maskVariables(type).split(':'));
  return dot < 0 ? { type } : { type, service: text.slice(0, dot) };
}

/** Where the last dot before the first colon is; -1 without one. */
function legacyDot(text: string): number {
  return (/^[^:]*/.exec(maskVariables(text))?.[0] ?? '').lastIndexOf('.');
}

/** The format of a variable may hold colons, its field dots: neither counts. */
function maskVariables(text: string): string {
  return splitAtVariables(text)
    .map((part, i) => (i % 2 === 0 ? part : '$'.repeat(part.length)))
    .join('');
}

function checkTypeParts(token: Token, parts: string[]) {
  if (parts.length > MAX_TYPE_PARTS) {
    const isParca = parts.length === MAX_TYPE_PARTS + 1 && parts[MAX_TYPE_PARTS] === 'delta';
    const hint = isParca ? 'The sixth part, delta, comes from Parca; leave it out.' : undefined;
    throw new Fault(token, ['a profile type of at most five parts'], describeToken(token), hint);
  }
  if (!arePartsFull(parts)) {
    throw new Fault(
      token,
      ['a profile type such as cpu or process_cpu:cpu, without empty parts'],
      describeToken(token)
    );
  }
}

/** Only the period of a full id may be empty: a server writes `memory:alloc_space:bytes::` for profiles without one. */
function arePartsFull(parts: string[]): boolean {
  const withoutPeriod = parts.length === MAX_TYPE_PARTS && parts[3] === '' && parts[4] === '';
  return !(withoutPeriod ? parts.slice(0, 3) : parts).includes('');
}

/** Whether a type has all its five parts. */
export function isFullType(type: string): boolean {
  const parts = type.split(':');
  return parts.length === MAX_TYPE_PARTS && arePartsFull(parts);
}

/** Whether a word would be read as a type, whole: not as a keyword and not as service.type. */
export function isBareType(word: string): boolean {
  return !isKeyword(word) && legacyDot(word) < 0;
}
