import { defer, NEVER, type Observable, of, ReplaySubject, share, tap } from 'rxjs';

const FRESH_MS = 60_000;
const MOST_ANSWERS = 200;

/**
 * Remembers the answers to the latest questions for a minute. Subscribers of one question share one request; it is
 * cancelled when the last of them leaves before the answer, and asked anew after an error.
 */
export class RecentAnswers<T> {
  private readonly answers = new Map<string, { since: number; answer: Observable<T> }>();

  get(question: string, ask: () => Observable<T>, now: number = Date.now()): Observable<T> {
    const known = this.answers.get(question);
    if (known && now - known.since < FRESH_MS) {
      return known.answer;
    }
    const answer = sharedUntilAnswered(defer(ask));
    this.answers.delete(question);
    this.answers.set(question, { since: now, answer });
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= MOST_ANSWERS) {
        break;
      }
      this.answers.delete(oldest);
    }
    return answer;
  }
}

/** Who only wants one value leaves before the source completes; an answer that is there is kept all the same. */
function sharedUntilAnswered<T>(source: Observable<T>): Observable<T> {
  let answered = false;
  return source.pipe(
    tap({ next: () => (answered = true), error: () => (answered = false) }),
    share({
      connector: () => new ReplaySubject<T>(1),
      resetOnComplete: false,
      resetOnRefCountZero: () => (answered ? NEVER : of(undefined)),
    })
  );
}
