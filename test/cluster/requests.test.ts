import assert from 'node:assert/strict';
import { createAccess, createLogs, createObjects, type ClusterClient } from '../../src/cluster/index.ts';
import { list, record, text, type Json } from '../../src/model/json.ts';
import type { ApplyOutcome, LogRequest, ObjectName, ObjectRequests } from '../../src/model/requests.ts';
import { ConnectedLab } from './connectedLab.ts';

const never = new AbortController().signal;
const pod = (name: string): ObjectName => ({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name });

/** Single objects, their events, and logs, against the practice lab in its own process. */
describe('requests to the practice lab', function () {
  this.timeout(30_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  let viewer: ClusterClient;
  let objects: ObjectRequests;

  before(async () => {
    lab = await ConnectedLab.start('--with-viewer');
    client = await lab.client();
    viewer = await lab.client('viewer');
    objects = createObjects({ client });
  });
  after(async () => {
    await lab.end();
  });

  const service = (spec: Json, name = 'applied'): Json => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec,
  });
  const applied = (outcome: ApplyOutcome): Extract<ApplyOutcome, { is: 'applied' }> => {
    assert.equal(outcome.is, 'applied', JSON.stringify(outcome));
    return outcome;
  };

  it('knows the kinds that are served', async () => {
    const { kinds, unanswered } = await objects.servedKinds(never);
    const deployment = kinds.find(({ kind }) => kind === 'Deployment');
    assert.equal(deployment?.apiVersion, 'apps/v1');
    assert.equal(deployment.plural, 'deployments');
    assert.equal(deployment.namespaced, true);
    assert.ok(deployment.verbs.includes('patch'));
    assert.equal(kinds.find(({ kind }) => kind === 'Node')?.namespaced, false);
    assert.ok(!kinds.some(({ plural }) => plural.includes('/')));
    assert.deepEqual(unanswered, []);
  });

  it('gets objects of any kind, and tells none from a kind that is not served', async () => {
    const found = await objects.get(pod('testpod1'), never);
    assert.equal(text(record(found?.metadata).name), 'testpod1');
    assert.equal(found?.kind, 'Pod');
    const node: ObjectName = { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'node1' };
    assert.equal(text(record((await objects.get(node, never))?.metadata).name), 'node1');
    assert.equal(await objects.get(pod('nope'), never), undefined);
    await assert.rejects(objects.get({ ...pod('x'), apiVersion: 'example.com/v1', kind: 'Thing' }, never), {
      code: 'kind-not-served',
    });
    await assert.rejects(objects.get(pod('..'), never), { code: 'bad-name' });
  });

  it('never gives a Secret’s values away, nor takes the placeholders back', async () => {
    const name = { ...pod('password'), kind: 'Secret' };
    const secret = (stringData: Json): Json => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'password',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"key":"topsecret"}}',
        },
      },
      stringData,
    });
    const created = await objects.create(secret({ key: 'topsecret' }), { dryRun: false }, never);
    const outcome = await objects.apply(
      secret({ other: 'topsecret' }),
      { dryRun: false, force: true },
      never,
    );
    const read = await objects.get(name, never);
    assert.deepEqual(record(read?.data), { key: '(hidden)', other: '(hidden)' });
    for (const shown of [created, applied(outcome).object, read]) {
      const everything = JSON.stringify(shown);
      assert.ok(!everything.includes('topsecret'));
      assert.ok(!everything.includes(Buffer.from('topsecret').toString('base64')));
    }
    const options = { dryRun: false, force: true };
    await assert.rejects(objects.apply(read ?? {}, options, never), { code: 'hidden-secret' });
    assert.equal(await objects.delete(name, { dryRun: false }, never), true);
  });

  it('applies: creates, updates, tries without keeping, names conflicts and takes over', async () => {
    const options = { dryRun: false, force: false };
    const spec = { selector: { app: 'a' }, ports: [{ port: 80 }] };
    const tried = applied(await objects.apply(service(spec), { ...options, dryRun: true }, never));
    assert.equal(tried.created, true);
    const name = { ...pod('applied'), kind: 'Service' };
    assert.equal(await objects.get(name, never), undefined);
    assert.equal(applied(await objects.apply(service(spec), options, never)).created, true);
    const second = { ...spec, selector: { app: 'b' } };
    assert.equal(applied(await objects.apply(service(second), options, never)).created, false);
    // What was read can be applied again, managed fields and all.
    const read = await objects.get(name, never);
    assert.ok(read);
    applied(await objects.apply(read, options, never));

    await client.json({
      method: 'PATCH',
      path: '/api/v1/namespaces/default/services/applied',
      query: [['fieldManager', 'somebody "else"']],
      contentType: 'application/merge-patch+json',
      body: { spec: { selector: { app: 'c' } } },
      signal: never,
    });
    const conflict = await objects.apply(service(second), options, never);
    assert.equal(conflict.is, 'conflict');
    assert.deepEqual(conflict.conflicts, [{ manager: 'somebody "else"', field: '.spec.selector' }]);
    const taken = applied(await objects.apply(service(second), { ...options, force: true }, never));
    assert.deepEqual(record(taken.object.spec).selector, { app: 'b' });
  });

  it('says which field a refused object has wrong', async () => {
    const wrong = service({ selector: { app: 'a' }, ports: [{ port: 99_999 }] }, 'wrong');
    const outcome = await objects.apply(wrong, { dryRun: true, force: false }, never);
    assert.equal(outcome.is, 'invalid');
    assert.deepEqual(
      outcome.causes.map(({ field }) => field),
      ['spec.ports[0].port', 'spec.ports[0].targetPort'],
    );
    const unknown = service({ selektor: {} }, 'wrong');
    const strict = await objects.apply(unknown, { dryRun: true, force: false }, never);
    assert.equal(strict.is, 'invalid');
    assert.deepEqual(strict.causes, [{ field: '.spec.selektor', message: 'field not declared in schema' }]);
  });

  it('deletes only the very object that was meant', async () => {
    const made = await objects.create(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'made-' } },
      { dryRun: false },
      never,
    );
    const { uid, name } = record(made.metadata);
    const ref = { ...pod(text(name)), kind: 'ConfigMap' };
    assert.equal(await objects.delete(ref, { uid: 'another', dryRun: false }, never), false);
    assert.equal(await objects.delete(ref, { uid: text(uid), dryRun: true }, never), true);
    assert.ok(await objects.get(ref, never));
    assert.equal(await objects.delete(ref, { uid: text(uid), dryRun: false }, never), true);
    assert.equal(await objects.delete(ref, { dryRun: false }, never), false);
    // Without a name the path would mean the whole collection.
    await assert.rejects(objects.delete({ ...ref, name: '' }, { dryRun: false }, never), {
      code: 'bad-name',
    });
  });

  it('adds an ephemeral container', async () => {
    const patch = {
      spec: { ephemeralContainers: [{ name: 'debug', image: 'busybox', command: ['sleep', '9'] }] },
    };
    const patched = await objects.patchSubresource(pod('testpod2'), 'ephemeralcontainers', patch, never);
    const names = list(record(patched.spec).ephemeralContainers).map((entry) => text(record(entry).name));
    assert.deepEqual(names, ['debug']);
  });

  it('reads the events about one object, oldest first', async () => {
    const uid = text(record((await objects.get(pod('testpod1'), never))?.metadata).uid);
    const events = await objects.events({ ...pod('testpod1'), uid }, never);
    const reasons = events.map(({ reason }) => reason);
    assert.deepEqual(reasons.slice(-4), ['Pulling', 'Pulled', 'Created', 'Started']);
    for (const event of events) {
      assert.ok(Date.parse(event.firstSeen) <= Date.parse(event.lastSeen));
      assert.notEqual(event.source, '');
    }
    assert.deepEqual(await objects.events({ ...pod('testpod1'), uid: 'another' }, never), []);
  });

  it('says what a viewer may not do, and asks before', async () => {
    const seen = createObjects({ client: viewer });
    assert.ok(await seen.get(pod('testpod1'), never));
    await assert.rejects(seen.get({ ...pod('x'), kind: 'Secret' }, never), { code: 'forbidden' });
    const apply = seen.apply(service({ ports: [{ port: 1 }] }), { dryRun: true, force: false }, never);
    await assert.rejects(apply, { code: 'forbidden' });
    const access = createAccess(viewer);
    const remove = { verb: 'delete', resource: 'pods', namespace: 'default' };
    assert.equal((await access.may(remove, never)).allowed, false);
    assert.equal((await access.may({ ...remove, verb: 'get' }, never)).allowed, true);
  });

  describe('logs', () => {
    const writer = (script: string): Json => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'writer' },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', script] }],
      },
    });
    const request = (over: Partial<LogRequest> = {}): LogRequest => ({
      namespace: 'default',
      pod: 'writer',
      container: 'c',
      previous: false,
      follow: false,
      tailLines: 100,
      timestamps: false,
      ...over,
    });
    const read = async (over: Partial<LogRequest> = {}): Promise<string[]> => {
      const all: string[] = [];
      await createLogs({ client }).read(request(over), (lines) => all.push(...lines), never);
      return all;
    };

    before(async () => {
      const script = 'for i in 1 2 3; do echo "line ü $i"; done; printf "no end"; sleep 1; echo; echo last';
      await objects.create(writer(script), { dryRun: false }, never);
      const phase = async (): Promise<string> =>
        text(record((await objects.get(pod('writer'), never))?.status).phase);
      while (['', 'Pending'].includes(await phase())) await new Promise((done) => setTimeout(done, 50));
    });
    after(() => objects.delete(pod('writer'), { dryRun: false }, never));

    it('follows whole lines to the end', async () => {
      const all = await read({ follow: true });
      assert.deepEqual(all, ['line ü 1', 'line ü 2', 'line ü 3', 'no end', 'last']);
    });

    it('reads the last lines, with their times', async () => {
      const [line = '', ...more] = await read({ tailLines: 1, timestamps: true });
      assert.match(line, /^\d{4}-\d\d-\d\dT[\d:.]+Z last$/);
      assert.deepEqual(more, []);
    });

    it('is cancelled while it follows', async () => {
      const controller = new AbortController();
      const quiet = { pod: 'testpod1', container: 'c01', follow: true };
      const reading = createLogs({ client }).read(request(quiet), () => undefined, controller.signal);
      setTimeout(() => controller.abort(), 200);
      await assert.rejects(reading, { name: 'AbortError' });
    });

    it('says why there is no log', async () => {
      await assert.rejects(read({ container: 'nope' }), /container nope is not valid for pod writer/);
      await assert.rejects(read({ previous: true }), /previous terminated container "c" in pod "writer"/);
    });
  });

  it('names policies of kinds that nobody here evaluates', async () => {
    assert.deepEqual(await objects.otherPolicies(never), { found: [], unreadable: [] });
    await objects.create(
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'only-admins', namespace: 'default' },
        spec: { endpointSelector: {}, ingress: [] },
      },
      { dryRun: false },
      never,
    );
    assert.deepEqual((await objects.otherPolicies(never)).found, ['ciliumnetworkpolicy/default/only-admins']);
  });
});
