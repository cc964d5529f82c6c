import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { list, record } from '../../../src/model/json.ts';
import type { AnyObject, Kind } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot, type Coverage } from '../../../src/model/snapshot.ts';
import { listJson } from '../../../src/cli/list/asJson.ts';
import { listText } from '../../../src/cli/list/asText.ts';
import { readableKinds } from '../../../src/cli/list/readable.ts';
import { table } from '../../../src/cli/table.ts';

const recordings = path.join(import.meta.dirname, '../../fixtures/recordings');

function recorded(file: string, kind: Kind): readonly AnyObject[] {
  const body = record(JSON.parse(readFileSync(path.join(recordings, `${file}.json`), 'utf8')));
  const items = list(body.items).length > 0 ? body.items : record(body.body).items;
  return list(items).map((item) => readers[kind](record(item)));
}

const lesson = Snapshot.of([
  ...recorded('pods', 'Pod'),
  ...recorded('services', 'Service'),
  ...recorded('endpointslices', 'EndpointSlice'),
]);
const all = { Pod: true, Service: true, EndpointSlice: true };

describe('podnet list', () => {
  it('gives a pod with its containers, ports, mounts, volumes and services', () => {
    const { pods } = listJson(lesson, all);
    const pod = pods!.find(({ name }) => name.startsWith('mydeployments-'))!;
    assert.deepEqual(pod.services, ['demoservice', 'headless']);
    assert.deepEqual([pod.phase, pod.ready, pod.ips.length], ['Running', true, 1]);
    const two = pods!.find(({ name }) => name === 'myvolemptydir')!;
    const mounts = two.containers.map(({ mounts: each }) => each.find(({ volume }) => volume === 'xchange'));
    assert.deepEqual(mounts, [
      { volume: 'xchange', path: '/tmp/xchange', readOnly: false, subPath: '' },
      { volume: 'xchange', path: '/tmp/data', readOnly: false, subPath: '' },
    ]);
    assert.deepEqual(
      two.volumes.find(({ name }) => name === 'xchange'),
      { name: 'xchange', kind: 'emptyDir', source: '' },
    );
    const web = pods!.find(({ name }) => name === 'testpod1')!;
    assert.deepEqual(web.containers[0]!.ports, [{ name: '', port: 80, protocol: 'TCP' }]);
  });

  it('gives a service with its ports, selector and endpoints', () => {
    const { services } = listJson(lesson, all);
    const demo = services!.find(({ name }) => name === 'demoservice')!;
    assert.deepEqual([demo.type, demo.selector], ['NodePort', { name: 'deployment' }]);
    assert.deepEqual(
      demo.ports.map((port) => ({ ...port, nodePort: typeof port.nodePort })),
      [{ name: '', port: 80, protocol: 'TCP', targetPort: 80, nodePort: 'number' }],
    );
    const [endpoint] = demo.endpoints!;
    assert.ok(endpoint!.pod!.startsWith('mydeployments-'));
    assert.deepEqual([endpoint!.port, endpoint!.ready], [80, true]);
    const headless = services!.find(({ name }) => name === 'headless')!;
    assert.deepEqual(headless.clusterIPs, ['None']);
    assert.equal(services!.find(({ name }) => name === 'kubernetes')!.selector, null);
  });

  it('gives every volume with all its mounts', () => {
    const volume = listJson(lesson, all).volumes!.find(({ name }) => name === 'xchange')!;
    assert.deepEqual(volume, {
      namespace: 'default',
      pod: 'myvolemptydir',
      name: 'xchange',
      kind: 'emptyDir',
      source: '',
      mounts: [
        { container: 'c1', path: '/tmp/xchange', readOnly: false, subPath: '' },
        { container: 'c2', path: '/tmp/data', readOnly: false, subPath: '' },
      ],
    });
  });

  it('says null, never an empty list, of what could not be read', () => {
    const gap = (kind: Kind, coverage: Coverage): Snapshot => lesson.withCoverage(kind, coverage);
    const forbidden: Coverage = { is: 'forbidden', message: 'services is forbidden' };
    const noServices = readableKinds(gap('Service', forbidden));
    assert.deepEqual(noServices.gaps, ['the services could not be read: services is forbidden']);
    const some = readableKinds(gap('Service', { ...forbidden, except: ['default', 'shop'] }));
    assert.equal(some.readable.Service, true);
    assert.deepEqual(some.gaps, ['the services could be read in default, shop only: services is forbidden']);
    const without = listJson(lesson, noServices.readable);
    assert.equal(without.services, null);
    assert.equal(without.pods![0]!.services, null);
    const noSlices = listJson(lesson, readableKinds(gap('EndpointSlice', { is: 'loading' })).readable);
    assert.equal(noSlices.services![0]!.endpoints, null);
    const stale = readableKinds(gap('Pod', { is: 'stale', since: 0, message: 'the watch broke' }));
    assert.deepEqual(stale.gaps, [
      'the pods are not current, but as of 1970-01-01T00:00:00.000Z: the watch broke',
    ]);
    const noPods = listJson(lesson, stale.readable);
    assert.deepEqual([noPods.pods, noPods.volumes], [null, null]);
    assert.equal(listText(lesson, stale.readable, true).includes('Pods'), false);
    assert.deepEqual(readableKinds(lesson).gaps, []);
  });

  it('prints tables for people', () => {
    const text = listText(lesson, all, false);
    assert.match(text, /^Pods\nNAME +READY +STATUS +IP +NODE +PORTS +SERVICES\n/);
    assert.match(text, /^testpod1 +1\/1 +Running +10\.\S+ +node\d +80 +-$/m);
    assert.match(
      text,
      /^demoservice +NodePort +10\.\S+ +80:\d+\/TCP +name=deployment +10\.\S+:80=mydeployments-\S+$/m,
    );
    assert.match(text, /^headless +headless +None +80\/TCP/m);
    assert.match(text, /^kubernetes +ClusterIP .* 172\S+:6443$/m);
    assert.match(text, /^myvolemptydir +xchange +emptyDir +- +c1:\/tmp\/xchange, c2:\/tmp\/data$/m);
    assert.match(text, /\(and \d+ kube-api-access volumes/);
    assert.match(listText(lesson, all, true), /^NAMESPACE +NAME/m);
    assert.match(listText(Snapshot.of([]), all, true), /^Pods: none\n/);
  });

  it('makes cells safe for a terminal and keeps columns aligned', () => {
    const text = table(
      ['A', 'B'],
      [
        ['x\u001b[2J\ny', '1'],
        ['', 'two'],
      ],
    );
    assert.equal(text, 'A         B\nx\ufffd[2J y   1\n-         two\n');
  });
});
