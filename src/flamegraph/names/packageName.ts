/**
 * The package, module or library that a function's name belongs to, read from the name alone because profiles carry
 * nothing else; '' when the name tells none. Go, Java, .NET, Rust, C++, JavaScript, Python, Ruby, PHP and native
 * libraries are told apart by their separators.
 */
export function packageName(name: string): string {
  const plain = withoutArguments(name);
  const script = /^(?:\.\/)?(?:node_modules\/)?(.*?)([^/\s]*\.(?:[cm]?[jt]sx?|py|rb|php))\b/.exec(plain);
  if (script) {
    return script[1].replace(/\/$/, '') || script[2];
  }
  if (plain.includes('!')) {
    return plain.slice(0, plain.indexOf('!'));
  }
  if (plain.includes('::')) {
    return plain.replace(/^[<&*\s]+/, '').split('::')[0];
  }
  const slash = plain.lastIndexOf('/');
  const dot = plain.indexOf('.', slash + 1);
  if (slash >= 0 && /(^|\/)lib[^/]*\.so/.test(plain)) {
    return plain.slice(slash + 1);
  }
  if (slash >= 0 && dot >= 0 && !/^[A-Z]/.test(plain.slice(slash + 1))) {
    return plain.slice(0, dot);
  }
  if (slash >= 0) {
    // Java's internal form, org/acme/Cart.add: the class is no part of the package.
    return plain.slice(0, slash);
  }
  const segments = plain.split('.');
  const type = segments.findIndex((segment) => /^[A-Z]/.test(segment));
  if (type > 0) {
    return segments.slice(0, type).join('.');
  }
  return segments.length > 1 ? segments.slice(0, segments.length > 2 ? -2 : -1).join('.') : '';
}

/** Drops argument lists and type parameters, which hold separators of their own; keeps Go's receivers. */
function withoutArguments(name: string): string {
  const receiver = name.indexOf('.(');
  const open = name.search(/[([]/);
  return open > 0 && receiver !== open - 1 ? name.slice(0, open) : name;
}
