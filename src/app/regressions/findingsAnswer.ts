import type { Begun, Done, Failed, Progress, ServiceFindings } from './findings';

/** What is known of the findings so far. */
export interface FindingsAnswer {
  begun?: Begun;
  progress?: Progress;
  /** What was found of each service and profile type, in the order in which it became known. */
  services: ServiceFindings[];
  done?: Done;
  failed?: Failed;
}

export const NOTHING_YET: FindingsAnswer = { services: [] };

/** Adds lines of the stream. A line of a kind that this version does not know is passed over. */
export function takeLines(answer: FindingsAnswer, lines: readonly unknown[]): FindingsAnswer {
  const next: FindingsAnswer = { ...answer, services: [...answer.services] };
  for (const line of lines) {
    switch ((line as { event?: unknown } | null)?.event) {
      case 'begun':
        next.begun = line as Begun;
        break;
      case 'progress':
        next.progress = line as Progress;
        break;
      case 'service':
        next.services.push(whole(line as ServiceFindings));
        break;
      case 'done':
        next.done = line as Done;
        break;
      case 'failed':
        next.failed = line as Failed;
        break;
    }
  }
  return next;
}

/** Go writes a list without entries as null, too. */
function whole(found: ServiceFindings): ServiceFindings {
  const { findings, rejected, deploys, notices } = found;
  return {
    ...found,
    findings: findings ?? [],
    rejected: rejected ?? [],
    deploys: deploys ?? [],
    notices: notices ?? [],
  };
}

/** Whether the last line is there: nothing more comes. */
export function isOver({ done, failed }: FindingsAnswer): boolean {
  return done !== undefined || failed !== undefined;
}

/** What the backend says besides the findings, each once. */
export function noticesOf({ begun, done }: FindingsAnswer): string[] {
  return [...new Set([...(begun?.notices ?? []), ...(done?.notices ?? [])])];
}
