import assert from 'node:assert/strict';
import { createExec, createObjects, type ClusterClient } from '../../src/cluster/index.ts';
import { inEnglish, type Sentence } from '../../src/base/say.ts';
import { Snapshot } from '../../src/model/snapshot.ts';
import { ContainerChecker } from '../../src/probe/checker.ts';
import { planUrl } from '../../src/probe/planUrl.ts';
import { installCommand, installCurl } from '../../src/probe/standIn/install.ts';
import { StandInChecker } from '../../src/probe/standIn/standInChecker.ts';
import { whenRunning } from '../../src/probe/standIn/whenRunning.ts';
import { ConnectedLab } from './connectedLab.ts';

/** Images without a single tool left: what stands in is curl, installed by each family's package manager. */
const sources = [
  ['apt', 'debian', ['/usr/bin/bash', '/usr/bin/perl'], /"apt-get update && .*apt-get install -y .*curl"/],
  ['apk', 'alpine', ['/bin/wget', '/bin/nc'], /"apk add --no-cache curl"/],
  ['dnf', 'fedora', ['/usr/bin/curl', '/usr/bin/bash'], /"dnf install -y curl"/],
] as const;

describe('a check that installs curl, against the practice lab', function () {
  this.timeout(60_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  const never = new AbortController().signal;

  before(async () => {
    lab = await ConnectedLab.start();
    client = await lab.client();
  });
  after(async () => {
    await lab.end();
  });

  async function start(name: string, image: string, more: object = {}): Promise<void> {
    const command = ['sleep', '1000'];
    const spec = { containers: [{ name: 'c', image, command, ...more }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec };
    const requests = createObjects({ client });
    await requests.create(pod, { dryRun: false }, never);
    await whenRunning(requests, { namespace: 'default', pod: name, container: 'c' }, never);
  }

  function checker(asked: Sentence[]): StandInChecker {
    const exec = createExec({ client, nodeOf: () => undefined });
    return new StandInChecker(new ContainerChecker(exec), {
      exec,
      requests: createObjects({ client }),
      snapshot: () => Snapshot.of([]),
      consent: ({ kind, change }) => {
        if (kind !== 'install') return Promise.resolve('next');
        asked.push(change);
        return Promise.resolve('yes');
      },
      suffix: () => 'x',
    });
  }

  const [target] = planUrl('http://demoservice.default').targets;

  for (const [name, image, tools, command] of sources) {
    it(`names the command and reaches the service then: ${name}`, async () => {
      const from = { namespace: 'default', pod: `bare-${name}`, container: 'c' };
      await start(`bare-${name}`, image);
      const removed = await createExec({ client, nodeOf: () => undefined }).run(
        { target: from, command: ['rm', '-f', ...tools], timeoutMs: 10_000 },
        never,
      );
      assert.equal(removed.is, 'exited');
      const asked: Sentence[] = [];
      assert.ok(target);
      const record = await checker(asked).check({ from, target }, never);
      assert.deepEqual([record.verdict, record.tool, record.httpStatus], ['reachable', 'curl', 200]);
      assert.match(record.via ?? '', /curl, installed in container c/);
      assert.equal(asked.length, 1);
      assert.match(inEnglish(asked[0]?.template ?? '', ...(asked[0]?.args ?? [])), command);
    });
  }

  it('says what the package manager said where the root is read-only', async () => {
    const readOnly = { securityContext: { readOnlyRootFilesystem: true } };
    await start('sealed', 'alpine', readOnly);
    const from = { namespace: 'default', pod: 'sealed', container: 'c' };
    const exec = createExec({ client, nodeOf: () => undefined });
    const command = await installCommand(exec, from, never);
    await assert.rejects(installCurl(exec, from, command, never), /database: Read-only file system/);
  });
});
