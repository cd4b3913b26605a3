/** Where the source of a package can be read. */
export interface SourceRule {
  /** Functions whose names begin with this, e.g. 'example.com/shop'. */
  readonly package: string;
  /** The version the rule is for; '*' is any. */
  readonly version: string;
  /** Address with {version}, {file} (path inside the package) and {line}. */
  readonly pattern: string;
}

export interface SourceRules {
  readonly rules: readonly SourceRule[];
  /** A sentence for each line that is no rule. */
  readonly mistakes: readonly string[];
}

/**
 * Reads rules, one a line: package, version or *, and address, separated by spaces. Empty lines and lines that begin
 * with # are left out.
 */
export function readSourceRules(text: string): SourceRules {
  const rules: SourceRule[] = [];
  const mistakes: string[] = [];
  text.split('\n').forEach((line, at) => {
    const words = line.trim().split(/\s+/);
    if (line.trim() === '' || line.trim().startsWith('#')) {
      return;
    }
    const [name, version, pattern] = words;
    if (words.length !== 3) {
      mistakes.push(
        `Line ${at + 1} has ${words.length} words where three are expected: package, version or *, address.`
      );
    } else if (!/^https?:\/\//i.test(pattern)) {
      mistakes.push(`Line ${at + 1}: the address must begin with https:// or http://.`);
    } else {
      rules.push({ package: name, version, pattern });
    }
  });
  return { rules, mistakes };
}

/**
 * Address of a line of source by the rule with the longest package that fits; undefined when none does.
 *
 * @param name the function's name
 * @param file path as the compiler knew it; a module's version in it (`shop@v1.2.3/`) is the version
 */
export function sourceUrl(
  rules: readonly SourceRule[],
  { name, file, line }: { name: string; file: string; line?: number }
): string | undefined {
  const fitting = rules
    .filter((rule) => isInside(name, rule.package))
    .sort((a, b) => b.package.length - a.package.length);
  for (const rule of fitting) {
    const place = placeIn(file, rule.package);
    const version = place.version ?? (rule.version === '*' ? undefined : rule.version);
    if (rule.version === '*' || version === rule.version) {
      return rule.pattern
        .replaceAll('{version}', encodeURIComponent(version ?? ''))
        .replaceAll('{file}', place.path.split('/').map(encodeURIComponent).join('/'))
        .replaceAll('{line}', String(line ?? ''));
    }
  }
  return undefined;
}

function isInside(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^($|[^\w-])/.test(name.slice(prefix.length));
}

/** What follows the package, or its last part, in a path; the whole path when it is in neither. */
function placeIn(file: string, name: string): { path: string; version?: string } {
  const path = file.replaceAll('\\', '/');
  for (const part of [name, name.split(/[/.]/).pop() ?? name]) {
    const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`(?:^|/)${escaped}(?:@([^/]+))?/(.+)$`).exec(path);
    if (found) {
      return { path: found[2], version: found[1] };
    }
  }
  return { path: path.replace(/^([a-z]:)?\/+/i, '') };
}
