import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openEnvelope, ProtobufError, readProtobuf } from '../../../src/lab/schema/protobuf.ts';
import { TestLab } from './labClient.ts';

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** One field: numbers as varints, texts and messages with their length. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
  const content = Buffer.from(value);
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
}

function message(...fields: Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  const typeMeta = message(field(1, apiVersion), field(2, kind));
  return message(Buffer.from('k8s\0'), field(1, typeMeta), field(2, raw), field(3, ''), field(4, ''));
}

describe('protobuf bodies', () => {
  it('read as JSON: texts, numbers, lists, maps, bytes, times, ports by number or name, inline messages', () => {
    const metadata = message(
      field(1, 'web'),
      field(3, 'default'),
      field(5, ''),
      field(7, 0),
      field(8, message(field(1, 1_700_000_000), field(2, 0))),
      field(9, Buffer.alloc(0)),
      field(11, message(field(1, 'app'), field(2, 'web'))),
    );
    const container = message(
      field(1, 'c'),
      field(2, 'nginx'),
      field(6, message(field(1, 'http'), field(2, 0), field(3, 8080), field(4, 'TCP'))),
      // A probe carries its handler in line: field 1 of the probe.
      field(
        10,
        message(
          field(
            1,
            message(field(2, message(field(1, '/'), field(2, message(field(1, 1), field(3, 'http')))))),
          ),
        ),
      ),
    );
    const volume = message(field(1, 'v'), field(2, message(field(2, message(field(1, 'Memory'))))));
    const pod = message(
      field(1, metadata),
      field(2, message(field(1, volume), field(2, container), field(4, 0))),
    );
    assert.deepEqual(readProtobuf(openEnvelope(envelope('v1', 'Pod', pod)), 'core.v1.Pod'), {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web',
        namespace: 'default',
        creationTimestamp: '2023-11-14T22:13:20Z',
        labels: { app: 'web' },
      },
      spec: {
        volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }],
        containers: [
          {
            name: 'c',
            image: 'nginx',
            ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
            livenessProbe: { httpGet: { path: '/', port: 'http' } },
          },
        ],
        terminationGracePeriodSeconds: 0,
      },
    });
    const secret = message(
      field(1, field(1, 's')),
      field(2, message(field(1, 'k'), field(2, Buffer.from([1, 2, 3])))),
    );
    const read = readProtobuf(openEnvelope(envelope('v1', 'Secret', secret)), 'core.v1.Secret');
    assert.deepEqual(read.data, { k: 'AQID' });
  });

  it('never do worse than refuse, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const body = envelope('v1', 'Pod', Buffer.from(bytes));
        try {
          readProtobuf(openEnvelope(body), 'core.v1.Pod');
        } catch (error) {
          assert.ok(error instanceof ProtobufError, String(error));
        }
      }),
    );
    assert.throws(() => openEnvelope(Buffer.from('{}')), ProtobufError);
  });

  it('create objects over HTTP, and are refused for kinds the lab does not know', async () => {
    const lab = await TestLab.start();
    try {
      const headers = { 'Content-Type': 'application/vnd.kubernetes.protobuf' };
      const map = envelope(
        'v1',
        'ConfigMap',
        message(field(1, field(1, 'm')), field(2, message(field(1, 'a'), field(2, 'b')))),
      );
      const path = '/api/v1/namespaces/default/configmaps';
      const created = await lab.request(path, { method: 'POST', body: map, headers });
      assert.equal(created.status, 201);
      assert.deepEqual(created.body.data, { a: 'b' });
      const unknown = await lab.request(path, {
        method: 'POST',
        body: envelope('v9', 'Gadget', Buffer.alloc(0)),
        headers,
      });
      assert.equal(unknown.status, 415);
      const broken = await lab.request(path, { method: 'POST', body: Buffer.from('broken'), headers });
      assert.equal(broken.status, 400);
    } finally {
      await lab.stop();
    }
  });
});
