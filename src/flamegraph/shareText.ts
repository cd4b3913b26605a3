/** A share as text: three significant digits at most, never a false '0 %' or '100 %'. NaN (of nothing) is '–'. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) {
    return '–';
  }
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) {
    return '<0.01%';
  }
  if (percent > 99.99 && percent < 100) {
    return '>99.9%';
  }
  const digits = percent >= 10 ? 1 : 2;
  return `${Number(percent.toFixed(digits))}%`;
}
