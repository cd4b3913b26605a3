/** CPU profiling is on for some seconds of every so many. */
export interface DutyCycle {
  seconds: number;
  every: number;
}

/** The share that a duty cycle covers; undefined when it is none. */
export function coverageOf({ seconds, every }: DutyCycle): number | undefined {
  return seconds > 0 && every >= seconds ? seconds / every : undefined;
}

/** A share as seconds of every minute; the seconds are rounded to thousandths. */
export function dutyCycleOf(coverage: number): DutyCycle {
  return { seconds: Math.round(coverage * 60_000) / 1000, every: 60 };
}
