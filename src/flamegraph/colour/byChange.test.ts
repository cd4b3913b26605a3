import { NAME_COLOUR } from '../state/scene';

import { changeColour } from './byChange';
import { channels, contrast, type Rgba, rgb } from './rgba';

/**
 * What people without one kind of cones see: matrices for linear RGB at full severity from Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, table 1.
 */
const DEFICIENCIES: Record<string, number[][]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  achromatopsia: Array<number[]>(3).fill([0.2126, 0.7152, 0.0722]),
};

const linear = (channel: number) => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
};

function seen(colour: Rgba, matrix: number[][]): number[] {
  const light = channels(colour).map(linear);
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, at) => sum + weight * light[at], 0)
      )
    )
  );
}

/** CIELAB (D65) of linear RGB. */
function lab([r, g, b]: number[]): number[] {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, at) => value - b[at]));

describe.each([
  ['light', false],
  ['dark', true],
])('colours of changes, %s theme', (_, isDark) => {
  const [less, same, more] = [-1, 0, 1].map((strength) => changeColour(strength, isDark));

  it.each(Object.entries(DEFICIENCIES))('tell less, the same and more apart with %s', (_name, matrix) => {
    const [l, s, m] = [less, same, more].map((colour) => lab(seen(colour, matrix)));
    // A difference of 2.3 is just noticed side by side; these have to be told apart across a picture.
    expect(distance(l, m)).toBeGreaterThan(12);
    expect(distance(l, s)).toBeGreaterThan(7);
    expect(distance(m, s)).toBeGreaterThan(7);
  });

  it('grow apart with the change', () => {
    for (const side of [-1, 1]) {
      const away = [0.1, 0.3, 0.6, 1].map((strength) =>
        distance(
          lab(seen(changeColour(side * strength, isDark), DEFICIENCIES.none)),
          lab(seen(same, DEFICIENCIES.none))
        )
      );
      expect(away).toEqual([...away].sort((a, b) => a - b));
    }
  });

  it('let names be read', () => {
    const name = rgb(
      parseInt(NAME_COLOUR.slice(1, 3), 16),
      parseInt(NAME_COLOUR.slice(3, 5), 16),
      parseInt(NAME_COLOUR.slice(5), 16)
    );
    for (let strength = -1; strength <= 1; strength += 0.1) {
      expect(contrast(changeColour(strength, isDark), name)).toBeGreaterThan(4.5);
    }
  });
});
