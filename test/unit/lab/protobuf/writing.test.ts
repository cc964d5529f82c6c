import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {
  envelope,
  listMessage,
  objectMessage,
  statusMessage,
  structOf,
  watchFrame,
} from '../../../../src/lab/protobuf/messages.ts';
import { writeStruct } from '../../../../src/lab/protobuf/writeObject.ts';
import { openEnvelope, readProtobuf } from '../../../../src/lab/schema/protobuf.ts';
import { schemas } from '../../../../src/lab/schema/model.ts';
import { protobufNumbers } from '../../../../src/lab/schema/protobufNumbers.ts';
import { readEnvelope, readFrames, withoutEmpty } from './independentReader.ts';

type Json = Record<string, unknown>;

const recordings = path.join(import.meta.dirname, '../../../fixtures/recordings');

function recordedItems(file: string): Json[] {
  return (JSON.parse(readFileSync(path.join(recordings, file), 'utf8')) as { items: Json[] }).items;
}

describe("the lab's protobuf", () => {
  for (const [file, apiVersion, kind] of [
    ['pods.json', 'v1', 'Pod'],
    ['services.json', 'v1', 'Service'],
    ['endpointslices.json', 'discovery.k8s.io/v1', 'EndpointSlice'],
  ] as const) {
    it(`holds all of the recorded ${kind} objects, as another reader with another table finds`, () => {
      const items = recordedItems(file);
      assert.ok(items.length > 0);
      const struct = structOf(apiVersion, kind);
      assert.ok(struct);
      for (const item of items) {
        const read = readEnvelope(envelope(apiVersion, kind, objectMessage(struct, item)));
        assert.deepEqual(read.typeMeta, { apiVersion, kind });
        assert.deepEqual(withoutEmpty(read.object), withoutEmpty(item));
      }
      const list = listMessage(
        { resourceVersion: '706', continue: 'next', remainingItemCount: 3 },
        items.map((item) => objectMessage(struct, item)),
      );
      const { object } = readEnvelope(envelope(apiVersion, `${kind}List`, list));
      assert.deepEqual(object.metadata, {
        selfLink: '',
        resourceVersion: '706',
        continue: 'next',
        remainingItemCount: 3,
      });
      assert.deepEqual(withoutEmpty(object.items), withoutEmpty(items));
    });
  }

  it('writes events of a watch as frames, each with an envelope inside', () => {
    const [pod = {}] = recordedItems('pods.json');
    const refusal = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'too old resource version: 1 (2)',
      reason: 'Expired',
      details: { causes: [{ reason: 'R', message: 'M', field: 'F' }], retryAfterSeconds: 4 },
      code: 410,
    };
    const events = readFrames(
      Buffer.concat([
        watchFrame('ADDED', envelope('v1', 'Pod', writeStruct('core.v1.Pod', pod))),
        watchFrame('ERROR', envelope('v1', 'Status', statusMessage(refusal))),
      ]),
    );
    assert.deepEqual(
      events.map(({ type, typeMeta }) => ({ type, typeMeta })),
      [
        { type: 'ADDED', typeMeta: { apiVersion: 'v1', kind: 'Pod' } },
        { type: 'ERROR', typeMeta: { apiVersion: 'v1', kind: 'Status' } },
      ],
    );
    assert.deepEqual(withoutEmpty(events[0]?.object), withoutEmpty(pod));
    const { kind, apiVersion, ...status } = refusal;
    assert.deepEqual([kind, apiVersion], ['Status', 'v1']);
    assert.deepEqual(withoutEmpty(events[1]?.object), withoutEmpty(status));
  });

  it('gives back any text, number and label, also far from ASCII', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(
        fc.record({
          name: text,
          labels: fc.dictionary(text, text),
          deletionGracePeriodSeconds: fc.maxSafeInteger(),
          finalizers: fc.array(text, { minLength: 1 }),
        }),
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        (metadata, priority) => {
          const pod = { metadata, spec: { priority } };
          const { object } = readEnvelope(envelope('v1', 'Pod', writeStruct('core.v1.Pod', pod)));
          assert.deepEqual(withoutEmpty(object), withoutEmpty(pod));
        },
      ),
    );
  });

  it('writes every field of every struct where its own reader finds it', () => {
    // Fields that came after the numbers the lab knows.
    const withoutNumber = new Set([
      'core.v1.PodSpec schedulingGroup',
      'core.v1.PodStatus nodeAllocatableResourceClaimStatuses',
      'core.v1.VolumeMountStatus volumeStatus',
    ]);
    const numbered = new Set(
      protobufNumbers
        .trim()
        .split('\n')
        .map((line) => line.slice(1).split(' ')[0] ?? ''),
    );
    let seen = 0;
    for (const { name, fields, gvk } of schemas.values()) {
      if (!numbered.has(name)) continue;
      for (const field of fields.values()) {
        // Of kinds themselves both stand in the envelope.
        if (gvk !== undefined && ['apiVersion', 'kind'].includes(field.name)) continue;
        if (field.type.form !== 'scalar' || field.type.scalar !== 'string') continue;
        if (withoutNumber.has(`${name} ${field.name}`)) continue;
        const bytes = Buffer.from(writeStruct(name, { [field.name]: 'x-y-z' }));
        assert.ok(bytes.includes('x-y-z'), `${name} ${field.name}`);
        const read = readProtobuf(openEnvelope(envelope('v1', 'Any', bytes)), name);
        assert.equal(read[field.name], 'x-y-z', `${name} ${field.name}`);
        seen += 1;
      }
    }
    assert.ok(seen > 400, `${seen} fields`);
  });
});
