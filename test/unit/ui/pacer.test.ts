import assert from 'node:assert/strict';
import { Pacer } from '../../../src/ui/host/pacer.ts';

describe('The pacer', () => {
  it('runs small work at once, each time', () => {
    let runs = 0;
    const pacer = new Pacer(
      () => runs++,
      () => 0,
    );
    pacer.ask();
    pacer.ask();
    assert.equal(runs, 2);
  });

  it('joins what is asked for during the rest after long work', async () => {
    let clock = 0;
    let runs = 0;
    let ranAgain: () => void = () => undefined;
    const again = new Promise<void>((resolve) => (ranAgain = resolve));
    const pacer = new Pacer(
      () => {
        runs++;
        clock += 5;
        if (runs === 2) ranAgain();
      },
      () => clock,
    );
    pacer.ask();
    for (let index = 0; index < 10; index++) pacer.ask();
    assert.equal(runs, 1);
    await again;
    assert.equal(runs, 2);
    pacer.dispose();
  });

  it('runs nothing after its end', async () => {
    let clock = 0;
    let runs = 0;
    const pacer = new Pacer(
      () => {
        runs++;
        clock += 1;
      },
      () => clock,
    );
    pacer.ask();
    pacer.ask();
    pacer.dispose();
    // Longer than the rest of 4 ms that the second run would have waited for.
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(runs, 1);
  });
});
