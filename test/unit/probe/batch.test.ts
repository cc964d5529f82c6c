import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { finishedOf, readBatch, type BatchLine } from '../../../src/probe/batch/answer.ts';
import { BatchChecker } from '../../../src/probe/batch/batchChecker.ts';
import { batchCommand, batchInput } from '../../../src/probe/batch/script.ts';
import { ContainerChecker } from '../../../src/probe/checker.ts';
import { verdictOf } from '../../../src/probe/reason.ts';
import { bash } from '../../../src/probe/tools/bash.ts';
import { curl, verboseCurl } from '../../../src/probe/tools/curl.ts';
import { exited, LocalExec, programMissing, ScriptedExec } from './localExec.ts';
import { probes, targetOf, transcripts } from './support.ts';

const from = { namespace: 'default', pod: 'testpod1', container: 'c01' };
const never = new AbortController().signal;
const limits = { connect: 3, total: 5 };

describe('a batch', () => {
  it('is asked by a constant script, with templates as arguments and targets on stdin', () => {
    const command = batchCommand(
      { probe: curl, again: { probe: verboseCurl, pattern: 'connect to server' } },
      limits,
      32,
    );
    assert.deepEqual(command.slice(0, 2), ['sh', '-c']);
    assert.deepEqual(command.slice(3, 6), ['sh', '32', 'connect to server']);
    const words = command.slice(6);
    const section = (name: string): readonly string[] => {
      const begin = words.indexOf(name) + 1;
      const length = words.slice(begin).findIndex((word) => /^@(http|https|tcp|again)$/.test(word));
      return words.slice(begin, length === -1 ? undefined : begin + length);
    };
    assert.deepEqual(section('@http'), [
      ...curl.command(targetOf('http://10.244.1.3:80/'), limits).slice(0, -1),
      '@URL',
    ]);
    assert.equal(section('@tcp').at(-1), '@HTTPURL');
    assert.ok(section('@again').includes('-v'));
    // The API server gets argv in the request line: stay well under 8 KB.
    const line = command.map((word) => `command=${encodeURIComponent(word)}`).join('&');
    assert.ok(line.length < 6_000, String(line.length));
  });

  it('keeps whatever a path holds in its own field', () => {
    const target = { ...targetOf('http://10.244.1.3:80/'), path: '/a|b c\nEND' };
    assert.equal(batchInput([target]), '0|http|10.244.1.3|80|/a%7Cb%20c%0AEND\nEND\n');
  });

  it('reads whole lines that are named once, and the trailer', () => {
    const { lines, complete } = readBatch('KN1|0|first|0|a\u001eb\nKN1|1|again|7|x|y\nKNEND|2\n', 2);
    assert.deepEqual(
      [...lines.values()],
      [
        { id: 0, again: false, exitCode: 0, text: 'a\nb' },
        { id: 1, again: true, exitCode: 7, text: 'x|y' },
      ],
    );
    assert.equal(complete, true);
    assert.equal(readBatch('KN1|0|first|0|a', 1).lines.size, 0, 'cut off');
    assert.equal(readBatch('KN1|0|first|0|a\nKN1|0|first|0|b\nKNEND|1\n', 1).lines.size, 0, 'named twice');
    assert.equal(readBatch('KN1|9|first|0|a\nKNEND|1\n', 1).lines.size, 0, 'never asked');
    assert.equal(readBatch('KN1|0|first|0|a\n', 1).complete, false);
    assert.equal(readBatch('KN1|0|first|0|a\nKNEND|2\n', 1).complete, false);
  });

  it('never throws on an answer, whatever it is', () => {
    const piece = fc.constantFrom('KN1|', 'KNEND|', '0|', '1|', 'first|', 'again|', '\n', '\u001e', 'x');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat(3), (stdout, asked) => {
        for (const [id, line] of readBatch(stdout, asked).lines) {
          assert.ok(id < asked && line.exitCode <= 999);
          for (const probe of Object.values(probes)) {
            assert.ok(probe.read(finishedOf(probe, line), targetOf('http://a:80/')).reason in verdictOf);
          }
        }
      }),
    );
  });

  it('reads every real answer as an exec of its own would have', () => {
    for (const transcript of transcripts().filter(({ tool }) => tool !== 'perl' && tool !== 'python3')) {
      const { tool, url, exitCode, stdout, stderr, scenario } = transcript;
      const probe = probes[tool]!;
      // What a shell makes of both streams in one substitution: blank lines and the last line break go.
      const mixed = `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
      const line: BatchLine = { id: 0, again: false, exitCode, text: mixed.join('\n') };
      const alone = probe.read(transcript, targetOf(url));
      const inBatch = probe.read(finishedOf(probe, line), targetOf(url));
      assert.deepEqual(
        [inBatch.reason, inBatch.httpStatus, inBatch.remoteIp],
        [alone.reason, alone.httpStatus, alone.remoteIp],
        `${tool} ${scenario}`,
      );
    }
  });
});

describe('BatchChecker', () => {
  const targets = ['http://10.244.1.3:80/', 'http://10.244.1.3:81/', 'tcp://db:5432'].map(targetOf);
  const tools = (...names: string[]) => exited(0, [...names, 'END', ''].join('\n'));
  /** What a container without curl, or with one before 7.75, answers to the first try. */
  const noParallelCurl = exited(127, '');
  const batch = (exec: ScriptedExec): BatchChecker =>
    new BatchChecker(exec, new ContainerChecker(exec), { imageOf: () => 'nginx' });

  it('asks all targets by one curl where it can', async () => {
    const said = [
      'KN2|1|0|52|000 0.000100 0.000200 0.000000 0.000300 10.0.0.9|Empty reply from server',
      'KN2|0|1|28|000 0.000100 0.000000 0.000000 3.000300 |Failed to connect to 10.244.1.3 port 81 after 3001 ms: Timeout was reached',
      'KN2|0|0|0|200 0.000020 0.000300 0.000000 0.001000 10.244.1.3|',
      'KN2|0|7|0|200 0.000020 0.000300 0.000000 0.001000 10.244.1.3|',
      'KNEND|2\n',
    ];
    const exec = new ScriptedExec(exited(0, said.join('\n')));
    const records = await batch(exec).check({ from, targets }, never);
    assert.deepEqual(
      records.map(({ to, verdict, reason, exitCode }) => [to, verdict, reason, exitCode]),
      [
        ['http://10.244.1.3:80/', 'reachable', 'http-answer', 0],
        ['http://10.244.1.3:81/', 'timeout', 'no-reply', 28],
        ['tcp://db:5432', 'reachable', 'tcp-open', 52],
      ],
    );
    assert.equal(exec.requests.length, 1);
    assert.deepEqual(records[0]!.command, curl.command(targets[0]!, limits));
    const [http = '', tcp = ''] = (exec.requests[0]!.stdin ?? '').split('\n');
    assert.deepEqual(
      http.split('\t').filter((word) => word.startsWith('http')),
      ['http://10.244.1.3:80/', 'http://10.244.1.3:81/'],
    );
    assert.equal(tcp.split('\t').at(-1), 'http://db:5432/');
    const line = exec.requests[0]!.command.map((word) => encodeURIComponent(word)).join('&');
    assert.ok(line.length < 6_000, String(line.length));
  });

  it('believes no target of which two lines speak', async () => {
    const line = 'KN2|0|0|0|200 0.000020 0.000300 0.000000 0.001000 10.244.1.3|\n';
    const exec = new ScriptedExec(exited(0, `${line}${line.replace('|0|0|0|', '|0|1|0|')}${line}KNEND|2\n`));
    const records = await batch(exec).check({ from, targets }, never);
    assert.deepEqual(
      records.map(({ reason }) => reason),
      ['no-output', 'http-answer', 'no-output'],
    );
  });

  it('tries once more where the connection to the container fails, which says nothing about the network', async () => {
    const failed = {
      is: 'transport-failed',
      message: 'reset',
      stdout: '',
      stderr: '',
      truncated: false,
    } as const;
    const said = 'KN2|0|0|0|200 0.1 0.2 0.0 0.3 10.0.0.1|\nKNEND|1\n';
    const twice = targets.slice(0, 2);
    const records = await batch(new ScriptedExec(failed, exited(0, said))).check(
      { from, targets: twice },
      never,
    );
    assert.deepEqual(
      records.map(({ reason }) => reason),
      ['http-answer', 'no-output'],
    );
  });

  it('makes N checks by one exec, after asking once for the tools of the image', async () => {
    const answer = exited(
      0,
      [
        'KN1|2|first|52|curl: (52) Empty reply from server\u001e000 0.1 0.2 0.000000 0.3 10.0.0.9',
        'KN1|0|first|0|200 0.000020 0.000300 0.000000 0.001000 10.244.1.3',
        'KN1|1|again|7|* connect to 10.244.1.3 port 81 failed: Connection refused\u001ecurl: (7) Failed\u001e000 0.1 0.000000 0.000000 0.2 ',
        'KNEND|3\n',
      ].join('\n'),
    );
    const exec = new ScriptedExec(noParallelCurl, tools('curl', 'env', 'timeout', 'bash'), answer, answer);
    const checker = batch(exec);
    const records = await checker.check({ from, targets }, never);
    assert.deepEqual(
      records.map(({ to, verdict, reason, tool }) => [to, verdict, reason, tool]),
      [
        ['http://10.244.1.3:80/', 'reachable', 'http-answer', 'curl'],
        ['http://10.244.1.3:81/', 'refused', 'refused', 'curl'],
        ['tcp://db:5432', 'reachable', 'tcp-open', 'curl'],
      ],
    );
    assert.deepEqual(records[0]!.command, curl.command(targets[0]!, limits));
    assert.ok(records[1]!.command.includes('-v'));
    assert.equal(exec.requests[2]!.stdin, batchInput(targets));
    await checker.check({ from: { ...from, pod: 'other' }, targets }, never);
    assert.equal(exec.requests.length, 4);
  });

  it('says of targets without a line that it is not known', async () => {
    const half = exited(0, 'KN1|0|first|0|200 0.000020 0.000300 0.000000 0.001000 10.244.1.3\nKNEND|1\n');
    const records = await batch(new ScriptedExec(noParallelCurl, tools('curl'), half)).check(
      { from, targets },
      never,
    );
    assert.deepEqual(
      records.map(({ verdict, reason }) => [verdict, reason]),
      [
        ['reachable', 'http-answer'],
        ['inconclusive', 'no-output'],
        ['inconclusive', 'no-output'],
      ],
    );
  });

  it('calls faults on the way inconclusive for every target', async () => {
    const closed = { is: 'no-status', message: 'closed', stdout: '', stderr: '', truncated: false } as const;
    const records = await batch(new ScriptedExec(noParallelCurl, tools('curl'), closed)).check(
      { from, targets },
      never,
    );
    assert.deepEqual([...new Set(records.map(({ reason }) => reason))], ['exec-no-status']);
    const refused = { is: 'refused', httpStatus: 403, message: 'no' } as const;
    const unasked = await batch(new ScriptedExec(refused)).check({ from, targets }, never);
    assert.deepEqual([...new Set(unasked.map(({ reason }) => reason))], ['exec-refused']);
  });

  it('makes checks one by one where there is no shell, or no tool for a batch', async () => {
    const noShell = new ScriptedExec((request) =>
      request.command[0] === 'perl'
        ? exited(0, 'resolved 0.001\nconnected 0.002 10.0.0.1\nanswer HTTP/1.1 200 OK\ndone 0.003\n')
        : programMissing(request.command[0] ?? ''),
    );
    const records = await batch(noShell).check({ from, targets }, never);
    assert.deepEqual(
      records.map(({ tool, verdict }) => [tool, verdict]),
      targets.map(() => ['perl', 'reachable']),
    );
  });
});

describe('BatchChecker in real shells', () => {
  let folder: string;
  let server: Server;
  let closed: number;
  const open = (): number => (server.address() as AddressInfo).port;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'podnet-batch-'));
    server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    closed = (gone.address() as AddressInfo).port;
    await new Promise((resolve) => gone.close(resolve));
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  for (const shell of ['dash', 'bash']) {
    it(`runs in ${shell}, in waves, every target once`, async () => {
      const bin = mkdtempSync(path.join(folder, 'bin-'));
      symlinkSync(`/usr/bin/${shell}`, path.join(bin, 'sh'));
      for (const program of ['timeout', 'bash', 'env'])
        symlinkSync(`/usr/bin/${program}`, path.join(bin, program));
      const exec = new LocalExec(bin);
      const checker = new BatchChecker(exec, new ContainerChecker(exec), { atOnce: 8 });
      const targets = Array.from({ length: 20 }, (_, i) =>
        targetOf(i % 2 === 0 ? `http://127.0.0.1:${open()}/${i}?a=$(id)&b=*` : `tcp://127.0.0.1:${closed}`),
      );
      const records = await checker.check({ from, targets }, never);
      assert.deepEqual(
        records.map(({ tool, verdict, httpStatus }) => [tool, verdict, httpStatus]),
        targets.map((_, i) => (i % 2 === 0 ? ['bash', 'reachable', 204] : ['bash', 'refused', null])),
      );
      assert.equal(exec.commands.length, 3, 'one exec for curl, one for the tools, one for the checks');
      assert.deepEqual(records[0]!.command, bash.command(targets[0]!, limits));
    });

    it(`asks by one curl in ${shell}, and looks again where it does not tell`, async function () {
      if (!existsSync('/usr/bin/curl')) this.skip();
      const bin = mkdtempSync(path.join(folder, 'bin-'));
      symlinkSync(`/usr/bin/${shell}`, path.join(bin, 'sh'));
      symlinkSync('/usr/bin/curl', path.join(bin, 'curl'));
      const exec = new LocalExec(bin);
      const checker = new BatchChecker(exec, new ContainerChecker(exec), { atOnce: 8 });
      const targets = Array.from({ length: 40 }, (_, i) =>
        targetOf(
          [
            `http://127.0.0.1:${open()}/${i}?a=$(id)&b=*`,
            `tcp://127.0.0.1:${closed}`,
            `tcp://127.0.0.1:${open()}`,
            `http://127.0.0.1:${closed}/`,
          ][i % 4]!,
        ),
      );
      const records = await checker.check({ from, targets }, never);
      assert.deepEqual(
        records.map(({ tool, verdict, httpStatus }) => [tool, verdict, httpStatus]),
        targets.map(
          (_, i) =>
            [
              ['curl', 'reachable', 204],
              ['curl', 'refused', null],
              ['curl', 'reachable', 204],
              ['curl', 'refused', null],
            ][i % 4],
        ),
      );
      assert.equal(exec.commands.length, 2, 'one exec for all, one for what was refused');
      assert.deepEqual([...new Set(records.map(({ reason }) => reason))].sort(), [
        'http-answer',
        'refused',
        'tcp-open',
      ]);
    });
  }
});
