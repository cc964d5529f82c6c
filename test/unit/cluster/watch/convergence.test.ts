import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createConnection } from '../../../../src/cluster/watch/connection.ts';
import { readers } from '../../../../src/model/readObject.ts';
import type { AnyObject, Kind } from '../../../../src/model/objects.ts';
import { Snapshot } from '../../../../src/model/snapshot.ts';
import { ApiServer, status } from '../support/apiServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { eventually } from '../support/waitFor.ts';

/** What happens to the cluster, and to the way to it. */
type Step =
  | {
      readonly is: 'put' | 'remove';
      readonly kind: 'Pod' | 'Service';
      readonly name: string;
      readonly value: string;
    }
  | {
      readonly is:
        'end' | 'cut' | 'compact' | 'bookmark' | 'garbage' | 'repeat' | 'restart' | 'pause' | 'nothing';
    }
  | { readonly is: 'refuse'; readonly code: 429 | 500 }
  | { readonly is: 'break-off'; readonly bytes: number };

const paths: Readonly<Record<'Pod' | 'Service', string>> = {
  Pod: '/api/v1/pods',
  Service: '/api/v1/services',
};
const namespaces = ['default', 'shop'];
const names = ['a', 'b', 'c', 'd'].flatMap((name) => namespaces.map((namespace) => `${namespace}/${name}`));

const change = fc.record({
  is: fc.constantFrom('put', 'put', 'put', 'remove'),
  kind: fc.constantFrom('Pod', 'Service'),
  name: fc.constantFrom(...names),
  value: fc.string({ unit: 'grapheme', maxLength: 12 }),
}) as fc.Arbitrary<Step>;
const fault: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    is: fc.constantFrom(
      'end',
      'cut',
      'compact',
      'bookmark',
      'garbage',
      'repeat',
      'restart',
      'pause',
      'nothing',
    ),
  }),
  fc.record({ is: fc.constant('break-off' as const), bytes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ is: fc.constant('refuse' as const), code: fc.constantFrom(429 as const, 500 as const) }),
);
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: change }, { weight: 1, arbitrary: fault }), {
  minLength: 5,
  maxLength: 60,
});

async function take(server: ApiServer, step: Step): Promise<void> {
  switch (step.is) {
    case 'put':
    case 'remove': {
      const [namespace = '', name = ''] = step.name.split('/');
      const labels = { value: step.value };
      if (step.is === 'remove') server.remove(paths[step.kind], namespace, name);
      else server.put(paths[step.kind], namespace, name, { metadata: { labels } });
      return;
    }
    case 'end': {
      server.endWatches();
      return;
    }
    case 'cut': {
      server.cutWatches();
      return;
    }
    case 'compact':
      server.compact();
      {
        server.cutWatches();
        return;
      }
    case 'bookmark': {
      server.bookmark();
      return;
    }
    case 'garbage':
      server.say('{"type":"MODIFIED","object":{"metadata":{"na');
      {
        server.endWatches();
        return;
      }
    case 'break-off': {
      server.breakOff(step.bytes);
      server.endWatches();
      return;
    }
    case 'repeat': {
      server.repeatEvents();
      return;
    }
    case 'restart':
      await server.stop();
      await server.start();
      return;
    case 'refuse': {
      const until = server.requests.length + 3;
      server.intercept = (request, response) => {
        if (server.requests.length > until) return false;
        server.refuse(request, response, status(step.code, 'Trouble', 'try again'));
        return true;
      };
      server.endWatches();
      return;
    }
    case 'pause':
      return new Promise((resolve) => setTimeout(resolve, 15));
    case 'nothing':
      return new Promise(setImmediate);
  }
}

/** Everything a Snapshot says, as plain data. */
function contents(snapshot: Snapshot): unknown {
  return (['Pod', 'Service'] as const).map((kind) => snapshot.all(kind));
}

function freshSnapshot(server: ApiServer): Snapshot {
  const read = (kind: Kind & keyof typeof paths): AnyObject[] =>
    server.items(paths[kind]).map((object) => readers[kind](object as never));
  return Snapshot.of([...read('Pod'), ...read('Service')]);
}

describe('a connection, whatever happens', () => {
  it('ends in the Snapshot that a fresh list would give', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(fc.integer({ min: 1, max: 200 })),
        fc.record({ narrow: fc.boolean(), settled: fc.boolean(), speaksProtobuf: fc.boolean() }),
        async (all, cuts, { narrow, settled, speaksProtobuf }) => {
          const server = await new ApiServer().start();
          server.speaksProtobuf = speaksProtobuf;
          let turn = 0;
          server.cut = (bytes) => {
            const size = cuts.length === 0 ? bytes.length : (cuts[turn++ % cuts.length] ?? 1);
            return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
              bytes.subarray(i * size, (i + 1) * size),
            );
          };
          const client = testClient(resolvedContext(server.url));
          const connection = createConnection({
            client,
            ...(narrow && { scope: { is: 'only', namespaces } }),
          });
          const hold = connection.watch();
          try {
            if (settled) await connection.whenRead(AbortSignal.timeout(5_000));
            for (const step of all) await take(server, step);
            server.intercept = () => false;
            const expected = JSON.stringify(contents(freshSnapshot(server)));
            const agree = (): boolean =>
              connection.state.is === 'live' && JSON.stringify(contents(connection.snapshot)) === expected;
            const deadline = Date.now() + 8_000;
            await eventually(() => agree() || Date.now() > deadline);
            assert.deepEqual(contents(connection.snapshot), contents(freshSnapshot(server)));
            assert.equal(connection.state.is, 'live');
          } finally {
            hold.dispose();
            connection.dispose();
            client.dispose();
            await server.stop();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
