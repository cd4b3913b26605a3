import { runNow, runSliced, type Steps } from './steps';

function* count(to: number): Steps<string> {
  for (let i = 0; i < to; i++) {
    yield i / to;
  }
  return 'done';
}

/** Every step takes longer than a slice. */
function* slow(to: number): Steps<string> {
  for (const progress of count(to)) {
    const until = performance.now() + 2;
    while (performance.now() < until) {
      // Busy, as a computation is.
    }
    yield progress;
  }
  return 'done';
}

describe('runNow', () => {
  it('runs to the end', () => expect(runNow(count(5))).toBe('done'));
});

describe('runSliced', () => {
  it('gives way to the event loop and tells the progress', async () => {
    const seen: number[] = [];
    let turns = 0;
    const ticking = setInterval(() => turns++, 0);
    const result = await runSliced(slow(10), { sliceMs: 1, onProgress: (done) => seen.push(done) });
    clearInterval(ticking);
    expect(result).toBe('done');
    expect(seen).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(turns).toBeGreaterThan(0);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const running = runSliced(slow(1e9), { sliceMs: 1, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not start when it was cancelled before', async () => {
    const steps = count(5);
    await expect(runSliced(steps, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(steps.next()).toMatchObject({ value: 0 });
  });

  it('hands on what goes wrong', async () => {
    const broken = (function* (): Steps<string> {
      yield 0;
      throw new Error('broken');
    })();
    await expect(runSliced(broken)).rejects.toThrow('broken');
  });
});
