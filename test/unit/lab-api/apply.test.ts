import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StatusError } from '../../../src/lab/api/errors.ts';
import { ObjectApi } from '../../../src/lab/api/objectApi.ts';
import {
  difference,
  fieldSetJson,
  intersection,
  parseRoot,
  union,
} from '../../../src/lab/fields/fieldSet.ts';
import { resourceOfKind, services } from '../../../src/lab/resources/catalog.ts';
import { empty } from '../../../src/lab/scenarios/empty.ts';
import { seed } from '../../../src/lab/scenarios/seed.ts';
import { Store } from '../../../src/lab/store/store.ts';
import { recordedAnswer, recordingText } from './fixtures.ts';
import type { Json } from './labClient.ts';

function freshApi(): ObjectApi {
  const api = new ObjectApi(new Store({ historyLimit: 1000 }));
  seed(api, empty);
  return api;
}

function service(more: Json): Json {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: more };
}

const ref = { namespace: 'default', name: 'web' };

describe('server-side apply', () => {
  it('refuses to take a field from another manager, in the recorded words', () => {
    const api = freshApi();
    const recorded = recordedAnswer('server-side-apply.json');
    const ports = [{ port: 80, targetPort: 80 }];
    api.create(services, 'default', service({ ports, type: 'NodePort' }), {
      manager: 'kubectl-client-side-apply',
    });
    const applied = service({ ports, type: 'ClusterIP' });
    assert.throws(
      () => api.apply(services, ref, applied, { manager: 'recording', force: false, dryRun: true }),
      (error) => {
        assert.ok(error instanceof StatusError);
        assert.deepEqual(error.status, recorded.body);
        return true;
      },
    );
    const { object } = api.apply(services, ref, applied, { manager: 'recording', force: true });
    assert.equal(object.spec.type, 'ClusterIP');
    const others = object.metadata.managedFields?.filter(({ manager }) => manager !== 'recording');
    for (const entry of others ?? []) assert.equal((entry.fieldsV1['f:spec'] as Json)['f:type'], undefined);
  });

  it('removes what its manager applied before and now leaves out, unless another owns it too', () => {
    const api = freshApi();
    const apply = (manager: string, spec: Json): void => {
      api.apply(services, ref, service(spec), { manager, force: false });
    };
    const port = (number: number): Json => ({ name: `p${number}`, port: number, protocol: 'TCP' });
    apply('one', { ports: [port(80), port(81)], selector: { a: 'b' }, externalIPs: ['192.0.2.1'] });
    apply('two', { ports: [port(81)] });
    apply('one', { ports: [port(80)] });
    const { spec } = api.read(services, ref);
    assert.deepEqual(
      spec.ports?.map(({ port: number }) => number),
      [80, 81],
    );
    assert.equal(spec.selector, undefined);
    assert.equal(spec.externalIPs, undefined);
    apply('two', { ports: [port(80)] });
    assert.deepEqual(
      api.read(services, ref).spec.ports?.map(({ port: number }) => number),
      [80],
    );
  });

  it('applied again changes nothing, not even the version', () => {
    const api = freshApi();
    const body = service({ ports: [{ port: 80 }], selector: { a: 'b' } });
    const first = api.apply(services, ref, body, { manager: 'one', force: false });
    assert.equal(first.created, true);
    const second = api.apply(services, ref, body, { manager: 'one', force: false });
    assert.equal(second.created, false);
    assert.equal(second.object.metadata.resourceVersion, first.object.metadata.resourceVersion);
  });

  it('names a field that the kind does not have', () => {
    const api = freshApi();
    assert.throws(
      () => api.apply(services, ref, service({ colour: 'red' }), { manager: 'one', force: false }),
      /failed to create typed patch object \(default\/web; \/v1, Kind=Service\): \.spec\.colour: field not declared in schema/,
    );
  });

  it('lists several conflicts by owner', () => {
    const api = freshApi();
    api.apply(services, ref, service({ ports: [{ port: 80, targetPort: 1 }], type: 'ClusterIP' }), {
      manager: 'a',
      force: false,
    });
    const other = service({ ports: [{ port: 80, targetPort: 2 }], type: 'NodePort' });
    assert.throws(
      () => api.apply(services, ref, other, { manager: 'b', force: false }),
      (error) => {
        assert.ok(error instanceof StatusError);
        assert.match(
          error.message,
          /^Apply failed with 2 conflicts: conflicts with "a":\n- \.spec\.ports\[port=80,protocol="TCP"\]\.targetPort\n- \.spec\.type$/,
        );
        assert.equal(error.status.details?.causes?.length, 2);
        return true;
      },
    );
  });
});

describe('managed fields of an update', () => {
  interface Recorded {
    /** What kubectl put into its annotation. */
    lastApplied: string;
    fieldsV1: Json;
  }
  const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

  for (const { lastApplied, fieldsV1 } of JSON.parse(recordingText('managed-fields.json')) as Recorded[]) {
    const applied = JSON.parse(lastApplied) as {
      apiVersion: string;
      kind: string;
      metadata: { name: string; annotations: Json };
    };
    it(`${applied.kind} ${applied.metadata.name}: kubectl apply owns what it was recorded to own`, () => {
      const resource = resourceOfKind(applied.apiVersion, applied.kind);
      assert.ok(resource);
      applied.metadata.annotations = { [annotation]: lastApplied };
      const { object } = freshApi().create(resource, 'default', applied, {
        manager: 'kubectl-client-side-apply',
      });
      assert.deepEqual(object.metadata.managedFields?.[0]?.fieldsV1, fieldsV1);
    });
  }

  it('go to who changes a field, and from whom it is taken', () => {
    const api = freshApi();
    api.create(services, 'default', service({ ports: [{ port: 80 }], selector: { a: 'b' } }), {
      manager: 'one',
    });
    api.patch(services, ref, { type: 'merge', body: { spec: { selector: { a: 'c' } } } }, { manager: 'two' });
    const owners = (field: string): string[] =>
      (api.read(services, ref).metadata.managedFields ?? [])
        .filter(({ fieldsV1 }) => (fieldsV1['f:spec'] as Json)[field] !== undefined)
        .map(({ manager }) => manager);
    assert.deepEqual(owners('f:selector'), ['two']);
    assert.deepEqual(owners('f:ports'), ['one']);
  });
});

describe('field sets', () => {
  const leaf = fc.constant({});
  const set = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.dictionary(fc.constantFrom('f:a', 'f:b', 'k:{"n":1}', '.'), tie('node')),
    ),
  })).node;
  const root = fc.dictionary(fc.constantFrom('f:a', 'f:b', 'f:c'), set).map((json) => parseRoot(json));

  it('obey the laws of sets', () => {
    fc.assert(
      fc.property(root, root, (a, b) => {
        const text = (value: typeof a): string => JSON.stringify(fieldSetJson(value));
        assert.equal(text(union(a, b)), text(union(b, a)));
        assert.equal(text(difference(a, a)), '{}');
        assert.equal(text(union(difference(a, b), intersection(a, b))), text(union(a, parseRoot({}))));
        assert.equal(text(parseRoot(fieldSetJson(a))), text(a));
      }),
    );
  });
});
