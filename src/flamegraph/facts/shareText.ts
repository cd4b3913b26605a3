/** A share as text: never a false '0%' or '100%', and '–' for a share of nothing. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) {
    return '–';
  }
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) {
    return '<0.01%';
  }
  if (percent > 99.9 && percent < 100) {
    return '>99.9%';
  }
  return `${percent.toFixed(percent >= 10 && percent < 100 ? 1 : 2).replace(/\.?0+$/, '')}%`;
}

/** A relative change as text, with its sign; 'new' is the word for what the baseline does not have. */
export function changeText(change: number, wordForNew: string): string {
  if (change === Infinity) {
    return wordForNew;
  }
  const exact = Math.abs(change * 100);
  const size = Number(exact.toFixed(exact >= 100 ? 0 : exact >= 10 ? 1 : 2));
  return `${signText(change, size)}${size}%`;
}

/** The sign of a change; what rounds to nothing has none. */
export function signText(change: number, rounded: number): string {
  if (rounded === 0) {
    return '';
  }
  return change > 0 ? '+' : '−';
}
