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
  const percent = change * 100;
  const size = Math.abs(percent);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Number(size.toFixed(digits))}%`;
}
