import { shortName } from '../names/shortName';

const ELLIPSIS = '…';
/** A name cut to fewer characters says nothing. */
const FEWEST_CHARACTERS = 3;

/** Width of a text in device pixels, as CanvasRenderingContext2D.measureText gives it. */
export type MeasureText = (text: string) => number;

/**
 * Fits names into bars. Every name is measured once; what is cut is cut by the widths of its characters, so no text is
 * measured while painting.
 */
export class NameFitter {
  private readonly short: Array<string | undefined>;
  private readonly fullWidth: Float32Array;
  private readonly shortWidth: Float32Array;
  private readonly characterWidths = new Map<string, number>();

  constructor(
    private readonly labels: readonly string[],
    private readonly measure: MeasureText
  ) {
    this.short = new Array(labels.length);
    this.fullWidth = new Float32Array(labels.length);
    this.shortWidth = new Float32Array(labels.length);
  }

  /** The name, else its short form, else as much of the short form as fits; '' when too little would be left. */
  fit(label: number, room: number): string {
    if (this.widthOf(label) <= room) {
      return this.labels[label];
    }
    const short = (this.short[label] ??= shortName(this.labels[label]));
    if (this.shortWidth[label] === 0) {
      this.shortWidth[label] = this.measure(short);
    }
    return this.shortWidth[label] <= room ? short : this.cut(short, room);
  }

  /** Width of the whole name in device pixels. */
  widthOf(label: number): number {
    if (this.fullWidth[label] === 0) {
      this.fullWidth[label] = this.measure(this.labels[label]);
    }
    return this.fullWidth[label];
  }

  /** Width of any text, added up from its characters: for numbers, of which there are too many to measure each. */
  sumOf(text: string): number {
    let width = 0;
    for (const character of text) {
      width += this.characterWidth(character);
    }
    return width;
  }

  private cut(text: string, room: number): string {
    let used = this.characterWidth(ELLIPSIS);
    let taken = 0;
    let characters = 0;
    // By code points, so that no surrogate pair is torn.
    for (const character of text) {
      used += this.characterWidth(character);
      if (used > room) {
        break;
      }
      taken += character.length;
      characters++;
    }
    return characters < FEWEST_CHARACTERS ? '' : text.slice(0, taken) + ELLIPSIS;
  }

  private characterWidth(character: string): number {
    let width = this.characterWidths.get(character);
    if (width === undefined) {
      width = this.measure(character);
      this.characterWidths.set(character, width);
    }
    return width;
  }
}
