import { ALIASES } from '../../flameql/profileTypes/aliases';
import { describeProfileType } from './wording';

/** Words for a type as a query names it: an id, its first parts or a short name. Others, and variables, stay as they are. */
export function describeWrittenType(type: string): string {
  const [pattern] = ALIASES.get(type) ?? [];
  const id = pattern ? `${pattern.names?.[0] ?? type}:${pattern.samples?.[0] ?? type}` : type;
  const { known, title } = describeProfileType(id);
  return known ? title : type;
}
