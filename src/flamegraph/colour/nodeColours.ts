import type { Rgba } from './rgba';

/** Fill of each node of one tree. Asked for every cell of every picture, so an implementation must look up what it found once. */
export interface NodeColours {
  of(node: number): Rgba;
}
