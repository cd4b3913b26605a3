/**
 * What compilers and runtimes add to a name and change from build to build. Patterns keep to what RE2 can do too, since
 * Go has the same rules; both are held to testdata/names/normalized.json.
 */
const RULES: ReadonlyArray<[pattern: RegExp, replacement: string]> = [
  // Java: lambdas and hidden classes carry an address or a counter, generated classes a number or a hash.
  [/\$\$Lambda(\$\d+)?([/.+](0x[0-9a-f]+|\d+))?/g, '$$$$Lambda'],
  [/[/.+]0x[0-9a-f]{6,16}/g, ''],
  [/\blambda\$([\w$]+)\$\d+/g, 'lambda$$$1'],
  [/\b(Generated(Method|Constructor|SerializationConstructor)Accessor)\d+/g, '$1'],
  [/\$\$((EnhancerBy|FastClassBy)?\w*CGLIB)\$\$[0-9a-f]+/g, '$$$$$1'],
  [/\bjdk([./])proxy\d+([./])/g, 'jdk$1proxy$2'],
  [/\$Proxy\d+/g, '$$Proxy'],
  [/_\[[ij]\]$/, ''],
  // C#: closures, state machines, lambdas and local functions.
  [/<>c__DisplayClass\d+(_\d+)?/g, '<>c__DisplayClass'],
  [/>d__\d+/g, '>d__'],
  [/>b__\d+(_\d+)?/g, '>b__'],
  [/>g__(\w+)\|\d+(_\d+)?/g, '>g__$1'],
  // Go: closures, range functions, wrappers of go and defer statements. Type arguments are handled by their brackets.
  [/\.func\d+(\.\d+)*/g, '.func'],
  [/\.(gowrap|deferwrap)\d+/g, '.$1'],
  [/-range\d+/g, '-range'],
  // Rust: hash of the legacy mangling, disambiguator of a crate.
  [/::h[0-9a-f]{16}$/, ''],
  [/\b([a-z_]\w*)\[[0-9a-f]{8,16}\]::/g, '$1::'],
  // C and C++: clones the optimiser made.
  [/(\.(constprop|isra|part|lto_priv|llvm)\.\d+)+/g, ''],
  [/^([^./]+)\.cold(\.\d+)?$/, '$1'],
  // JavaScript and Python: line and column.
  [/([^:\d]):\d+(:\d+)?(\)?)$/, '$1$3'],
];

/**
 * A function's name without what changes from build to build, to match functions across versions. For matching only:
 * people are shown the name as it is. Different closures of one function get one name.
 */
export function normalizeName(name: string): string {
  let normal = name;
  for (const [pattern, replacement] of RULES) {
    normal = normal.replace(pattern, replacement);
  }
  return withoutShapes(normal);
}

const SHAPE = '[go.shape.';

/** Go's type arguments, brackets inside them included, become [...], as pprof shows them. */
function withoutShapes(name: string): string {
  let from = name.indexOf(SHAPE);
  while (from >= 0) {
    const end = closingBracket(name, from);
    name = `${name.slice(0, from)}[...]${name.slice(end)}`;
    from = name.indexOf(SHAPE, from + 1);
  }
  return name;
}

/** One past the bracket that closes the one at `open`; the end of the name when none does. */
function closingBracket(name: string, open: number): number {
  let depth = 0;
  for (let i = open; i < name.length; i++) {
    if (name[i] === '[') {
      depth++;
    } else if (name[i] === ']' && --depth === 0) {
      return i + 1;
    }
  }
  return name.length;
}
