import assert from 'node:assert/strict';
import fc from 'fast-check';
import { framesOf } from '../../../../src/cluster/protobuf/frames.ts';
import { ProtobufListReader } from '../../../../src/cluster/protobuf/listReader.ts';
import { envelope, listMessage, watchFrame } from '../../../../src/lab/protobuf/messages.ts';

/** Bytes cut at places the property chooses. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const places = fc.array(fc.nat({ max: 100_000 }), { maxLength: 30 });
const items = fc.array(fc.uint8Array({ maxLength: 400 }));

function read(chunks: readonly Buffer[]): { items: string[]; end: unknown } {
  const found: string[] = [];
  const reader = new ProtobufListReader((bytes) => found.push(bytes.toString('hex')));
  for (const chunk of chunks) reader.push(chunk);
  return { items: found, end: reader.end() };
}

const hex = (all: readonly Uint8Array[]): string[] => all.map((each) => Buffer.from(each).toString('hex'));

describe('a list in protobuf', () => {
  it('gives its items and its end, wherever it is cut', () => {
    fc.assert(
      fc.property(items, fc.string(), places, (all, next, cuts) => {
        const bytes = envelope('v1', 'PodList', listMessage({ resourceVersion: '706', continue: next }, all));
        const { items: found, end } = read(cutAt(bytes, cuts));
        assert.deepEqual(found, hex(all));
        assert.deepEqual(end, { resourceVersion: '706', next });
      }),
    );
  });

  it('gives them byte by byte, the metadata behind the items', () => {
    const metadata = [0x0a, 5, 0x12, 3, 0x37, 0x30, 0x36];
    const bytes = envelope('v1', 'PodList', Buffer.from([0x12, 1, 7, 0x12, 0, ...metadata]));
    const { items: found, end } = read([...bytes].map((byte) => Buffer.from([byte])));
    assert.deepEqual(found, ['07', '']);
    assert.deepEqual(end, { resourceVersion: '706', next: '' });
  });

  it('is refused wherever it breaks off', () => {
    const all = [Buffer.from('one'), Buffer.from('two'.repeat(60))];
    const bytes = envelope('v1', 'PodList', listMessage({ resourceVersion: '1' }, all));
    // The last four bytes are two empty fields behind the list: without them it is whole, too.
    const whole = new Set([bytes.length - 4, bytes.length - 2]);
    for (let end = 0; end < bytes.length; end++) {
      if (whole.has(end)) continue;
      assert.throws(() => read([bytes.subarray(0, end)]), { code: 'malformed-answer' }, `at ${end}`);
    }
  });

  it('is refused where it is something else, and never does worse', () => {
    assert.throws(() => read([Buffer.from('{"kind":"PodList"}')]), { code: 'malformed-answer' });
    assert.throws(() => read([Buffer.from('<html>')]), { code: 'malformed-answer' });
    const whole = envelope('v1', 'PodList', listMessage({ resourceVersion: '1' }, [Buffer.from('pod')]));
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), places, (at, byte, cuts) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        try {
          read(cutAt(bytes, cuts));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'malformed-answer', String(error));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds no object that is longer than any could be', () => {
    // An item of 1 GiB announced: it is refused before it is gathered.
    const list = [0x12, 0x80, 0x80, 0x80, 0x80, 0x04];
    const bytes = Buffer.concat([
      Buffer.from('k8s\0', 'latin1'),
      Buffer.from([0x12, 0x80, 0x80, 0x80, 0x80, 0x08, ...list]),
    ]);
    assert.throws(() => read([bytes]), /an object is longer than 16 MiB/);
  });
});

describe('the frames of a watch', () => {
  const framesFrom = async (chunks: readonly Buffer[], limit?: number): Promise<Buffer[]> => {
    const frames: Buffer[] = [];
    async function* stream(): AsyncGenerator<Buffer> {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    }
    for await (const frame of framesOf(stream(), limit)) frames.push(frame);
    return frames;
  };

  it('come whole wherever chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(items, places, async (all, cuts) => {
        const frames = all.map((object) => watchFrame('ADDED', object));
        const read = await framesFrom(cutAt(Buffer.concat(frames), cuts));
        assert.deepEqual(hex(read), hex(frames.map((frame) => frame.subarray(4))));
      }),
    );
  });

  it('are bounded, and one that is not whole at the end is none', async () => {
    const frame = watchFrame('ADDED', Buffer.from('object'));
    await assert.rejects(framesFrom([frame], 5), { code: 'malformed-answer' });
    for (let end = 1; end < frame.length; end++) {
      await assert.rejects(framesFrom([frame.subarray(0, end)]), { code: 'malformed-answer' });
    }
  });
});
