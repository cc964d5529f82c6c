import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Emitter } from '../../../src/base/event.ts';
import { Attention } from '../../../src/ui/host/attention.ts';

describe('attention to a window', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('ends a while after the focus, and is back with it', () => {
    const focus = new Emitter<boolean>();
    const attention = new Attention(true, focus.event, 1_000);
    const told: boolean[] = [];
    attention.onDidChange((isPaid) => told.push(isPaid));
    mock.timers.tick(5_000);
    focus.fire(false);
    mock.timers.tick(999);
    focus.fire(true);
    mock.timers.tick(5_000);
    assert.deepEqual(told, []);
    focus.fire(false);
    mock.timers.tick(1_000);
    assert.deepEqual([told, attention.isPaid], [[false], false]);
    focus.fire(true);
    assert.deepEqual([told, attention.isPaid], [[false, true], true]);
    attention.dispose();
    assert.equal(focus.hasListeners, false);
  });

  it('runs out too where a window opens in the background', () => {
    const attention = new Attention(false, new Emitter<boolean>().event, 1_000);
    assert.equal(attention.isPaid, true);
    mock.timers.tick(1_000);
    assert.equal(attention.isPaid, false);
    attention.dispose();
  });
});
