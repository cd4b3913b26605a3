import { type Observable, shareReplay } from 'rxjs';

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
    const answer = ask().pipe(shareReplay({ bufferSize: 1, refCount: true }));
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
