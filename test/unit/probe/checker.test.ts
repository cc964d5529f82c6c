import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { ExecOutcome } from '../../../src/probe/exec.ts';
import { ContainerChecker } from '../../../src/probe/checker.ts';
import { exited, LocalExec, programMissing, ScriptedExec } from './localExec.ts';
import { targetOf } from './support.ts';

const from = { namespace: 'default', pod: 'testpod1', container: 'c01' };
const never = new AbortController().signal;
const target = targetOf('http://10.244.2.3:80/');
const ok = exited(0, '\n200 0.000031 0.000522 0.000000 0.002723 10.244.2.3');
const couldNotConnect =
  "curl: (7) Failed to connect to 10.244.2.3 port 80 after 0 ms: Couldn't connect to server\n";

describe('ContainerChecker', () => {
  it('makes the common check with one exec, and records all of it', async () => {
    const exec = new ScriptedExec(ok);
    const checker = new ContainerChecker(exec, { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
    const record = await checker.check({ from, target }, never);
    assert.equal(exec.requests.length, 1);
    const [request] = exec.requests;
    assert.deepEqual(record, {
      ...{ from: 'pod/default/testpod1:c01', to: 'http://10.244.2.3:80/', url: 'http://10.244.2.3:80/' },
      ...{ tool: 'curl', verdict: 'reachable', reason: 'http-answer', httpStatus: 200, exitCode: 0 },
      detail: '200 0.000031 0.000522 0.000000 0.002723 10.244.2.3',
      timingsMs: { dns: 0.031, connect: 0.522, tls: null, total: 2.723 },
      remoteIp: '10.244.2.3',
      command: request!.command,
      output: '\n200 0.000031 0.000522 0.000000 0.002723 10.244.2.3',
      summary: 'http://10.244.2.3:80/ answered with HTTP 200.',
      startedAt: '2026-01-02T03:04:05.000Z',
    });
    assert.deepEqual(request!.target, from);
    assert.equal(request!.timeoutMs, 10_000);
  });

  it('asks curl once more, in more words, where it does not tell a refusal from a missing route', async () => {
    const written = '\n000 0.000020 0.000000 0.000000 0.000226 ';
    for (const [why, verdict] of [
      ['* connect to 10.244.2.3 port 80 failed: Connection refused\n', 'refused'],
      ['* Immediate connect fail for 10.244.2.3: Network is unreachable\n', 'timeout'],
    ] as const) {
      const exec = new ScriptedExec(
        exited(7, written, couldNotConnect),
        exited(7, written, why + couldNotConnect),
      );
      const record = await new ContainerChecker(exec).check({ from, target }, never);
      assert.equal(record.verdict, verdict);
      assert.ok(record.command.includes('-v'), 'the command that decided');
      assert.ok(record.output.includes(why));
    }
    const silentAboutIt = new ScriptedExec(exited(7, written, couldNotConnect));
    const record = await new ContainerChecker(silentAboutIt).check({ from, target }, never);
    assert.deepEqual([record.verdict, record.reason], ['refused', 'could-not-connect']);
    assert.equal(record.command.includes('-v'), false);
  });

  it('asks nc where BusyBox wget ran out of time', async () => {
    const ranOut = exited(1, '', 'Connecting to 10.244.2.3:80 (10.244.2.3:80)\nwget: download timed out\n');
    const open = new ScriptedExec(programMissing('curl'), ranOut, exited(0, ''));
    const hung = await new ContainerChecker(open).check({ from, target }, never);
    assert.deepEqual([hung.verdict, hung.reason, hung.tool], ['no-answer', 'silent', 'nc']);
    const dropped = new ScriptedExec(programMissing('curl'), ranOut, exited(1, ''));
    assert.equal((await new ContainerChecker(dropped).check({ from, target }, never)).verdict, 'timeout');
    const withoutNc = new ScriptedExec(
      programMissing('curl'),
      ranOut,
      exited(127, '', "timeout: can't execute 'nc': No such file or directory\n"),
    );
    const record = await new ContainerChecker(withoutNc).check({ from, target }, never);
    assert.deepEqual(
      [record.verdict, record.reason, record.tool],
      ['timeout', 'no-reply-or-silent', 'busybox-wget'],
    );
  });

  it('goes down the ladder only for missing programs, and remembers them for the image', async () => {
    let now = 0;
    const exec = new ScriptedExec((request) =>
      request.command[0] === 'timeout' && request.command[2] === 'bash'
        ? exited(0, 'open\n')
        : programMissing(request.command[0] ?? ''),
    );
    const checker = new ContainerChecker(exec, { imageOf: () => 'httpd', now: () => now });
    const programs = (): readonly (string | undefined)[] => exec.requests.map(({ command }) => command[0]);
    const first = await checker.check({ from, target }, never);
    assert.deepEqual([first.tool, first.verdict, first.reason], ['bash', 'reachable', 'tcp-open']);
    assert.deepEqual(programs(), ['curl', 'env', 'timeout']);
    await checker.check({ from: { ...from, pod: 'another' }, target }, never);
    assert.deepEqual(programs(), ['curl', 'env', 'timeout', 'timeout'], 'same image: one exec');
    now += 60_000;
    await checker.check({ from, target }, never);
    assert.equal(exec.requests.length, 7, 'looked for again after a minute');
    checker.forgetTools();
    await checker.check({ from, target }, never);
    assert.equal(exec.requests.length, 10);
  });

  it('does without `timeout` where it is missing', async () => {
    const exec = new ScriptedExec((request) => {
      const [program, , third] = request.command;
      if (program === 'curl' || program === 'timeout') return programMissing(program);
      if (program === 'bash') return exited(0, 'open\n');
      assert.equal(third, 'http_proxy');
      const missing = request.command.includes('timeout') ? 'timeout' : 'wget';
      return exited(127, '', `env: '${missing}': No such file or directory\n`);
    });
    const record = await new ContainerChecker(exec).check({ from, target }, never);
    assert.deepEqual([record.tool, record.command[0]], ['bash', 'bash']);
    assert.equal(exec.requests.length, 4, 'curl, env+timeout+wget, env+wget, bash');
  });

  it('says what it looked for where there is no tool at all, the second time without any exec', async () => {
    const exec = new ScriptedExec((request) => programMissing(request.command[0] ?? ''));
    const checker = new ContainerChecker(exec);
    const record = await checker.check({ from, target }, never);
    assert.deepEqual([record.tool, record.verdict, record.reason], ['none', 'inconclusive', 'no-tool']);
    assert.equal(record.exitCode, null);
    assert.equal(record.command[0], 'curl');
    assert.match(record.summary, /looked for curl, wget, bash, perl and python3.*install curl/);
    for (const program of ['curl', 'env', 'timeout', 'bash', 'perl', 'python3']) {
      assert.ok(record.output.includes(`"${program}"`), program);
    }
    const asked = exec.requests.length;
    assert.equal((await checker.check({ from, target }, never)).output, record.output);
    assert.equal(exec.requests.length, asked);
  });

  it('tries the next tool where one is broken, and reports the broken one where none helps', async () => {
    const curlBroken = exited(2, '', 'curl: (2) no URL specified\n');
    const helped = new ScriptedExec((request) =>
      request.command[0] === 'curl' ? curlBroken : exited(8, '', '  HTTP/1.1 404 Not Found\n'),
    );
    const record = await new ContainerChecker(helped).check({ from, target }, never);
    assert.deepEqual([record.tool, record.httpStatus], ['wget', 404]);
    const alone = new ScriptedExec((request) =>
      request.command[0] === 'curl' ? curlBroken : programMissing(request.command[0] ?? ''),
    );
    const broken = await new ContainerChecker(alone).check({ from, target }, never);
    assert.deepEqual([broken.tool, broken.verdict, broken.reason], ['curl', 'inconclusive', 'tool-failed']);
    assert.match(broken.summary, /exit code 2, which says nothing about the network: curl: \(2\)/);
  });

  it('calls a fault on the way to the container inconclusive, never blocked', async () => {
    const faults: readonly (readonly [ExecOutcome, string])[] = [
      [{ is: 'refused', httpStatus: 403, message: 'pods "testpod1" is forbidden' }, 'exec-refused'],
      [{ is: 'no-status', message: 'closed', stdout: '', stderr: '', truncated: false }, 'exec-no-status'],
      [{ is: 'timed-out', stdout: 'half', stderr: '', truncated: false }, 'exec-timed-out'],
    ];
    for (const [fault, reason] of faults) {
      const exec = new ScriptedExec(fault);
      const record = await new ContainerChecker(exec).check({ from, target }, never);
      assert.deepEqual([record.verdict, record.reason, record.exitCode], ['inconclusive', reason, null]);
      assert.equal(exec.requests.length, 1);
    }
  });

  it('tries a failed connection to the container once more', async () => {
    const failed: ExecOutcome = {
      ...{ is: 'transport-failed', message: 'error dialing backend' },
      ...{ stdout: '', stderr: '', truncated: false },
    };
    const recovered = new ScriptedExec(failed, ok);
    assert.equal((await new ContainerChecker(recovered).check({ from, target }, never)).verdict, 'reachable');
    const record = await new ContainerChecker(new ScriptedExec(failed)).check({ from, target }, never);
    assert.deepEqual([record.verdict, record.reason], ['inconclusive', 'exec-failed']);
    assert.match(record.summary, /error dialing backend/);
  });

  it('ends with the signal', async () => {
    await assert.rejects(
      new ContainerChecker(new ScriptedExec(ok)).check({ from, target }, AbortSignal.abort()),
      {
        name: 'AbortError',
      },
    );
  });
});

describe('ContainerChecker with the bash and perl of this machine', () => {
  let server: Server;
  let silent: Server;
  let closed: number;
  let folder: string;
  const sockets = new Set<Socket>();

  const listen = (made: Server): Promise<number> =>
    new Promise((resolve) => {
      made.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('error', () => sockets.delete(socket));
      });
      made.listen(0, '127.0.0.1', () => resolve((made.address() as AddressInfo).port));
    });
  const portOf = (made: Server): number => (made.address() as AddressInfo).port;
  const withPrograms = (...programs: string[]): LocalExec => {
    const bin = mkdtempSync(path.join(folder, 'path-'));
    for (const program of programs) symlinkSync(`/usr/bin/${program}`, path.join(bin, program));
    return new LocalExec(bin);
  };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'podnet-probe-'));
    server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
    });
    silent = createServer();
    await Promise.all([listen(server), listen(silent)]);
    const gone = createServer();
    closed = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    silent.close();
    rmSync(folder, { recursive: true });
  });

  it('bash opens a port, and says when it is closed', async () => {
    const checker = new ContainerChecker(withPrograms('timeout', 'bash'));
    const open = await checker.check(
      { from, target: targetOf(`http://127.0.0.1:${portOf(server)}/`) },
      never,
    );
    assert.deepEqual([open.tool, open.verdict, open.httpStatus], ['bash', 'reachable', 404]);
    const refused = await checker.check({ from, target: targetOf(`http://127.0.0.1:${closed}/`) }, never);
    assert.deepEqual([refused.tool, refused.verdict, refused.reason], ['bash', 'refused', 'refused']);
    assert.match(refused.detail, /Connection refused$/);
  });

  it('bash alone, without `timeout`, does the same and leaves nothing behind', async () => {
    const exec = withPrograms('bash');
    const checker = new ContainerChecker(exec);
    const open = await checker.check({ from, target: targetOf(`tcp://127.0.0.1:${portOf(silent)}`) }, never);
    assert.deepEqual([open.verdict, open.reason, open.command[0]], ['reachable', 'tcp-open', 'bash']);
    const refused = await checker.check({ from, target: targetOf(`tcp://127.0.0.1:${closed}`) }, never);
    assert.deepEqual([refused.verdict, refused.exitCode], ['refused', 1]);
  });

  it('perl reads the status, and ends itself where the server keeps silent', async () => {
    const checker = new ContainerChecker(withPrograms('perl'));
    const answered = await checker.check(
      { from, target: targetOf(`http://127.0.0.1:${portOf(server)}/a`) },
      never,
    );
    assert.deepEqual([answered.tool, answered.verdict, answered.httpStatus], ['perl', 'reachable', 404]);
    assert.match(answered.summary, /HTTP 404: the network works, the application says no/);
    const hung = await checker.check(
      {
        from,
        target: targetOf(`http://127.0.0.1:${portOf(silent)}/`),
        connectTimeoutSeconds: 1,
        timeoutSeconds: 1,
      },
      never,
    );
    assert.deepEqual([hung.tool, hung.verdict], ['perl', 'no-answer']);
    const refused = await checker.check({ from, target: targetOf(`http://127.0.0.1:${closed}/`) }, never);
    assert.equal(refused.verdict, 'refused');
  });
});
