import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Debouncer } from '../../../src/ui/editor/debouncer.ts';

describe('the debouncer', () => {
  it('runs each key once, however often it was asked', async () => {
    const ran: string[] = [];
    await new Promise<void>((resolve) => {
      const debouncer = new Debouncer<string>((key) => {
        ran.push(key);
        if (key === 'last') resolve();
      });
      for (let i = 0; i < 5; i++) debouncer.schedule('often', 1);
      debouncer.schedule('last', 30);
    });
    assert.deepEqual(ran, ['often', 'last']);
  });

  it('runs nothing that was cancelled, and nothing once disposed of', async () => {
    const ran: string[] = [];
    const debouncer = new Debouncer<string>((key) => ran.push(key));
    debouncer.schedule('cancelled', 0);
    debouncer.cancel('cancelled');
    debouncer.schedule('late', 0);
    debouncer.dispose();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await turn();
    assert.deepEqual(ran, []);
  });
});
