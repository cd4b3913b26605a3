/**
 * A function's name without the path of its package, for bars too narrow for the whole: the last two segments of a
 * dotted or `::` name, the file's name of a path. Brackets are left whole, so type parameters and receivers survive.
 *
 * `github.com/acme/shop/cart.(*Cart).Add` -> `cart.(*Cart).Add`; `org.acme.Cart.add` -> `Cart.add`;
 * `shop::cart::Cart<T>::add` -> `Cart<T>::add`; `/usr/lib/libc.so.6` -> `libc.so.6`.
 */
export function shortName(name: string): string {
  const lastSlash = lastOutsideBrackets(name, '/');
  const local = lastSlash >= 0 && lastSlash < name.length - 1 ? name.slice(lastSlash + 1) : name;
  if (lastSlash >= 0 && !/^[a-z]+\//.test(name)) {
    return local;
  }
  if (local.includes('::')) {
    return lastSegments(local, '::');
  }
  // Go's package and receiver are one dot apart, and so are a file and its extension: both are short already.
  return local.split('.').length > 2 && !local.includes('(*') ? lastSegments(local, '.') : local;
}

function lastSegments(name: string, separator: string): string {
  const last = lastOutsideBrackets(name, separator);
  const secondLast = last > 0 ? lastOutsideBrackets(name.slice(0, last), separator) : -1;
  return secondLast >= 0 ? name.slice(secondLast + separator.length) : name;
}

/** Index of the last separator that is not inside (), <> or [], or -1. */
function lastOutsideBrackets(name: string, separator: string): number {
  let depth = 0;
  for (let i = name.length - 1; i >= 0; i--) {
    const char = name[i];
    if (char === ')' || char === '>' || char === ']') {
      depth++;
    } else if (char === '(' || char === '<' || char === '[') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && name.startsWith(separator, i)) {
      return i;
    }
  }
  return -1;
}
