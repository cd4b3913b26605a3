import {
  autocompletion,
  pickedCompletion,
  type Completion as EditorCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { LanguageSupport, LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { classHighlighter, styleTags, tags } from '@lezer/highlight';

import { complete, type Completion, type CompletionItem, type ItemKind } from './completion/complete';
import { rememberAnswers, type CompletionSources } from './completion/sources';
import { diagnose } from './diagnostics';
import { formatDraft } from './format';
import { parseDraft } from './parse';
import { parser } from './parser.generated';
import { MAX_TEXT_LENGTH } from './syntax/limits';
import { queryOfUrl } from './urls/queryOfUrl';

const KEYWORDS = 'vs offset by function focus hide span trace profile nodes limit normalise normalize @';

/** FlameQL for CodeMirror 6. Highlighting gives the classes of @lezer/highlight: tok-keyword, tok-typeName, … */
export const flameqlLanguage = LRLanguage.define({
  name: 'flameql',
  parser: parser.configure({
    props: [
      styleTags({
        [KEYWORDS]: tags.keyword,
        'Type/Word': tags.typeName,
        'LabelName!': tags.propertyName,
        MatchOp: tags.compareOperator,
        String: tags.string,
        Variable: tags.variableName,
        'Duration/Word Instant/Word Count/Word': tags.number,
        'Mode/Word': tags.atom,
        '{ }': tags.brace,
        '( )': tags.paren,
        '[ ]': tags.squareBracket,
        ',': tags.separator,
      }),
    ],
  }),
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"', '`'] } },
});

export interface FlameqlOptions {
  /** Without sources only the language itself is completed. */
  sources?: CompletionSources;
  /** What is written: a whole query, or only the part in braces. */
  part?: 'query' | 'selector';
  /** How long after the last key faults are shown, in ms. */
  diagnosticsDelay?: number;
}

/**
 * Highlighting, completion and diagnostics; for a whole query also the key that formats it, and URLs that become queries
 * when they are pasted. Make it once per set of sources: it remembers their answers.
 */
export function flameql(options: FlameqlOptions = {}): LanguageSupport {
  const { sources = NO_SOURCES, part = 'query', diagnosticsDelay = 250 } = options;
  const remembered = rememberAnswers(sources);
  const offers = part === 'query' ? () => true : ({ kind }: CompletionItem) => SELECTOR_ITEMS.has(kind);
  const support: Extension[] = [
    syntaxHighlighting(classHighlighter),
    autocompletion({ override: [(context) => completeInEditor(context, remembered, offers)], icons: false }),
    linter((view) => diagnose(view.state.doc.toString()), { delay: diagnosticsDelay }),
    ...(part === 'query' ? [keymap.of([{ key: FORMAT_KEY, run: formatText }]), pastedUrls] : []),
  ];
  return new LanguageSupport(flameqlLanguage, support);
}

const SELECTOR_ITEMS: ReadonlySet<ItemKind> = new Set(['label', 'operator', 'value', 'variable']);

const FORMAT_KEY = 'Shift-Alt-f';

/** Writes the text in its canonical form; a text with a fault stays as it is. */
function formatText({ state, dispatch }: EditorView): boolean {
  const parsed = parseDraft(state.doc.toString());
  const formatted = parsed.ok ? formatDraft(parsed.query) : undefined;
  if (formatted !== undefined && formatted !== state.doc.toString()) {
    const at = Math.min(state.selection.main.head, formatted.length);
    dispatch(
      state.update({
        changes: { from: 0, to: state.doc.length, insert: formatted },
        selection: { anchor: at },
        userEvent: 'input.format',
      })
    );
  }
  return true;
}

const pastedUrls = EditorView.clipboardInputFilter.of((text) => queryOfUrl(text) ?? text);

const NOTHING: readonly string[] = [];

const NO_SOURCES: CompletionSources = {
  types: async () => NOTHING,
  labels: async () => NOTHING,
  values: async () => NOTHING,
  functions: async () => NOTHING,
};

/** A failing source leaves the editor without completion; whoever owns the source reports the failure. */
async function completeInEditor(
  context: CompletionContext,
  sources: CompletionSources,
  offers: (item: CompletionItem) => boolean
): Promise<CompletionResult | null> {
  // The parser refuses a longer text, and reading it with every key would be slow.
  if (context.state.doc.length > MAX_TEXT_LENGTH) {
    return null;
  }
  const aborted = new AbortController();
  context.addEventListener('abort', () => aborted.abort());
  try {
    const found = await complete(context.state.doc.toString(), context.pos, sources, aborted.signal);
    return found ? toResult({ ...found, items: found.items.filter(offers) }, context) : null;
  } catch {
    return null;
  }
}

const WORD_GOES_ON = /^[A-Za-z0-9_.:/+-]*$/;
/** A bar begins another alternative, a backslash what only the reader understands. */
const STRING_GOES_ON = /^[^"'`|\\]*$/;

function toResult(found: Completion, context: CompletionContext): CompletionResult | null {
  const { from, to, typedFrom, items, isWhole } = found;
  const isTyping = typedFrom < context.pos || from < typedFrom || isAfterOpening(context);
  if (!context.explicit && !isTyping) {
    return null;
  }
  const before = typedFrom - from;
  const after = to - context.pos;
  return {
    from: typedFrom,
    options: items.map((item, i) => toOption(item, items.length - i, before, after)),
    // Asked anew with every key, a list could not be chosen from while its next answer is on the way.
    ...(isWhole && { validFor: before > 0 ? STRING_GOES_ON : WORD_GOES_ON }),
  };
}

/** Behind an opening bracket, a comma or an operator the next thing is offered without a key. */
function isAfterOpening({ state, pos }: CompletionContext): boolean {
  return /[{(,=~@[]\s*$/.test(state.sliceDoc(Math.max(0, pos - 20), pos));
}

const TYPES: Record<ItemKind, string> = {
  alias: 'type',
  type: 'type',
  label: 'property',
  operator: 'operator',
  value: 'text',
  function: 'function',
  keyword: 'keyword',
  duration: 'constant',
  instant: 'constant',
  count: 'constant',
  mode: 'enum',
  variable: 'variable',
};

/** `rank` keeps the order of the items where they match equally well. */
function toOption(item: CompletionItem, rank: number, before: number, after: number): EditorCompletion {
  return {
    label: item.label,
    detail: item.detail,
    type: TYPES[item.kind],
    boost: Math.min(rank / 10, 99),
    apply: (view: EditorView, option: EditorCompletion, from: number, to: number) => {
      const start = from - before;
      view.dispatch({
        changes: { from: start, to: Math.min(to + after, view.state.doc.length), insert: item.insert },
        selection: { anchor: start + item.insert.length },
        annotations: pickedCompletion.of(option),
        userEvent: 'input.complete',
      });
    },
  };
}
