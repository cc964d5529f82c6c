import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { isStrictSubset, parseCidr } from '../../../src/lab/admission/rules/names.ts';
import { rollingStep } from '../../../src/lab/controllers/rollout.ts';
import { parseSchedule } from '../../../src/lab/controllers/schedule.ts';
import { imageId, fullImageName } from '../../../src/lab/node/images.ts';
import type { ApiObject } from '../../../src/lab/objects/meta.ts';
import type { Deployment, ReplicaSet } from '../../../src/lab/objects/workloads.ts';
import { resources } from '../../../src/lab/resources/catalog.ts';
import { schemas } from '../../../src/lab/schema/model.ts';
import type { TypeRef } from '../../../src/lab/schema/model.ts';
import { compactSchemas } from '../../../src/lab/schema/compact.ts';
import { parseFieldSelector, parseLabelSelector, SelectorError } from '../../../src/lab/store/selectors.ts';
import { humanDuration } from '../../../src/lab/tables/duration.ts';
import { makeServerCertificate } from '../../../src/lab/tls/certificates.ts';

function labelled(labels: Record<string, string>): ApiObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', uid: 'u', labels } };
}

describe('label selectors', () => {
  const cases: [string, boolean][] = [
    ['', true],
    ['app=web', true],
    ['app==web,tier!=db', true],
    ['app!=web', false],
    ['app in (web, api),tier', true],
    ['app notin (web)', false],
    ['!gone', true],
    ['gone', false],
    ['other notin (x)', true],
    ['example.com/name=x', true],
  ];
  for (const [text, expected] of cases) {
    it(`"${text}" ${expected ? 'matches' : 'does not match'}`, () => {
      assert.equal(
        parseLabelSelector(text)(labelled({ app: 'web', tier: 'front', 'example.com/name': 'x' })),
        expected,
      );
    });
  }
  it('refuse what is no selector', () => {
    for (const text of ['=x', 'a=b=c', 'a in b', '(a)', 'a,,b']) {
      assert.throws(() => parseLabelSelector(text), SelectorError, text);
    }
  });
  it('fields: only those that the resource offers', () => {
    const matches = parseFieldSelector('metadata.name=p,status.phase!=Running', 'pods');
    assert.equal(matches({ ...labelled({}), status: { phase: 'Pending' } }), true);
    assert.equal(matches({ ...labelled({}), status: { phase: 'Running' } }), false);
    assert.throws(() => parseFieldSelector('status.phase=Running', 'services'), SelectorError);
  });
});

describe('rolling updates', () => {
  const replicaSet = (uid: string, replicas: number, available: number): ReplicaSet => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: uid, uid },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: { availableReplicas: available },
  });

  it('never go above maxSurge, never fall below maxUnavailable, and always get there', () => {
    const numbers = fc.record({
      desired: fc.integer({ min: 0, max: 20 }),
      maxSurge: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('0%', '25%', '100%')),
      maxUnavailable: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('0%', '25%', '100%')),
      old: fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(numbers, ({ desired, maxSurge, maxUnavailable, old }) => {
        const deployment: Deployment = {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'd', uid: 'd' },
          spec: {
            replicas: desired,
            selector: {},
            template: { spec: { containers: [] } },
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
          },
          status: {},
        };
        const part = (value: number | string, round: (n: number) => number): number =>
          typeof value === 'number' ? value : round((Number.parseInt(value, 10) / 100) * desired);
        const surge = part(maxSurge, Math.ceil);
        const missing =
          surge === 0 ? Math.max(1, part(maxUnavailable, Math.floor)) : part(maxUnavailable, Math.floor);
        let sets = [
          replicaSet('new', 0, 0),
          ...old.map((count, index) => replicaSet(`old${index}`, count, count)),
        ];
        const total = (): number => sets.reduce((sum, set) => sum + (set.spec.replicas ?? 0), 0);
        const started = total();
        for (let round = 0; round < 60; round++) {
          const [current, ...others] = sets;
          const step = new Map(
            rollingStep(deployment, current!, others).map(([set, count]) => [set.metadata.uid, count]),
          );
          const available = sets.reduce((sum, set) => {
            const wanted = step.get(set.metadata.uid) ?? set.spec.replicas ?? 0;
            return sum + Math.min(set.status.availableReplicas ?? 0, wanted);
          }, 0);
          const before = sets.reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0);
          assert.ok(available >= Math.min(before, desired - missing), `${available} of ${desired} available`);
          // Everything that is wanted becomes available.
          sets = sets.map((set) => {
            const count = step.get(set.metadata.uid) ?? set.spec.replicas ?? 0;
            assert.ok(count >= 0);
            return replicaSet(set.metadata.uid, count, count);
          });
          assert.ok(total() <= Math.max(desired + surge, started));
        }
        assert.deepEqual(
          sets.map((set) => set.spec.replicas),
          [desired, ...old.map(() => 0)],
        );
      }),
    );
  });
});

describe('cron schedules', () => {
  const at = (text: string): Date => new Date(`${text}:00Z`);
  const cases: [string, string, boolean][] = [
    ['* * * * *', '2026-11-23T03:21', true],
    ['*/5 * * * *', '2026-11-23T03:20', true],
    ['*/5 * * * *', '2026-11-23T03:21', false],
    ['0 9-17 * * mon-fri', '2026-11-23T10:00', true],
    ['0 9-17 * * mon-fri', '2026-11-22T10:00', false],
    ['0 0 1 * 1', '2026-11-23T00:00', true],
    ['0 0 1 * 1', '2026-11-24T00:00', false],
    ['30 2 * nov 7', '2026-11-22T02:30', true],
    ['@hourly', '2026-11-23T03:00', true],
  ];
  for (const [schedule, time, expected] of cases) {
    it(`${schedule} at ${time}: ${expected}`, () => {
      assert.equal(parseSchedule(schedule)?.matches(at(time)), expected);
    });
  }
  it('refuse what is none', () => {
    for (const text of [
      '',
      '* * * *',
      '60 * * * *',
      '* * * * * *',
      'a * * * *',
      '5-1 * * * *',
      '*/0 * * * *',
      '1/x * * * *',
    ]) {
      assert.equal(parseSchedule(text), undefined, text);
    }
  });
});

describe('ages', () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const cases: [number, string][] = [
    [0, '0s'],
    [66 * second, '66s'],
    [150 * second, '2m30s'],
    [10 * minute, '10m'],
    [3 * hour + 5 * minute, '3h5m'],
    [10 * hour, '10h'],
    [52 * hour, '2d4h'],
    [30 * 24 * hour, '30d'],
    [800 * 24 * hour, '2y70d'],
    [-5 * second, '<invalid>'],
  ];
  for (const [milliseconds, text] of cases) {
    it(text, () => {
      assert.equal(humanDuration(milliseconds), text);
    });
  }
});

describe('address blocks', () => {
  it('know what lies in them', () => {
    const inside = (inner: string, outer: string): boolean =>
      isStrictSubset(parseCidr(inner)!, parseCidr(outer)!);
    assert.equal(inside('10.1.0.0/16', '10.0.0.0/8'), true);
    assert.equal(inside('10.0.0.0/8', '10.0.0.0/8'), false);
    assert.equal(inside('11.0.0.0/16', '10.0.0.0/8'), false);
    assert.equal(inside('fd00:1::/32', 'fd00::/8'), true);
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'x/8', '10.0.0.0/8/8', '010.0.0.0/8']) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });
});

describe('image names', () => {
  it('are spelled out as a container runtime does', () => {
    assert.equal(fullImageName('httpd'), 'docker.io/library/httpd:latest');
    assert.equal(fullImageName('curlimages/curl:8.1'), 'docker.io/curlimages/curl:8.1');
    assert.equal(fullImageName('localhost:5000/app'), 'localhost:5000/app:latest');
    assert.match(imageId('registry.k8s.io/pause:3.10'), /^registry\.k8s\.io\/pause@sha256:[0-9a-f]{64}$/);
  });
});

describe('the compact schema', () => {
  it('has every type that it refers to, and that a resource needs', () => {
    const check = (type: TypeRef, where: string): void => {
      if (type.form === 'list') check(type.items, where);
      else if (type.form === 'map') check(type.values, where);
      else if (type.form === 'struct') assert.ok(schemas.has(type.name), `${where}: ${type.name}`);
    };
    for (const struct of schemas.values()) {
      for (const field of struct.fields.values()) check(field.type, `${struct.name}.${field.name}`);
    }
    for (const resource of resources) {
      assert.deepEqual(schemas.get(resource.schema)?.gvk, {
        group: resource.group,
        version: resource.version,
        kind: resource.kind,
      });
    }
  });

  it('is written from OpenAPI', () => {
    const ref = { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
    const text = compactSchemas({
      'io.k8s.api.core.v1.Thing': {
        type: 'object',
        required: ['size'],
        properties: {
          metadata: { default: {}, allOf: [ref] },
          size: { type: 'integer', format: 'int32', default: 0 },
          parts: {
            type: 'array',
            items: { type: 'string' },
            'x-kubernetes-list-type': 'set',
            'x-kubernetes-patch-strategy': 'merge',
          },
          colours: { type: 'object', additionalProperties: { type: 'string', enum: ['a'] } },
          mode: { type: 'string', enum: ['On', 'Off'] },
        },
        'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Thing' }],
      },
    });
    assert.equal(
      text,
      [
        '@core.v1.Thing gvk=/v1/Thing',
        ' metadata meta.v1.ObjectMeta default={}',
        ' size! int32 default=0',
        ' parts []string set patch=merge',
        ' colours {}string',
        ' mode string enum=On|Off',
      ].join('\n'),
    );
  });
});

describe('certificates', () => {
  it('are signed by the lab’s own authority, for 127.0.0.1 and localhost', () => {
    const made = makeServerCertificate();
    const authority = new X509Certificate(made.authority);
    const server = new X509Certificate(made.certificate);
    assert.equal(authority.ca, true);
    assert.equal(server.ca, false);
    assert.ok(server.checkIssued(authority));
    assert.ok(server.verify(authority.publicKey));
    assert.ok(authority.verify(authority.publicKey));
    assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(server.checkHost('localhost'), 'localhost');
    assert.equal(server.checkHost('example.com'), undefined);
    assert.notEqual(makeServerCertificate().authority, made.authority);
  });
});
