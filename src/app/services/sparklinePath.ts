interface SparklinePath {
  /** SVG paths: through the values, and what lies between them and the bottom. */
  line: string;
  area: string;
  highest: number;
}

/** Values from 0 to the highest drawn from left to right in a box of pixels; what is null is passed over. */
export function sparklinePath(values: Array<number | null>, width: number, height: number): SparklinePath {
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  // Half a pixel of air, so that the line is not cut at the top and the bottom.
  const yOf = (value: number) => height - 0.5 - (highest > 0 ? value / highest : 0) * (height - 1);
  const points = values.flatMap((value, i) => (value === null ? [] : [{ x: i * step, y: yOf(value) }]));
  if (points.length === 0) {
    return { line: '', area: '', highest };
  }
  const corners = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  // A single value would be a point that nobody sees.
  const line = points.length === 1 ? `M0 ${points[0].y.toFixed(1)}H${width}` : `M${corners.join('L')}`;
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const area =
    points.length === 1 ? '' : `M${first.toFixed(1)} ${height}L${corners.join('L')}L${last.toFixed(1)} ${height}Z`;
  return { line, area, highest };
}
