import { rgb, type Rgba } from './rgba';

/**
 * A colour of the OKLCH space (Björn Ottosson, 2020), in which equal lightness looks equally light whatever the hue, so
 * that no package of a flame graph stands out by chance. Lightness 0..1, chroma 0 to about 0.3, hue in degrees. Colours
 * that a screen cannot show are clipped.
 */
export function oklch(lightness: number, chroma: number, hue: number): Rgba {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const long = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  const medium = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  const short = Math.pow(lightness - 0.0894841775 * a - 1.291485548 * b, 3);
  return rgb(
    fromLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    fromLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    fromLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  );
}

/** A channel of linear light 0..1 as an sRGB byte. */
function fromLinear(light: number): number {
  const clipped = Math.min(1, Math.max(0, light));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
