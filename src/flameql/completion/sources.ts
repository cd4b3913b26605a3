import type { DraftMatcher } from '../draft';

/** What completion asks the outside world. An answer may fail or be empty: there is nothing to offer then. */
export interface CompletionSources {
  /** Full ids of the profile types found in this scope, which never names a type. */
  types(scope: Scope, signal: AbortSignal): Promise<readonly string[]>;
  labels(scope: Scope, signal: AbortSignal): Promise<readonly string[]>;
  values(label: string, scope: Scope, signal: AbortSignal): Promise<readonly string[]>;
  /** Names of functions seen in this scope. */
  functions(scope: Scope, signal: AbortSignal): Promise<readonly string[]>;
  /** Dashboard variables as they are written: $service. */
  variables?(): readonly string[];
  /** What answers depend on besides their scope, such as a time range: what was asked under another key is asked anew. */
  key?(): string;
}

/**
 * What the rest of the query has chosen already, inherited parts included. Variables are not filled in. Without the
 * label that is being completed, so that its other values are found.
 */
export interface Scope {
  type?: string;
  matchers: DraftMatcher[];
}

const MOST_ANSWERS = 50;

/** Remembers answers, so that every key pressed in one place asks once. What failed or was given up is asked again. */
export function rememberAnswers(sources: CompletionSources): CompletionSources {
  const answers = new Map<string, Promise<readonly string[]>>();
  const remember = (key: unknown[], signal: AbortSignal, ask: () => Promise<readonly string[]>) => {
    const name = JSON.stringify([sources.key?.(), ...key]);
    const known = answers.get(name);
    if (known) {
      return known;
    }
    const [oldest] = answers.keys();
    if (answers.size >= MOST_ANSWERS && oldest !== undefined) {
      answers.delete(oldest);
    }
    const answer = ask();
    const forget = () => answers.delete(name);
    answers.set(name, answer);
    signal.addEventListener('abort', forget);
    answer.then(() => signal.removeEventListener('abort', forget), forget);
    return answer;
  };
  return {
    types: (scope, signal) => remember(['types', scope], signal, () => sources.types(scope, signal)),
    labels: (scope, signal) => remember(['labels', scope], signal, () => sources.labels(scope, signal)),
    values: (label, scope, signal) =>
      remember(['values', label, scope], signal, () => sources.values(label, scope, signal)),
    functions: (scope, signal) => remember(['functions', scope], signal, () => sources.functions(scope, signal)),
    variables: () => sources.variables?.() ?? [],
    key: () => sources.key?.() ?? '',
  };
}
