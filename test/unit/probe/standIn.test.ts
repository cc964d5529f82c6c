import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ExplainedError } from '../../../src/base/errors.ts';
import { inEnglish } from '../../../src/base/say.ts';
import { record, type Json } from '../../../src/model/json.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { ContainerChecker } from '../../../src/probe/checker.ts';
import type { ExecRequest } from '../../../src/probe/exec.ts';
import { leftClientPods, startClientPod } from '../../../src/probe/standIn/clientPod.ts';
import { installCommand, installCurl } from '../../../src/probe/standIn/install.ts';
import { proposalOf, standInKinds, type StandInKind } from '../../../src/probe/standIn/proposal.ts';
import { StandInChecker, type Consent } from '../../../src/probe/standIn/standInChecker.ts';
import type { StandInRequests } from '../../../src/probe/standIn/whenRunning.ts';
import { aPod } from '../model/build.ts';
import { exited, programMissing, ScriptedExec } from './localExec.ts';
import { targetOf } from './support.ts';

const from = { namespace: 'default', pod: 'bare', container: 'app' };
const never = new AbortController().signal;
const target = targetOf('http://10.0.0.2/');

/** A cluster's objects as far as stand-ins ask: what is created runs at once, or waits with a reason. */
class Objects implements StandInRequests {
  readonly done: string[] = [];
  readonly bodies: Json[] = [];
  waiting: { readonly reason: string } | undefined;
  #containers: string[] = [];

  get(): Promise<Json> {
    const state = this.waiting === undefined ? { running: {} } : { waiting: this.waiting };
    const statuses = this.#containers.map((name) => ({ name, state }));
    return Promise.resolve({ status: { containerStatuses: statuses, ephemeralContainerStatuses: statuses } });
  }

  create(object: Json): Promise<Json> {
    this.done.push('create');
    this.bodies.push(object);
    this.#containers.push('client');
    return Promise.resolve({ metadata: { uid: 'u-1' } });
  }

  delete(name: { readonly name: string }, options: { readonly uid?: string }): Promise<boolean> {
    this.done.push(`delete ${name.name} ${options.uid ?? ''}`.trim());
    return Promise.resolve(true);
  }

  patchSubresource(_: unknown, subresource: string, patch: Json): Promise<Json> {
    this.done.push(`patch ${subresource}`);
    this.bodies.push(patch);
    const [added] = record(patch.spec).ephemeralContainers as [{ readonly name: string }];
    this.#containers.push(added.name);
    return Promise.resolve({});
  }
}

/** Only containers of ours have curl; the source's has apk, and runs as root. */
const answers = ({ target: at, command }: ExecRequest) => {
  if (command[0] === 'sh' && command[2]?.includes('id -u') === true) return exited(0, '0\napk\n');
  const has = at.container.startsWith('podnet-') || at.container === 'client';
  return has && command[0] === 'curl'
    ? exited(0, '\n200 0.000031 0.000522 0.000000 0.002723 10.0.0.2')
    : programMissing(command[0] ?? '');
};

function checkerWith(objects: Objects, consents: readonly Consent[], denied: readonly string[] = []) {
  const asked: StandInKind[] = [];
  const exec = new ScriptedExec(answers);
  const left = [...consents];
  const checker = new StandInChecker(new ContainerChecker(exec), {
    exec,
    requests: objects,
    access: {
      may: ({ verb, resource }) =>
        Promise.resolve({ allowed: !denied.includes(`${verb} ${resource}`), reason: '' }),
    },
    snapshot: () => Snapshot.of([aPod({ name: 'bare', spec: { nodeName: 'n1' } })]),
    consent: ({ kind }) => {
      asked.push(kind);
      return Promise.resolve(left.shift() ?? 'stop');
    },
    suffix: () => 'abcd1234',
  });
  return { checker, asked };
}

describe('A stand-in', () => {
  it('is offered only where there is no tool, and nothing happens without consent', async () => {
    const objects = new Objects();
    const { checker, asked } = checkerWith(objects, ['next', 'next', 'next']);
    const found = await checker.check({ from, target }, never);
    assert.deepEqual([found.reason, asked, objects.done], ['no-tool', [...standInKinds], []]);
    const stopped = checkerWith(objects, ['stop']);
    assert.equal((await stopped.checker.check({ from, target }, never)).reason, 'no-tool');
    assert.deepEqual([stopped.asked, objects.done], [['ephemeral'], []]);
  });

  it('is asked about once for several checks of a source', async () => {
    const objects = new Objects();
    const { checker, asked } = checkerWith(objects, ['yes']);
    const records = [
      await checker.check({ from, target }, never),
      await checker.check({ from, target }, never),
    ];
    assert.deepEqual(
      records.map(({ verdict, from: label, ranIn }) => [verdict, label, ranIn]),
      records.map(() => ['reachable', 'pod/default/bare:app', 'pod/default/bare:podnet-abcd1234']),
    );
    assert.deepEqual([asked, objects.done], [['ephemeral'], ['patch ephemeralcontainers']]);
  });

  it('is not offered without the right to it', async () => {
    const { asked, checker } = checkerWith(new Objects(), ['stop'], ['patch pods', 'create pods']);
    await checker.check({ from, target }, never);
    assert.deepEqual(asked, ['install']);
  });

  it('runs under the restricted Pod Security level, without the source’s labels, on its node', async () => {
    const objects = new Objects();
    const { checker } = checkerWith(objects, ['next', 'yes']);
    const found = await checker.check({ from, target }, never);
    assert.match(found.via ?? '', /lacks the labels of pod bare/);
    const [pod = {}] = objects.bodies;
    const spec = record(pod.spec);
    const [container] = spec.containers as [Json];
    assert.deepEqual(container.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65_532,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    assert.deepEqual(
      [spec.nodeName, spec.activeDeadlineSeconds, spec.automountServiceAccountToken, spec.restartPolicy],
      ['n1', 300, false, 'Never'],
    );
    await checker.cleanUp();
    await checker.cleanUp();
    assert.deepEqual(objects.done, ['create', 'delete podnet-client-abcd1234 u-1']);
  });

  it('is taken away where it does not come to run, and says why', async () => {
    const objects = new Objects();
    objects.waiting = { reason: 'ImagePullBackOff' };
    const place = { namespace: 'default', nodeName: '' };
    await assert.rejects(
      startClientPod(objects, place, 'no/image', 'x', never),
      /does not run: ImagePullBackOff/,
    );
    assert.deepEqual(objects.done, ['create', 'delete podnet-client-x u-1']);
  });

  it('that a crash left behind is known by its label once it has ended', () => {
    const labels = { 'pod-network-explorer/client': 'true' };
    const snapshot = Snapshot.of([
      aPod({ name: 'a', labels, status: { phase: 'Failed' } }),
      aPod({ name: 'b', labels }),
      aPod({ name: 'c', status: { phase: 'Failed' } }),
    ]);
    assert.deepEqual(
      leftClientPods(snapshot, 'default').map(({ name }) => name),
      ['a'],
    );
  });
});

describe('Installing curl', () => {
  it('says what the package manager said where it fails', async () => {
    await installCurl(new ScriptedExec(exited(0, 'done')), from, 'apk add curl', never);
    await assert.rejects(
      installCurl(
        new ScriptedExec(exited(100, '', 'E: Could not open lock file (13: Permission denied)\n')),
        from,
        'apt-get install -y curl',
        never,
      ),
      (error: unknown) => error instanceof ExplainedError && error.message.includes('Permission denied'),
    );
  });

  it('is not asked about where it cannot be: no root, no package manager, no shell; nor for names', async () => {
    for (const [outcome, why] of [
      [exited(0, '1000\napt-get\n'), /runs as user 1000, and apt-get needs root/],
      [exited(0, '0\nnone\n'), /has no package manager/],
      [programMissing('sh'), /its image has no shell/],
    ] as const) {
      await assert.rejects(installCommand(new ScriptedExec(outcome), from, never), why);
      const asked: StandInKind[] = [];
      const exec = new ScriptedExec(({ command }) =>
        command[0] === 'sh' ? outcome : programMissing(command[0] ?? ''),
      );
      const parts = {
        exec,
        requests: new Objects(),
        snapshot: () => Snapshot.of([]),
        consent: ({ kind }: { readonly kind: StandInKind }) => {
          asked.push(kind);
          return Promise.resolve('next' as const);
        },
        suffix: () => 'x',
      };
      const made = await new StandInChecker(new ContainerChecker(exec), parts).check({ from, target }, never);
      assert.deepEqual([made.reason, asked], ['no-tool', ['ephemeral', 'client-pod']]);
      const demanded = new StandInChecker(new ContainerChecker(exec), {
        ...parts,
        kinds: new Set<StandInKind>(['install']),
      });
      await assert.rejects(demanded.check({ from, target }, never), why);
    }
    const { checker, asked } = checkerWith(new Objects(), ['next', 'next', 'yes']);
    await checker.check({ from, target: targetOf('udp://10.0.0.2:53') }, never);
    assert.deepEqual(asked, ['ephemeral', 'client-pod']);
  });
});

describe('Proposals', () => {
  it('say what is changed, whether it is undone, and fill every place', () => {
    for (const kind of standInKinds) {
      const { title, change, undo, caveat } = proposalOf(kind, from, {
        image: 'an/image',
        nodeName: 'n1',
        command: 'apk add curl',
      });
      for (const sentence of [title, change, undo, caveat])
        assert.equal(/\{\d\}/.test(inEnglish(sentence.template, ...sentence.args)), false);
      assert.match(inEnglish(undo.template, ...undo.args), /cannot be removed|is deleted|not undone/);
    }
  });
});
