import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { inEnglish } from '../../../src/base/say.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import type { Exec, ExecOutcome, ExecRequest } from '../../../src/probe/exec.ts';
import { planVolume } from '../../../src/probe/volume.ts';
import { checkVolume } from '../../../src/probe/volumeChecker.ts';
import { aPod } from '../model/build.ts';
import { LocalExec } from './localExec.ts';

const marker = '0123456789abcdef';
const running = (...names: string[]) => ({
  containerStatuses: names.map((name) => ({
    name,
    state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
  })),
});

interface Made {
  readonly container: string;
  readonly path: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
}

function podWith(name: string, mounts: readonly Made[], volume: object, more: object = {}) {
  return aPod({
    name,
    spec: {
      containers: mounts.map(({ container, path: mountPath, readOnly, subPath }) => ({
        name: container,
        image: 'centos',
        volumeMounts: [{ name: 'data', mountPath, readOnly, subPath }],
      })),
      volumes: [{ name: 'data', ...volume }],
      ...more,
    },
    status: running(...mounts.map(({ container }) => container)),
  });
}

const asked = { namespace: 'default', pod: 'p', volume: 'data' };
const two: readonly Made[] = [
  { container: 'c1', path: '/tmp/xchange' },
  { container: 'c2', path: '/tmp/data' },
];

describe('planVolume', () => {
  const plan = (...pods: Parameters<typeof Snapshot.of>[0][]) =>
    planVolume(asked, Snapshot.of(pods.flatMap((each) => [...each])), marker);

  it('writes through one mount and reads through the others', () => {
    const { writer, readers, file } = plan([podWith('p', two, { emptyDir: {} })]);
    assert.equal(writer.at.container, 'c1');
    assert.equal(file, `/tmp/xchange/.podnet-${marker}`);
    assert.deepEqual(
      readers.map(({ at, file: there }) => [at.container, there]),
      [['c2', `/tmp/data/.podnet-${marker}`]],
    );
  });

  it('never writes through a read-only mount, but reads there', () => {
    const { writer, readers } = plan([
      podWith('p', [{ ...two[0]!, readOnly: true }, two[1]!], { emptyDir: {} }),
    ]);
    assert.deepEqual([writer.at.container, readers[0]?.at.container], ['c2', 'c1']);
    assert.throws(
      () =>
        plan([
          podWith(
            'p',
            two.map((each) => ({ ...each, readOnly: true })),
            { emptyDir: {} },
          ),
        ]),
      /No running container can write.*/,
    );
    assert.throws(() => plan([podWith('p', two, { configMap: { name: 'x' } })]), /is a configMap/);
  });

  it('sees a file below a subPath from above it, and says which directories are others', () => {
    const { writer, readers, notes } = plan([
      podWith(
        'p',
        [
          { container: 'root', path: '/all/' },
          { container: 'a', path: '/a', subPath: 'one' },
          { container: 'b', path: '/b', subPath: 'two' },
        ],
        { emptyDir: {} },
      ),
    ]);
    assert.equal(writer.at.container, 'a');
    assert.deepEqual(
      readers.map(({ file }) => file),
      [`/all/one/.podnet-${marker}`],
    );
    assert.match(
      notes.map(({ template, args }) => inEnglish(template, ...args)).join(),
      /:b mounts subPath two at \/b, another directory/,
    );
  });

  it('finds the other pods that use the same claim, and host paths on the same node only', () => {
    const claim = { persistentVolumeClaim: { claimName: 'shared' } };
    const shared = plan([podWith('p', [two[0]!], claim), podWith('q', [two[1]!], claim)]);
    assert.deepEqual(
      shared.readers.map(({ at }) => at.pod),
      ['q'],
    );
    const host = { hostPath: { path: '/srv' } };
    const near = podWith('q', [two[1]!], host, { nodeName: 'n1' });
    const far = podWith('r', [two[1]!], host, { nodeName: 'n2' });
    const local = plan([podWith('p', [two[0]!], host, { nodeName: 'n1' }), near, far]);
    assert.deepEqual(
      local.readers.map(({ at }) => at.pod),
      ['q'],
    );
  });

  it('refuses what nobody shares, and names what there is', () => {
    assert.throws(() => plan([podWith('p', [two[0]!], { emptyDir: {} })]), /no second mount/);
    assert.throws(
      () => planVolume({ ...asked, volume: 'nope' }, Snapshot.of([podWith('p', two, {})]), marker),
      /has no volume nope/,
    );
  });
});

/** Runs a container's commands on this machine: each container's paths are folders below a root of its own. */
class FolderExec implements Exec {
  readonly #local: LocalExec;
  readonly #folders: Readonly<Record<string, string>>;
  readonly requests: ExecRequest[] = [];
  onRun: (request: ExecRequest) => void = () => undefined;

  constructor(bin: string, folders: Readonly<Record<string, string>>) {
    this.#local = new LocalExec(bin);
    this.#folders = folders;
  }

  run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome> {
    this.requests.push(request);
    this.onRun(request);
    const root = this.#folders[request.target.container] ?? '';
    const command = request.command.map((word) => (word.startsWith('/tmp/') ? path.join(root, word) : word));
    return this.#local.run({ ...request, command }, signal);
  }
}

describe('checkVolume', () => {
  let root: string;
  let bin: string;
  let exec: FolderExec;
  const snapshot = Snapshot.of([podWith('p', two, { emptyDir: {} })]);
  const never = new AbortController().signal;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'podnet-volume-'));
    bin = path.join(root, 'bin');
    for (const folder of ['bin', 'c1/tmp', 'c2/tmp', 'volume'])
      mkdirSync(path.join(root, folder), { recursive: true });
    for (const program of ['sh', 'rm']) symlinkSync(`/bin/${program}`, path.join(bin, program));
    symlinkSync(path.join(root, 'volume'), path.join(root, 'c1/tmp/xchange'));
    exec = new FolderExec(bin, { c1: path.join(root, 'c1'), c2: path.join(root, 'c2') });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const share = (): void => symlinkSync(path.join(root, 'volume'), path.join(root, 'c2/tmp/data'));
  const check = (signal = never) => checkVolume(exec, planVolume(asked, snapshot, marker), marker, signal);

  it('reads through the other mount what was written, and removes it', async () => {
    share();
    const { records, left } = await check();
    assert.deepEqual(
      records.map(({ verdict, reason, from }) => [verdict, reason, from]),
      [['reachable', 'marker-read', 'pod/default/p:c2']],
    );
    assert.equal(left, undefined);
    assert.deepEqual(readdirSync(path.join(root, 'volume')), []);
  });

  it('tells two directories apart, one empty and one with a file of that name', async () => {
    mkdirSync(path.join(root, 'c2/tmp/data'));
    const empty = await check();
    assert.equal(empty.records[0]?.reason, 'marker-missing');
    writeFileSync(path.join(root, `c2/tmp/data/.podnet-${marker}`), 'something else\n');
    const other = await check();
    assert.equal(other.records[0]?.reason, 'marker-differs');
    assert.deepEqual(readdirSync(path.join(root, 'volume')), []);
  });

  it('says that it could not write, and overwrites nothing', async () => {
    share();
    const file = path.join(root, `volume/.podnet-${marker}`);
    mkdirSync(file);
    const { records } = await check();
    assert.deepEqual(
      records.map(({ verdict, reason }) => [verdict, reason]),
      [['inconclusive', 'marker-unwritten']],
    );
  });

  it('removes the file after a cancellation as well', async () => {
    share();
    const abort = new AbortController();
    exec.onRun = ({ target }) => {
      if (target.container === 'c2') abort.abort();
    };
    await assert.rejects(check(abort.signal), { name: 'AbortError' });
    assert.deepEqual(readdirSync(path.join(root, 'volume')), []);
  });
});
