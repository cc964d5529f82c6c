import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancelledError, delay } from '../../../src/base/cancellation.ts';
import { isCancellation, messageOf } from '../../../src/base/errors.ts';
import { DisposableStore, Emitter } from '../../../src/base/event.ts';
import { manyLines, markdownCodeBlock, markdownText, oneLine } from '../../../src/base/hostileText.ts';
import { shellQuote } from '../../../src/base/shellQuote.ts';
import { execFileSync } from 'node:child_process';

describe('Emitter', () => {
  it('keeps telling the others when one listener throws', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('mine');
    });
    const subscription = emitter.event((value) => heard.push(value));
    emitter.fire(1);
    subscription.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, [1]);
    assert.deepEqual(errors.map(messageOf), ['mine', 'mine']);
  });
});

describe('DisposableStore', () => {
  it('disposes last first, and at once after its end', () => {
    const order: string[] = [];
    const item = (name: string) => ({ dispose: () => order.push(name) });
    const store = new DisposableStore();
    store.add(item('a'));
    store.add(item('b'));
    store.dispose();
    store.add(item('late'));
    assert.deepEqual(order, ['b', 'a', 'late']);
  });
});

describe('delay', () => {
  it('ends as soon as it is cancelled', async () => {
    const controller = new AbortController();
    const waiting = delay(60_000, controller.signal);
    controller.abort();
    await assert.rejects(waiting, (error) => error instanceof CancelledError && isCancellation(error));
    await assert.rejects(delay(1, controller.signal), CancelledError);
  });
});

describe('hostile text', () => {
  it('loses its power over terminals and reading order', () => {
    assert.equal(oneLine('a\u001b[31mb\u202ec\u0000'), 'a\ufffd[31mb\ufffdc\ufffd');
    assert.equal(oneLine('a\r\nb\tc'), 'a b c');
    assert.equal(oneLine('x'.repeat(1_000_000), 10), `${'x'.repeat(9)}…`);
    assert.equal(manyLines('a\r\nb\u009bc'), 'a\nb\ufffdc');
  });

  it('cannot start Markdown, HTML or a command link', () => {
    const text = markdownText('[x](command:evil) <img src=x> `a` **b** $(sync~spin)');
    assert.ok(!/(^|[^\\])[[\](`*<$]/.test(text.replaceAll('&lt;', '')), text);
  });

  it('never leaves its code block', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', '\n', '~') }), (content) => {
        const lines = markdownCodeBlock(content).split('\n');
        const fence = lines.at(-1)!;
        assert.ok(/^`{3,}$/.test(fence));
        assert.equal(lines[0], `${fence}text`);
        assert.ok(lines.slice(1, -1).every((line) => !line.includes(fence)));
      }),
    );
  });
});

describe('shellQuote', () => {
  it('makes words that a real shell reads back unchanged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("'", '"', '$', ' ', 'a', '\\', '`', '\n', ';', '!') }), {
          minLength: 1,
        }),
        (words) => {
          const script = `printf '%s\\0' ${shellQuote(words)}`;
          const output = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
          assert.deepEqual(output.split('\0').slice(0, -1), words);
        },
      ),
      { numRuns: 30 },
    );
  });
});
