import assert from 'node:assert/strict';
import { TimeSlices } from '../../../../src/cluster/watch/timeSlices.ts';

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('time slices', () => {
  it('let others have their turn after long work, whoever asks', async () => {
    const slices = new TimeSlices();
    const { signal } = new AbortController();
    await slices.turn(signal);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (turns < 1_000) setImmediate(count);
    };
    setImmediate(count);
    for (let bite = 0; bite < 3; bite++) {
      work(20);
      const before = turns;
      await Promise.all([slices.turn(signal), slices.turn(signal)]);
      assert.ok(turns > before, `bite ${bite}`);
    }
    turns = 1_000;
  });

  it('end with the signal', async () => {
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(new TimeSlices().turn(abort.signal), { name: 'AbortError' });
  });
});
