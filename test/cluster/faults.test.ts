import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { createConnection, type ClusterClient } from '../../src/cluster/index.ts';
import { Encoding } from '../../src/cluster/watch/encoding.ts';
import { apiFaults } from '../../src/lab/faults/all.ts';
import type { ClusterConnection, ConnectionState, NamespaceScope } from '../../src/model/connection.ts';
import { kinds } from '../../src/model/objects.ts';
import { contents, FaultyLab, hastyLimits } from './faultyLab.ts';

/** What happens to the cluster, and to the way to it. */
type Step =
  | { readonly is: 'put'; readonly what: What; readonly name: string; readonly value: string }
  | { readonly is: 'remove'; readonly what: What; readonly name: string }
  | { readonly is: 'namespace'; readonly name: string; readonly there: boolean }
  | { readonly is: 'pause'; readonly ms: number }
  | { readonly is: 'faults'; readonly spec: string };
type What = 'pods' | 'services' | 'endpointslices';

const what = fc.constantFrom<What>('pods', 'services', 'endpointslices');
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('put' as const),
      what,
      name,
      value: fc.stringMatching(/^[a-z]{1,8}$/),
    }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('remove' as const), what, name }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('namespace' as const),
      name: fc.constantFrom('shop', 'bank'),
      there: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 300 }) }),
  },
);
/** One fault at a time, each in its turn, or all of them mixed. */
const faults = (seed: number, turn: number): string => {
  const mixed = apiFaults.filter(({ inMix }) => inMix).map((fault) => fault.name);
  return turn % 2 === 0
    ? `mix:0.4:${seed}`
    : `${mixed[seed % mixed.length] ?? ''}:0.7:${seed},mix:0.1:${seed}`;
};
const story = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.array(step, { minLength: 8, maxLength: 25 })), {
    minLength: 2,
    maxLength: 3,
  })
  .map((chapters) =>
    chapters.flatMap(([seed, steps], turn): Step[] => [{ is: 'faults', spec: faults(seed, turn) }, ...steps]),
  );

const bodies: Readonly<Record<What, (name: string, value: string) => object>> = {
  pods: (name, value) => ({
    ...metadata('Pod', 'v1', name, value),
    spec: { containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] },
  }),
  services: (name, value) => ({
    ...metadata('Service', 'v1', name, value),
    spec: { selector: { value }, ports: [{ port: 80 }] },
  }),
  endpointslices: (name, value) => ({
    ...metadata('EndpointSlice', 'discovery.k8s.io/v1', name, value),
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.9.8.7'] }],
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
  }),
};

function metadata(kind: string, apiVersion: string, name: string, value: string): object {
  return { kind, apiVersion, metadata: { name, labels: { value, 'kubernetes.io/service-name': name } } };
}

function pathOf(plural: What): string {
  const group = plural === 'endpointslices' ? '/apis/discovery.k8s.io/v1' : '/api/v1';
  return `${group}/namespaces/default/${plural}`;
}

async function take(lab: FaultyLab, step: Step): Promise<void> {
  switch (step.is) {
    case 'put': {
      const path = pathOf(step.what);
      await lab.change('POST', path, bodies[step.what](step.name, step.value));
      await lab.change('PATCH', `${path}/${step.name}`, { metadata: { labels: { value: step.value } } });
      return;
    }
    case 'remove':
      await lab.change('DELETE', `${pathOf(step.what)}/${step.name}`, { gracePeriodSeconds: 0 });
      return;
    case 'namespace': {
      const body = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: step.name } };
      if (step.there) await lab.change('POST', '/api/v1/namespaces', body);
      else await lab.change('DELETE', `/api/v1/namespaces/${step.name}`);
      return;
    }
    case 'pause':
      await pause(step.ms);
      return;
    case 'faults':
      await lab.faults(step.spec);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What a state may come after, whatever happens: where something was read once, nothing is unreachable any more. */
const mayFollow: Readonly<Record<ConnectionState['is'], readonly ConnectionState['is'][]>> = {
  idle: [],
  connecting: ['idle', 'unreachable', 'live', 'catching-up', 'stale'],
  live: ['connecting', 'catching-up', 'stale', 'unreachable'],
  'catching-up': ['connecting', 'live', 'stale', 'unreachable'],
  stale: ['connecting', 'catching-up', 'live', 'unreachable'],
  unreachable: ['idle', 'connecting'],
  unauthorised: [],
  forbidden: [],
};

/** A connection under test, and what it said of itself. */
class Watched {
  readonly label: string;
  readonly connection: ClusterConnection;
  readonly states: ConnectionState['is'][] = ['idle'];
  readonly #hold;
  readonly #listening;

  constructor(label: string, client: ClusterClient, encoding: Encoding, scope: NamespaceScope) {
    this.label = label;
    this.connection = createConnection({ client, encoding, scope, limits: hastyLimits });
    this.#listening = this.connection.onDidChangeState(({ is }) => {
      if (this.states.at(-1) !== is) this.states.push(is);
    });
    this.#hold = this.connection.watch();
  }

  /** Waits for a state; fails with the states that came instead. */
  async reaches(is: ConnectionState['is']): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (this.connection.state.is !== is) {
      assert.ok(Date.now() < deadline, `${this.label} is not ${is}: ${this.states.join(' ')}`);
      await pause(20);
    }
  }

  dispose(): void {
    this.#hold.dispose();
    this.#listening.dispose();
    this.connection.dispose();
  }
}

/** What is read anew, by a connection of its own. */
async function freshly(client: ClusterClient, scope: NamespaceScope): Promise<unknown> {
  const reader = createConnection({ client, scope });
  try {
    return contents(await reader.whenRead(AbortSignal.timeout(10_000)));
  } finally {
    reader.dispose();
  }
}

/** Waits until all are live and say what a fresh list says; fails with the difference. */
async function converge(all: readonly Watched[], client: ClusterClient): Promise<void> {
  const deadline = Date.now() + 25_000;
  for (;;) {
    const fresh = await Promise.all(all.map(({ connection }) => freshly(client, connection.scope)));
    const isLast = Date.now() > deadline;
    const agree = all.every(({ connection, label, states }, index) => {
      const seen = contents(connection.snapshot);
      if (isLast) {
        assert.equal(connection.state.is, 'live', `${label}: ${states.join(' ')}`);
        assert.deepEqual(seen, fresh[index], label);
      }
      return connection.state.is === 'live' && isDeepStrictEqual(seen, fresh[index]);
    });
    if (agree) return;
    await pause(100);
  }
}

/** Timers and sockets that are open in this process. */
function openThings(): number {
  return process.getActiveResourcesInfo().filter((type) => /Timeout|TCP|TLS/.test(type)).length;
}

describe('a connection to a lab whose API fails', function () {
  this.timeout(150_000);
  let lab: FaultyLab;
  before(async () => {
    lab = await FaultyLab.start('--history', '20');
  });
  after(() => lab.stop());

  it('ends in the Snapshot that a fresh list gives, in JSON and protobuf, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        const client = await lab.client();
        const other = await lab.client();
        const atRest = openThings();
        const everywhere = { is: 'all' } as const;
        const watched = [
          new Watched('protobuf', client, new Encoding(), everywhere),
          new Watched('JSON', client, new Encoding(kinds), everywhere),
          new Watched('two namespaces', other, new Encoding(), {
            is: 'only',
            namespaces: ['default', 'shop'],
          }),
        ];
        try {
          for (const step of steps) await take(lab, step);
          await lab.faults('none');
          await converge(watched, other);
          for (const { label, states } of watched) {
            for (const [index, state] of states.entries()) {
              if (index === 0) continue;
              const last = states[index - 1];
              assert.ok(
                last !== undefined && mayFollow[state].includes(last),
                `${label}: ${states.join(' ')}`,
              );
            }
          }
        } finally {
          for (const one of watched) one.dispose();
          client.dispose();
          other.dispose();
        }
        const deadline = Date.now() + 5_000;
        while (openThings() > atRest && Date.now() < deadline) await pause(20);
        assert.ok(openThings() <= atRest, `left open: ${process.getActiveResourcesInfo().join(' ')}`);
      }),
      { numRuns: 10, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: false, endOnFailure: true },
    );
  });

  /** From a first look, and with a cluster that was there before. */
  const shown: readonly (readonly [
    fault: string,
    first: ConnectionState['is'],
    later: ConnectionState['is'],
  ])[] = [
    ['server-error', 'unreachable', 'stale'],
    ['too-many-requests', 'unreachable', 'stale'],
    ['reset', 'unreachable', 'stale'],
    ['malformed', 'unreachable', 'stale'],
    ['unauthorised', 'unauthorised', 'unauthorised'],
    ['forbidden', 'forbidden', 'forbidden'],
  ];
  for (const [fault, first, later] of shown) {
    it(`is ${first} under ${fault}, ${later} where it was live, and live again when it is over`, async () => {
      const client = await lab.client();
      const watched = new Watched(fault, client, new Encoding(), { is: 'all' });
      try {
        await watched.reaches('live');
        await lab.faults(fault);
        await watched.reaches(later);
        const fresh = new Watched(fault, client, new Encoding(), { is: 'all' });
        try {
          await fresh.reaches(first);
        } finally {
          fresh.dispose();
        }
        await lab.faults('none');
        // What waits for a person to sign in, or for a right, is asked again at once by retryNow.
        watched.connection.retryNow();
        await watched.reaches('live');
      } finally {
        watched.dispose();
        client.dispose();
        await lab.faults('none');
      }
    });
  }

  it('notices a watch that says nothing any more, and misses no change', async () => {
    const client = await lab.client();
    const watched = new Watched('stalled', client, new Encoding(), { is: 'all' });
    try {
      await watched.connection.whenRead(AbortSignal.timeout(10_000));
      await lab.faults('stalled-watch');
      await pause(200);
      await lab.change('POST', pathOf('services'), bodies.services('unheard', 'of'));
      await lab.faults('none');
      await converge([watched], client);
    } finally {
      watched.dispose();
      client.dispose();
      await lab.faults('none');
    }
  });
});
