export interface Symbol {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

/**
 * The table of names at the end of a Java profile: an address a line, and what is there, `function (file:line)`,
 * `function (library)` or a state such as GC.
 */
export function javaSymbols(text: string): ReadonlyMap<bigint, Symbol> {
  const symbols = new Map<bigint, Symbol>();
  for (const line of text.split('\n')) {
    const [, address, place] = line.length > 4096 ? [] : (/^\s*0x([0-9a-f]{1,16})\s+(.*\S)\s*$/i.exec(line) ?? []);
    if (address !== undefined) {
      symbols.set(BigInt(`0x${address}`), symbolOf(place));
    }
  }
  return symbols;
}

function symbolOf(place: string): Symbol {
  const [, name, file, line] = /^(.*?)\s+\(([^()]+?)(?::(-?\d+))?\)$/.exec(place) ?? [];
  if (name !== undefined) {
    return line === undefined
      ? { name, file: file.slice(file.lastIndexOf('/') + 1) }
      : { name, file, line: Number(line) };
  }
  return { name: place.includes('generated stub/JIT') ? 'STUB' : place };
}
