import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { ExplainedError } from '../../../src/base/errors.ts';
import { list, record } from '../../../src/model/json.ts';
import type { AnyObject, Kind } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { parseRef } from '../../../src/model/refs.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { targetUrl } from '../../../src/probe/address.ts';
import { planTargets, type PlanOptions } from '../../../src/probe/plan.ts';
import { planSource } from '../../../src/probe/source.ts';
import { fixtures } from './support.ts';

function recorded(file: string, kind: Kind): readonly AnyObject[] {
  const body = record(
    record(JSON.parse(readFileSync(path.join(fixtures, `recordings/${file}.json`), 'utf8'))),
  );
  const listed = list(body.items).length > 0 ? body.items : record(body.body).items;
  return list(listed).map((item) => readers[kind](record(item)));
}

const lesson = Snapshot.of([
  ...recorded('pods', 'Pod'),
  ...recorded('services', 'Service'),
  ...recorded('endpointslices', 'EndpointSlice'),
  ...recorded('nodes', 'Node'),
]);

const pod = (name: string, spec: object, status: object): AnyObject =>
  readers.Pod(record({ metadata: { name, namespace: 'n' }, spec, status }));
const service = (name: string, spec: object): AnyObject =>
  readers.Service(record({ metadata: { name, namespace: 'n' }, spec }));

const running = { phase: 'Running', podIP: '10.1.0.5', podIPs: [{ ip: '10.1.0.5' }, { ip: 'fd00::5' }] };
const made = Snapshot.of([
  pod('plain', { containers: [{ name: 'a', ports: [{ containerPort: 8080, name: 'web' }] }] }, running),
  pod('no-ports', { containers: [{ name: 'a' }] }, running),
  pod('pending', { containers: [{ name: 'a' }] }, { phase: 'Pending' }),
  pod('done', { containers: [{ name: 'a' }] }, { phase: 'Succeeded', podIP: '10.1.0.9' }),
  pod(
    'on-host',
    { hostNetwork: true, nodeName: 'node1', containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] },
    running,
  ),
  pod(
    'six',
    { containers: [{ name: 'a', ports: [{ containerPort: 5432 }] }] },
    { phase: 'Running', podIP: 'fd00::9' },
  ),
  pod(
    'many',
    {
      containers: [
        { name: 'a', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] },
        { name: 'b', ports: [{ containerPort: 443, name: 'https' }] },
      ],
      initContainers: [{ name: 'i', ports: [{ containerPort: 9999 }] }],
    },
    {
      ...running,
      containerStatuses: [
        { name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } },
        { name: 'b', state: { running: {} } },
      ],
    },
  ),
  service('two', {
    clusterIP: '10.96.0.7',
    ports: [
      { name: 'web', port: 80 },
      { name: 'db', port: 5432, targetPort: 15432 },
    ],
  }),
  service('headless', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] }),
  service('outside', { type: 'ExternalName', externalName: 'db.example.com', ports: [{ port: 443 }] }),
  service('hostile', { type: 'ExternalName', externalName: '-e /bin/sh', ports: [{ port: 80 }] }),
  service('dns', { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] }),
]);

function urls(ref: string, snapshot = made, options: PlanOptions = {}): readonly string[] {
  return planTargets(parseRef(ref), snapshot, options).targets.map(targetUrl);
}

function fails(ref: string, code: string, says: RegExp, snapshot = made): void {
  assert.throws(
    () => planTargets(parseRef(ref), snapshot),
    (error) =>
      error instanceof ExplainedError &&
      error.code === code &&
      says.test(`${error.message}. ${error.remedy ?? ''}`),
    ref,
  );
}

describe('planTargets', () => {
  it('asks a pod by its IP, on the port given or the ports declared', () => {
    assert.deepEqual(urls('pod/n/plain:81'), ['http://10.1.0.5:81/']);
    assert.deepEqual(urls('pod/n/plain'), ['http://10.1.0.5:8080/']);
    assert.deepEqual(urls('pod/n/many'), ['http://10.1.0.5:80/', 'https://10.1.0.5:443/']);
    assert.deepEqual(urls('pod/n/many:b'), ['https://10.1.0.5:443/']);
    assert.deepEqual(urls('pod/n/six'), ['tcp://[fd00::9]:5432']);
    const { targets, notes } = planTargets(parseRef('pod/n/many'), made);
    assert.deepEqual(
      targets.map(({ ref }) => ref),
      ['pod/n/many:80', 'pod/n/many:443'],
    );
    assert.deepEqual(
      notes.map(({ id }) => id),
      ['not-tcp'],
    );
    assert.match(notes[0]!.text, /53\/UDP/);
  });

  it('takes the address of the family the source has', () => {
    const from = { namespace: 'n', pod: 'six', container: 'a' };
    assert.deepEqual(urls('pod/n/plain:80', made, { from }), ['http://[fd00::5]:80/']);
    assert.deepEqual(urls('pod/n/plain:80', made, { from: { ...from, pod: 'plain' } }), [
      'http://10.1.0.5:80/',
    ]);
  });

  it('says why a pod cannot be asked', () => {
    fails('pod/n/plane:80', 'no-such-pod', /no pod plane in namespace n.*There are: plain/);
    fails('pod/other/plain:80', 'no-such-pod', /There is one in namespace n/);
    fails('pod/n/pending:80', 'pod-without-ip', /has no IP yet \(Pending\)/);
    fails('pod/n/done:80', 'pod-ended', /has ended \(Succeeded\)/);
    fails('pod/n/no-ports', 'no-port', /declares no TCP port.*pod\/n\/no-ports:80/);
    fails('pod/n/plain:nope', 'no-such-container', /no container nope.*It has: a/);
  });

  it('never takes "not read" for "not there"', () => {
    const unread = Snapshot.empty.withCoverage('Pod', {
      is: 'forbidden',
      message: 'pods is forbidden: User "viewer"',
    });
    fails('pod/n/plain:80', 'not-read', /not known.*pods is forbidden/, unread);
  });

  it('notes that a pod on the host network has its node address', () => {
    assert.deepEqual(
      planTargets(parseRef('pod/n/on-host'), made).notes.map(({ id }) => id),
      ['host-network'],
    );
  });

  it('asks a Service by cluster IP, by name where wanted, each TCP port', () => {
    assert.deepEqual(urls('svc/n/two'), ['http://10.96.0.7:80/', 'tcp://10.96.0.7:5432']);
    assert.deepEqual(urls('svc/n/two:db'), ['tcp://10.96.0.7:5432']);
    assert.deepEqual(urls('svc/n/two:web', made, { serviceBy: 'name' }), ['http://two.n.svc:80/']);
    assert.deepEqual(urls('svc/n/two:81'), ['http://10.96.0.7:81/'], 'asked all the same');
    assert.deepEqual(urls('svc/n/outside'), ['https://db.example.com:443/']);
    fails('svc/n/two:nope', 'no-such-port', /no TCP port named nope.*80\/TCP \(web\), 5432\/TCP \(db\)/);
    fails('svc/n/dns', 'no-port', /no TCP port.*53\/UDP/);
    fails('svc/n/none', 'no-such-service', /no service none/);
  });

  it('asks a headless Service by name on the port of its pods, and says so', () => {
    const { targets, notes } = planTargets(parseRef('svc/n/headless'), made);
    assert.deepEqual(targets.map(targetUrl), ['http://headless.n.svc:8080/']);
    assert.deepEqual(
      notes.map(({ id }) => id),
      ['headless-port'],
    );
  });

  it('refuses a host that a tool could read as an option', () => {
    fails('svc/n/hostile', 'bad-host', /is no host name/);
  });

  it('asks URLs as they are', () => {
    assert.deepEqual(urls('https://example.com'), ['https://example.com:443/']);
    assert.deepEqual(urls('http://[fd00::1]:8080/a/b?c=d'), ['http://[fd00::1]:8080/a/b?c=d']);
    assert.deepEqual(urls('tcp://db.n.svc:5432'), ['tcp://db.n.svc:5432']);
    fails('tcp://db', 'no-port', /needs a port/);
    fails('ftp://db/', 'bad-scheme', /cannot be checked/);
    fails('http://user:secret@db/', 'credentials-in-url', /holds a user name or password/);
    assert.throws(
      () => planTargets(parseRef('http://user:secret@db/'), made),
      (error) => !String(error).includes('secret'),
    );
  });

  it('asks localhost on the ports of the source', () => {
    const from = { namespace: 'n', pod: 'many', container: 'b' };
    assert.deepEqual(urls('localhost', made, { from }), ['http://localhost:80/', 'https://localhost:443/']);
    assert.deepEqual(urls('localhost:3000', made, { from }), ['http://localhost:3000/']);
    fails('localhost', 'no-port', /localhost needs a port/);
  });

  it("plans the lesson's lab as a real cluster has it", () => {
    assert.deepEqual(urls('pod/default/testpod2:80', lesson), [
      `http://${lesson.get('Pod', 'default', 'testpod2')!.ips[0]!}:80/`,
    ]);
    assert.deepEqual(urls('svc/default/demoservice', lesson), [
      `http://${lesson.get('Service', 'default', 'demoservice')!.clusterIPs[0]!}:80/`,
    ]);
    const nodePort = lesson.get('Service', 'default', 'demoservice')!.ports[0]!.nodePort!;
    const [node] = lesson.all('Node');
    const address = node!.addresses.find(({ type }) => type === 'InternalIP')!.address;
    assert.deepEqual(urls(`node/${node!.name}:${nodePort}`, lesson), [`http://${address}:${nodePort}/`]);
    fails(`node/${node!.name}`, 'no-port', new RegExp(`Node ports: .*${nodePort} \\(demoservice\\)`), lesson);
    fails('node/nope:1', 'no-such-node', /no node nope in the cluster/, lesson);
  });
});

describe('planSource', () => {
  const source = (ref: string): string => planSource(parseRef(ref), made).container;
  const refuses = (ref: string, code: string, says: RegExp): void => {
    assert.throws(
      () => planSource(parseRef(ref), made),
      (error) =>
        error instanceof ExplainedError &&
        error.code === code &&
        says.test(`${error.message}. ${error.remedy ?? ''}`),
    );
  };

  it('is the container named, or the first that runs', () => {
    assert.equal(source('pod/n/many'), 'b');
    assert.equal(source('pod/n/many:b'), 'b');
    assert.equal(planSource(parseRef('pod/default/testipod'), lesson).container, 'c00');
  });

  it('says why nothing can run there', () => {
    refuses(
      'pod/n/many:a',
      'source-not-running',
      /Container a of pod many does not run \(waiting: CrashLoopBackOff\)/,
    );
    refuses('pod/n/many:zzz', 'no-such-container', /It has: i, a, b/);
    refuses('pod/n/pending', 'source-not-running', /No container of pod pending/);
    refuses('svc/n/two', 'source-not-a-pod', /cannot start from svc\/n\/two/);
    refuses('pod/n/plain:80', 'source-with-port', /A port belongs to the target/);
  });
});
