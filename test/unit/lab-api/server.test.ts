import assert from 'node:assert/strict';
import { omit } from '../../../src/lab/objects/json.ts';
import { lesson } from '../../../src/lab/scenarios/lesson.ts';
import { recordedAnswer } from './fixtures.ts';
import { simplePod, TestLab } from './labClient.ts';
import type { Json } from './labClient.ts';

interface ResourceEntry extends Json {
  name: string;
}

const listPods = '/api/v1/namespaces/default/pods';

describe('the API server answers as recorded', () => {
  let lab: TestLab;
  before(async () => {
    lab = await TestLab.start({ scenario: lesson });
  });
  after(() => lab.stop());

  it('401 without a token and with a wrong one', async () => {
    const recorded = recordedAnswer('error-401.json');
    for (const token of [null, 'wrong', '']) {
      const { status, body } = await lab.request('/api/v1/pods', { token });
      assert.deepEqual({ status, body }, { status: recorded.status, body: recorded.body });
    }
  });

  it('403 for what a user may not do', async () => {
    for (const name of ['error-403-list-cluster.json', 'error-403-list-namespaces.json']) {
      const recorded = recordedAnswer(name);
      const { status, body } = await lab.request(recorded.request.slice('GET '.length), {
        token: lab.viewerToken,
      });
      assert.deepEqual({ status, body }, { status: recorded.status, body: recorded.body });
    }
    const own = await lab.request(listPods, { token: lab.viewerToken });
    assert.equal(own.status, 200);
    const secrets = await lab.request('/api/v1/namespaces/default/secrets', { token: lab.viewerToken });
    assert.equal(secrets.status, 403);
  });

  it('404 for an object, and for a path', async () => {
    const recorded = recordedAnswer('error-404.json');
    const { status, body } = await lab.request('/api/v1/namespaces/default/pods/nosuch');
    assert.deepEqual({ status, body }, { status: recorded.status, body: recorded.body });
    const page = await lab.request('/apis/nosuch/v1/things');
    assert.deepEqual([page.status, page.text], [404, '404 page not found\n']);
  });

  it('a continue token of the first version: the recorded empty page', async () => {
    const recorded = recordedAnswer('error-410-continue.json');
    const { status, body } = await lab.request(recorded.request.slice('GET '.length));
    assert.deepEqual({ status, body }, { status: recorded.status, body: recorded.body });
  });

  it('405, 406, 413 and 415', async () => {
    assert.equal((await lab.request(listPods, { method: 'PUT', body: {} })).status, 405);
    const cbor = { Accept: 'application/cbor' };
    assert.equal((await lab.request(listPods, { headers: cbor })).status, 406);
    const body = JSON.stringify({ padding: 'x'.repeat(3 * 1024 * 1024) });
    assert.equal((await lab.request(listPods, { method: 'POST', body })).status, 413);
    const headers = { 'Content-Type': 'text/plain' };
    assert.equal((await lab.request(listPods, { method: 'POST', body: 'x', headers })).status, 415);
  });

  it('400 for a body that is no object of the kind', async () => {
    const post = (body: unknown): ReturnType<TestLab['request']> =>
      lab.request(listPods, { method: 'POST', body });
    assert.match(String((await post('{')).body.message), /the body is no JSON/);
    const other = await post({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } });
    assert.equal(other.status, 400);
    const version = await post({ apiVersion: 'v2', kind: 'Pod', metadata: { name: 'x' } });
    assert.equal(
      version.body.message,
      'the API version in the data (v2) does not match the expected API version (v1)',
    );
  });

  it('dry runs: the recorded refusals and the recorded acceptance', async () => {
    for (const name of [
      'dry-run-mount-without-volume.json',
      'dry-run-selector-template-mismatch.json',
      'dry-run-unknown-field.json',
    ]) {
      const recorded = recordedAnswer(name);
      const path = recorded.request.slice('POST '.length);
      const { status, body } = await lab.request(path, { method: 'POST', body: recorded.sent });
      assert.deepEqual({ status, body }, { status: recorded.status, body: recorded.body }, name);
    }
    const recorded = recordedAnswer('dry-run-nodeport-range.json');
    const { status, body } = await lab.request(recorded.request.slice('POST '.length), {
      method: 'POST',
      body: recorded.sent,
    });
    assert.equal(status, 201);
    const plain = (object: Json): Json => ({ ...object, metadata: {} });
    assert.deepEqual(plain(body), plain(recorded.body));
    assert.equal((await lab.request('/api/v1/namespaces/default/services/x')).status, 404);
  });

  it('version: of the recorded form, and it says what it is', async () => {
    const version = await lab.ok('/version');
    assert.deepEqual(Object.keys(version), Object.keys(recordedAnswer('version.json').body));
    assert.equal(version.gitVersion, 'v1.36.2+podnet.lab');
  });

  it('discovery: each of our resources as the recorded server lists it', async () => {
    const api = await lab.ok('/api');
    assert.deepEqual(Object.keys(api), Object.keys(recordedAnswer('api.json').body));
    for (const name of ['api-v1.json', 'apis-discovery.json']) {
      const recorded = recordedAnswer(name);
      const listed = await lab.ok<{ resources: ResourceEntry[] }>(recorded.request.slice('GET '.length));
      const entries = recorded.body.resources as ResourceEntry[];
      assert.ok(listed.resources.length > 0);
      for (const own of listed.resources) {
        const real = entries.find((entry) => entry.name === own.name);
        assert.ok(real, own.name);
        assert.deepEqual(omit(own, 'storageVersionHash'), omit(real, 'storageVersionHash'), own.name);
      }
    }
  });

  it('discovery: the aggregated form says the same', async () => {
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    for (const path of ['/api', '/apis']) {
      const { body, headers } = await lab.request(path, { headers: { Accept: accept } });
      assert.match(headers['content-type'] ?? '', /as=APIGroupDiscoveryList/);
      for (const group of body.items as { metadata: { name?: string }; versions: Json[] }[]) {
        for (const version of group.versions) {
          const { name } = group.metadata;
          const plain = await lab.ok<{ resources: ResourceEntry[] }>(
            name === undefined
              ? `/api/${String(version.version)}`
              : `/apis/${name}/${String(version.version)}`,
          );
          const names = (
            version.resources as { resource: string; subresources?: { subresource: string }[] }[]
          ).flatMap(({ resource, subresources }) => [
            resource,
            ...(subresources ?? []).map(({ subresource }) => `${resource}/${subresource}`),
          ]);
          assert.deepEqual(
            names,
            plain.resources.map((entry) => entry.name),
          );
        }
      }
    }
  });

  it('Table: the recorded columns, with cells to match', async () => {
    const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
    const table = await lab.ok<
      { columnDefinitions: Json[]; rows: { cells: string[]; object: Json }[] } & Json
    >(listPods, { headers });
    const recorded = recordedAnswer('pods-table.json').body as typeof table;
    const shape = ({ name, type, format, priority }: Json): Json => ({ name, type, format, priority });
    assert.deepEqual(table.columnDefinitions.map(shape), recorded.columnDefinitions.map(shape));
    assert.equal(table.kind, 'Table');
    assert.equal(table.apiVersion, 'meta.k8s.io/v1');
    for (const row of table.rows) {
      assert.equal(row.cells.length, recorded.columnDefinitions.length);
      assert.equal(row.object.kind, 'PartialObjectMetadata');
    }
  });

  it('PartialObjectMetadata: lists of metadata alone', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const list = await lab.ok<{ items: Json[] } & Json>(`${listPods}?limit=2`, {
      headers: { Accept: accept },
    });
    assert.equal(list.kind, 'PartialObjectMetadataList');
    assert.equal(list.items.length, 2);
    for (const item of list.items) assert.deepEqual(Object.keys(item), ['kind', 'apiVersion', 'metadata']);
  });

  it('SelfSubjectAccessReview: the recorded form', async () => {
    const recorded = recordedAnswer('selfsubjectaccessreview-exec.json');
    const spec = {
      resourceAttributes: { namespace: 'default', verb: 'create', resource: 'pods', subresource: 'exec' },
    };
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
    const ask = (token: string): Promise<Json> =>
      lab.ok('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST', body, token });
    const viewer = await ask(lab.viewerToken);
    const times = /"\d{4}-[^"]+Z"|"node"|"unknown"/g;
    assert.equal(
      JSON.stringify(viewer).replace(times, 'X'),
      JSON.stringify(recorded.body).replace(times, 'X'),
    );
    assert.deepEqual((await ask(lab.token)).status, { allowed: true });
  });

  it('OpenAPI: documents that name every kind, its patch verbs and merge keys', async () => {
    const index = await lab.ok<{ paths: Record<string, { serverRelativeURL: string }> }>('/openapi/v3');
    assert.ok(index.paths['api/v1']);
    for (const { serverRelativeURL } of Object.values(index.paths)) {
      const document = await lab.ok<{ components: { schemas: Record<string, Json> } }>(serverRelativeURL);
      const text = JSON.stringify(document);
      for (const [, ref = ''] of text.matchAll(/#\/components\/schemas\/([^"]+)/g)) {
        assert.ok(document.components.schemas[ref], ref);
      }
    }
  });

  it('fieldValidation: Warn tells, Ignore is silent, both leave the field out', async () => {
    const body = { ...simplePod('lenient'), colour: 'red' };
    const warned = await lab.request(`${listPods}?dryRun=All`, { method: 'POST', body });
    assert.equal(warned.status, 201);
    assert.equal(warned.headers.warning, '299 - "unknown field \\"colour\\""');
    const ignored = await lab.request(`${listPods}?dryRun=All&fieldValidation=Ignore`, {
      method: 'POST',
      body,
    });
    assert.equal(ignored.headers.warning, undefined);
    assert.equal(ignored.body.colour, undefined);
  });

  it('YAML bodies are read as YAML 1.1', async () => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {answer: off}\n';
    const headers = { 'Content-Type': 'application/yaml' };
    const path = '/api/v1/namespaces/default/configmaps';
    const refused = await lab.request(path, { method: 'POST', body, headers });
    assert.match(
      String(refused.body.message),
      /cannot unmarshal bool into Go struct field ConfigMap\.data of type string/,
    );
    const accepted = await lab.request(path, { method: 'POST', body: body.replace('off', '"off"'), headers });
    assert.equal(accepted.status, 201);
  });
});

describe('events in their two groups', () => {
  it('are the same events, each in its group’s form', async () => {
    const lab = await TestLab.start();
    try {
      await lab.create('/api/v1/namespaces/default/pods', simplePod('p'));
      const find = async (path: string): Promise<Json> =>
        lab.until(async () => {
          const { items } = await lab.ok<{ items: Json[] }>(path);
          return items.find(({ reason }) => reason === 'Started');
        });
      const core = await find('/api/v1/namespaces/default/events');
      const group = await find('/apis/events.k8s.io/v1/namespaces/default/events');
      assert.deepEqual(group.regarding, core.involvedObject);
      assert.equal(group.note, core.message);
      assert.equal(group.deprecatedCount, core.count);
      assert.equal(group.involvedObject, undefined);
      const written = await lab.create('/apis/events.k8s.io/v1/namespaces/default/events', {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: 'own' },
        regarding: { kind: 'Pod', namespace: 'default', name: 'p' },
        eventTime: '2026-01-01T00:00:00.000000Z',
        note: 'noted',
        reason: 'Test',
        type: 'Normal',
      });
      assert.equal(written.note, 'noted');
      const stored = await lab.ok('/api/v1/namespaces/default/events/own');
      assert.equal(stored.message, 'noted');
    } finally {
      await lab.stop();
    }
  });
});
