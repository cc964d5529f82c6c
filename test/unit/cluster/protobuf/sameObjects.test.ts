import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readMessage } from '../../../../src/cluster/protobuf/readMessage.ts';
import { shapes } from '../../../../src/cluster/protobuf/shapes.ts';
import { SharedStrings } from '../../../../src/cluster/protobuf/sharedStrings.ts';
import { writeStruct } from '../../../../src/lab/protobuf/writeObject.ts';
import type { Kind } from '../../../../src/model/objects.ts';
import { readers } from '../../../../src/model/readObject.ts';
import { structs } from './objects.ts';

type Json = Record<string, unknown>;

const structNames = {
  Namespace: 'core.v1.Namespace',
  Node: 'core.v1.Node',
  Pod: 'core.v1.Pod',
  Service: 'core.v1.Service',
  EndpointSlice: 'discovery.v1.EndpointSlice',
  NetworkPolicy: 'networking.v1.NetworkPolicy',
  PersistentVolumeClaim: 'core.v1.PersistentVolumeClaim',
  PersistentVolume: 'core.v1.PersistentVolume',
  StorageClass: 'storage.v1.StorageClass',
} as const satisfies Partial<Record<Kind, string>>;
const kinds = Object.keys(structNames) as (keyof typeof structNames)[];

const strings = new SharedStrings();

function fromProtobuf(kind: keyof typeof structNames, object: Json): unknown {
  const shape = shapes[kind];
  assert.ok(shape);
  const bytes = Buffer.from(writeStruct(structNames[kind], object));
  return readers[kind](readMessage(bytes, shape, strings));
}

describe('an object read from protobuf', () => {
  it('is known for every kind that has a protobuf form', () => {
    assert.deepEqual(Object.keys(shapes).sort(), [...kinds].sort());
  });

  for (const kind of kinds) {
    it(`is the one read from JSON: any ${kind}`, function () {
      this.timeout(30_000);
      fc.assert(
        fc.property(structs(structNames[kind]), (object) => {
          assert.deepEqual(fromProtobuf(kind, object), readers[kind](object));
        }),
        { numRuns: 150 },
      );
    });
  }

  for (const [file, kind] of [
    ['pods.json', 'Pod'],
    ['services.json', 'Service'],
    ['endpointslices.json', 'EndpointSlice'],
    ['nodes.json', 'Node'],
    ['namespaces.json', 'Namespace'],
  ] as const) {
    it(`is the one read from JSON: the recorded ${kind} objects`, () => {
      const text = readFileSync(path.join(import.meta.dirname, '../../../fixtures/recordings', file), 'utf8');
      const { items } = JSON.parse(text) as { items: Json[] };
      assert.ok(items.length > 0);
      for (const item of items) assert.deepEqual(fromProtobuf(kind, item), readers[kind](item));
    });
  }

  it('says of a volume whose source is newer than the table that it is unknown, not that it is empty', () => {
    const shape = shapes.Pod;
    assert.ok(shape);
    // spec (2) { volumes (1) { name (1): "v", volumeSource (2) { 99: {} } } }
    const source = [0x9a, 6, 0];
    const volume = [0x0a, 1, 0x76, 0x12, source.length, ...source];
    const bytes = Buffer.from([0x12, volume.length + 2, 0x0a, volume.length, ...volume]);
    const pod = readers.Pod(readMessage(bytes, shape, strings));
    assert.deepEqual(pod.volumes, [{ name: 'v', kind: '(field 99)', source: '' }]);
  });

  it('is refused where it is malformed, and never does worse', () => {
    const shape = shapes.Pod;
    assert.ok(shape);
    const read = (bytes: Uint8Array): void => {
      try {
        readMessage(Buffer.from(bytes), shape, strings);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'malformed-answer', String(error));
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), read), { numRuns: 2_000 });
    const whole = writeStruct('core.v1.Pod', {
      metadata: { name: 'a', labels: { b: 'c' } },
      spec: { nodeName: 'n' },
    });
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        read(whole.map((was, index) => (index === at ? byte : was)));
      }),
      { numRuns: 2_000 },
    );
    for (let end = 1; end < whole.length; end++) read(whole.subarray(0, end));
  });
});

describe('strings that repeat', () => {
  it('are kept once, and are what they were', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(fc.array(text), (all) => {
        const shared = new SharedStrings();
        for (const each of [...all, ...all]) {
          const bytes = Buffer.from(`<${each}>`);
          assert.equal(shared.read(bytes, 1, bytes.length - 1), each);
        }
      }),
    );
  });
});
