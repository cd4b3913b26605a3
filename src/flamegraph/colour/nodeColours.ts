import type { Rgba } from './rgba';

/** Fill of each node of one tree. Asked for every cell of every picture, so an implementation must only look up. */
export interface NodeColours {
  of(node: number): Rgba;
}
