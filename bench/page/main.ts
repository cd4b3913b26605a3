import * as ours from './ours';
import * as peer from './peer';
import { ROWS, type CaseName } from './rows';
import type { ShapeName } from '../engine/generate';

declare global {
  interface Window {
    /** What bench/run.mjs calls, one row and one side a page. */
    bench: {
      rows: typeof ROWS;
      run(side: 'ours' | 'peer', run: CaseName, shape: ShapeName): number | Promise<number>;
      forget(): void;
    };
  }
}

window.bench = {
  rows: ROWS,
  run: (side, run, shape) => (side === 'ours' ? ours.runOurs(run, shape) : peer.runPeer(run, shape)),
  forget() {
    ours.forget();
    peer.forget();
  },
};
