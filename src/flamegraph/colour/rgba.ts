/** An opaque colour as a pixel of ImageData seen through a Uint32Array: 0xAABBGGRR on little-endian machines, which all are. */
export type Rgba = number;

export function rgb(red: number, green: number, blue: number): Rgba {
  return ((0xff << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

export function channels(colour: Rgba): [red: number, green: number, blue: number] {
  return [colour & 0xff, (colour >>> 8) & 0xff, (colour >>> 16) & 0xff];
}

/** The colour seen when `over` covers `share` (0..1) of `under`. */
export function mix(under: Rgba, over: Rgba, share: number): Rgba {
  if (share >= 1) {
    return over;
  }
  const weight = Math.round(share * 256);
  const rest = 256 - weight;
  // Red and blue are mixed in one multiplication: eight empty bits between them take the product.
  const redBlue = (((over & 0xff00ff) * weight + (under & 0xff00ff) * rest) / 256) & 0xff00ff;
  const green = (((over & 0xff00) * weight + (under & 0xff00) * rest) / 256) & 0xff00;
  return (0xff000000 | redBlue | green) >>> 0;
}

export function toCss(colour: Rgba): string {
  return `#${channels(colour)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Relative luminance by WCAG 2.2, 0 (black) to 1 (white). */
function luminance(colour: Rgba): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
export function contrast(a: Rgba, b: Rgba): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
