import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { linesOf } from '../../../../src/cluster/watch/lines.ts';
import { ListSplitter } from '../../../../src/cluster/watch/listSplitter.ts';
import { Backoff } from '../../../../src/cluster/watch/backoff.ts';
import { isOlder, versionOf } from '../../../../src/cluster/watch/version.ts';

const recordings = path.join(import.meta.dirname, '../../../fixtures/recordings');

/** Bytes cut at places the property chooses. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

function split(chunks: readonly Buffer[]): { items: unknown[]; list: unknown } {
  const items: unknown[] = [];
  const splitter = new ListSplitter((json) => items.push(JSON.parse(json)));
  for (const chunk of chunks) splitter.push(chunk);
  return { items, list: splitter.end() };
}

const places = fc.array(fc.nat({ max: 100_000 }), { maxLength: 30 });

describe('the list splitter', () => {
  it('gives the items and the rest of any List, whatever its values and wherever it is cut', () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.array(object),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.boolean(),
        fc.constantFrom(0, 1, '\t'),
        places,
        (items, metadata, itemsFirst, indent, cuts) => {
          const list = itemsFirst
            ? { items, metadata }
            : { kind: 'List', metadata, items, items2: ['"items"'] };
          const result = split(cutAt(Buffer.from(JSON.stringify(list, undefined, indent)), cuts));
          const plain = JSON.parse(JSON.stringify(list)) as { items: unknown[] };
          assert.deepEqual(result.items, plain.items);
          assert.deepEqual(result.list, { ...plain, items: [] });
        },
      ),
    );
  });

  it('takes a real page byte by byte', () => {
    const { body } = JSON.parse(readFileSync(path.join(recordings, 'pods-page-1.json'), 'utf8')) as {
      body: { items: unknown[]; metadata: unknown };
    };
    const bytes = Buffer.from(JSON.stringify(body));
    const result = split([...bytes].map((byte) => Buffer.from([byte])));
    assert.deepEqual(result.items, body.items);
    assert.deepEqual((result.list as typeof body).metadata, body.metadata);
  });

  it('takes a list of null, as Go writes an empty one', () => {
    assert.deepEqual(split([Buffer.from('{"items":null,"metadata":{}}')]).items, []);
  });

  it('refuses every list that breaks off', () => {
    const bytes = Buffer.from('{"metadata":{"resourceVersion":"1"},"items":[{"a":"x\\"}"},{"b":[1]}]}');
    for (let end = 1; end < bytes.length; end++) {
      assert.throws(() => split([bytes.subarray(0, end)]), { code: 'malformed-answer' }, `at ${end}`);
    }
  });
});

describe('the lines of a stream', () => {
  const linesFrom = async (chunks: readonly Buffer[], limit?: number): Promise<string[]> => {
    const lines: string[] = [];
    async function* stream(): AsyncGenerator<Buffer> {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    }
    for await (const line of linesOf(stream(), limit)) lines.push(line);
    return lines;
  };

  it('come whole wherever chunks end, also inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue().map((value) => JSON.stringify(value))),
        places,
        async (lines, cuts) => {
          const text = lines.map((line) => `${line}\n`).join('');
          assert.deepEqual(await linesFrom(cutAt(Buffer.from(text), cuts)), lines);
        },
      ),
    );
  });

  it('are bounded, and a last one without an end is no line', async () => {
    await assert.rejects(linesFrom([Buffer.from('abc'), Buffer.from('def')], 5), {
      code: 'malformed-answer',
    });
    await assert.rejects(linesFrom([Buffer.from('{}\n{"a"')]), { code: 'malformed-answer' });
  });
});

describe('backoff', () => {
  it('doubles from 0.8 to 30 s with full jitter, and begins anew after two quiet minutes', () => {
    let now = 0;
    const ceilings = new Backoff({ now: () => now, random: () => 1 });
    const delays = Array.from({ length: 8 }, () => ceilings.next());
    assert.deepEqual(delays, [800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
    now += 119_000;
    assert.equal(ceilings.next(), 30_000);
    now += 121_000;
    assert.equal(ceilings.next(), 800);
    assert.equal(new Backoff({ now: () => 0, random: () => 0.5 }).next(), 400);
    assert.equal(new Backoff({ now: () => 0, random: () => 0 }).next(), 50);
  });
});

describe('resource versions', () => {
  it('have an order only where both are numbers', () => {
    assert.equal(isOlder(versionOf('99'), versionOf('100')), true);
    assert.equal(isOlder(versionOf('100'), versionOf('100')), false);
    assert.equal(isOlder(versionOf('9a'), versionOf('100')), false);
    assert.equal(isOlder(undefined, versionOf('1')), false);
    assert.equal(versionOf('99999999999999999999'), '99999999999999999999');
  });
});
