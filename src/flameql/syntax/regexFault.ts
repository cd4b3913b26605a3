/**
 * What RE2, the dialect of Pyroscope servers, refuses in a regular expression, in the words of Go's regexp/syntax;
 * undefined when it is fine. JavaScript's own expressions differ too much to ask them: they know look-behind and
 * back-references, but neither (?i) nor [[:alpha:]].
 */
export function regexFault(pattern: string): string | undefined {
  try {
    new RegexScanner(pattern).scan();
    return undefined;
  } catch (error) {
    if (error instanceof RegexFault) {
      return error.reason;
    }
    throw error;
  }
}

class RegexFault {
  constructor(readonly reason: string) {}
}

const MISSING_PAREN = 'missing closing )';
const MISSING_BRACKET = 'missing closing ]';
const UNEXPECTED_PAREN = 'unexpected )';
const MISSING_ARGUMENT = 'missing argument to repetition operator';
const NESTED_REPETITION = 'invalid nested repetition operator';
const BAD_COUNT = 'invalid repeat count';
const BAD_ESCAPE = 'invalid escape sequence';
const TRAILING_BACKSLASH = 'trailing backslash at end of expression';
const BAD_PERL = 'invalid or unsupported Perl syntax';
const BAD_NAME = 'invalid named capture';
const BAD_RANGE = 'invalid character class range';

const MOST_REPEATS = 1000;
const POSIX_CLASSES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' ')
);

const REPETITION = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
const CLASS_ESCAPE = /\\[dDsSwW]/y;
const UNICODE_CLASS = /\\[pP](?:\{\^?([^}]*)\}|([^{]))/uy;
const CHARACTER_ESCAPE =
  /\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|[1-7][0-7]{1,2}|0[0-7]{0,2}|([afnrtv])|([!-/:-@[-`{-~]))/y;
const EMPTY_WIDTH_ESCAPE = /\\[AzbB]/y;
const QUOTED = /\\Q[^]*?(?:\\E|$)/y;
const NAMED_GROUP = /\(\?P?<([A-Za-z0-9_]+)>/y;
const FLAG_GROUP = /\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?(:|\))/y;

const CONTROLS: Record<string, number> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** What a repetition would repeat. */
type Before = 'nothing' | 'atom' | 'repetition';

/** Walks over an expression as Go's parser does, without building anything. */
class RegexScanner {
  private position = 0;
  private depth = 0;

  constructor(private readonly pattern: string) {}

  scan() {
    let before: Before = 'nothing';
    while (this.position < this.pattern.length) {
      const repetition = this.take(REPETITION);
      if (repetition) {
        this.checkRepetition(repetition, before);
        before = 'repetition';
      } else {
        before = this.scanAtom(before);
      }
    }
    if (this.depth > 0) {
      throw new RegexFault(MISSING_PAREN);
    }
  }

  /** Takes what is no repetition. */
  private scanAtom(before: Before): Before {
    switch (this.pattern[this.position]) {
      case '(':
        return this.openGroup() ? 'nothing' : afterFlags(before);
      case ')':
        if (this.depth-- === 0) {
          throw new RegexFault(UNEXPECTED_PAREN);
        }
        this.position++;
        return 'atom';
      case '|':
        this.position++;
        return 'nothing';
      case '[':
        this.scanClass();
        return 'atom';
      case '\\':
        this.scanEscape();
        return 'atom';
      default:
        this.takeCharacter();
        return 'atom';
    }
  }

  private checkRepetition(repetition: RegExpExecArray, before: Before) {
    const [, least, comma, most] = repetition;
    const [from, to] = [Number(least ?? 0), Number((comma ? most : least) || 0)];
    if (from > MOST_REPEATS || to > MOST_REPEATS || (comma && most && from > to)) {
      throw new RegexFault(BAD_COUNT);
    }
    if (before !== 'atom') {
      throw new RegexFault(before === 'nothing' ? MISSING_ARGUMENT : NESTED_REPETITION);
    }
    if (this.isAt('?')) {
      this.position++;
    }
  }

  /** Whether a group begins; flags alone are none. */
  private openGroup(): boolean {
    if (this.isAt('(?')) {
      return this.openSpecialGroup();
    }
    this.position++;
    this.depth++;
    return true;
  }

  private openSpecialGroup(): boolean {
    if (this.take(NAMED_GROUP)) {
      this.depth++;
      return true;
    }
    if (this.isAt('(?P<') || this.isAt('(?<')) {
      throw new RegexFault(BAD_NAME);
    }
    const flags = this.take(FLAG_GROUP);
    if (!flags) {
      throw new RegexFault(BAD_PERL);
    }
    const isGroup = flags[1] === ':';
    this.depth += isGroup ? 1 : 0;
    return isGroup;
  }

  private scanEscape() {
    const isWhole = this.take(QUOTED) ?? this.take(EMPTY_WIDTH_ESCAPE);
    if (!isWhole && !this.takeCharacterGroup()) {
      this.takeEscapedCharacter();
    }
  }

  private scanClass() {
    this.position++;
    if (this.isAt('^')) {
      this.position++;
    }
    for (let first = true; first || !this.isAt(']'); first = false) {
      if (this.position >= this.pattern.length) {
        throw new RegexFault(MISSING_BRACKET);
      }
      if (this.takePosixClass() || this.takeCharacterGroup()) {
        continue;
      }
      this.scanRange();
    }
    this.position++;
  }

  private scanRange() {
    const low = this.takeClassCharacter();
    if (!this.isAt('-') || this.pattern[this.position + 1] === ']' || this.pattern[this.position + 1] === undefined) {
      return;
    }
    this.position++;
    if (this.takeClassCharacter() < low) {
      throw new RegexFault(BAD_RANGE);
    }
  }

  private takePosixClass(): boolean {
    const end = this.isAt('[:') ? this.pattern.indexOf(':]', this.position + 2) : -1;
    if (end < 0) {
      return false;
    }
    const name = this.pattern.slice(this.position + 2, end).replace(/^\^/, '');
    if (!POSIX_CLASSES.has(name)) {
      throw new RegexFault(BAD_RANGE);
    }
    this.position = end + 2;
    return true;
  }

  /** \d, \pL and their like. */
  private takeCharacterGroup(): boolean {
    if (this.take(CLASS_ESCAPE)) {
      return true;
    }
    const unicode = this.take(UNICODE_CLASS);
    if (unicode && !isUnicodeClass(unicode[1] ?? unicode[2] ?? '')) {
      throw new RegexFault(BAD_RANGE);
    }
    if (!unicode && /^\\[pP]/.test(this.rest())) {
      throw new RegexFault(BAD_RANGE);
    }
    return unicode !== undefined;
  }

  private takeClassCharacter(): number {
    if (this.position >= this.pattern.length) {
      throw new RegexFault(MISSING_BRACKET);
    }
    return this.isAt('\\') ? this.takeEscapedCharacter() : this.takeCharacter();
  }

  private takeEscapedCharacter(): number {
    if (this.position + 1 >= this.pattern.length) {
      throw new RegexFault(TRAILING_BACKSLASH);
    }
    const escape = this.take(CHARACTER_ESCAPE);
    if (!escape) {
      throw new RegexFault(BAD_ESCAPE);
    }
    const [written, twoDigits, digits, control, mark] = escape;
    if (twoDigits || digits) {
      return checkedCode(parseInt(twoDigits ?? digits ?? '', 16));
    }
    if (control || mark) {
      return control ? (CONTROLS[control] ?? 0) : (mark ?? '').charCodeAt(0);
    }
    return parseInt(written.slice(1), 8);
  }

  private takeCharacter(): number {
    const code = this.pattern.codePointAt(this.position) ?? 0;
    this.position += String.fromCodePoint(code).length;
    return code;
  }

  private take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.position;
    const match = token.exec(this.pattern);
    this.position += match?.[0].length ?? 0;
    return match ?? undefined;
  }

  private isAt(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  private rest(): string {
    return this.pattern.slice(this.position);
  }
}

/** Behind flags such as (?i) a repetition repeats what stands before them, even a repetition. */
function afterFlags(before: Before): Before {
  return before === 'nothing' ? before : 'atom';
}

function checkedCode(code: number): number {
  if (code > 0x10ffff) {
    throw new RegexFault(BAD_ESCAPE);
  }
  return code;
}

/** A general category, or a script by its long name: what JavaScript and Go have in common. */
function isUnicodeClass(name: string): boolean {
  if (name === 'Any') {
    return true;
  }
  const isCategory = /^[A-Z][a-z]?$/.test(name);
  try {
    new RegExp(isCategory ? `\\p{gc=${name}}` : `\\p{sc=${name}}`, 'u');
    return true;
  } catch {
    return false;
  }
}
