/**
 * How far the sum of a row's children may be off its total because of rounding: values are 64-bit integers or scaled
 * samples that JSON carried as doubles. One part in a million, half a unit for every child where all are whole numbers
 * (a server that scales totals and children apart), and what doubles lose at this distance from zero.
 */
export function slack(total: number, sum: number, children: number, end: number): number {
  const whole = Number.isInteger(total) && Number.isInteger(sum) ? children * 0.5 : 0;
  return total * 1e-6 + whole + end * (children + 1) * 1e-15;
}
