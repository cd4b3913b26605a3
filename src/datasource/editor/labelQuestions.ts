import type { Observable } from 'rxjs';

/** What completion and filters ask for; each answer is narrowed by what the selector says already. */
export interface LabelQuestions {
  names: (labelSelector: string) => Observable<string[]>;
  /** Values of a label, narrowed by the matchers on other labels. */
  values: (label: string, labelSelector: string) => Observable<string[]>;
}
