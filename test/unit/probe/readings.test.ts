import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ladder } from '../../../src/probe/ladder.ts';
import { verdictOf, type Reason } from '../../../src/probe/reason.ts';
import { missingProgram } from '../../../src/probe/tools/endings.ts';
import { bash } from '../../../src/probe/tools/bash.ts';
import { nc } from '../../../src/probe/tools/nc.ts';
import { perl } from '../../../src/probe/tools/perl.ts';
import { wget } from '../../../src/probe/tools/wget.ts';
import { probes, recordedExec, targetOf, transcripts } from './support.ts';

const targets = ['http://10.244.1.3:80/', 'https://web:443/', 'tcp://10.96.4.5:5432', 'tcp://db:5432'].map(
  targetOf,
);
const target = fc.constantFrom(...targets);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'curl: (',
        '7)',
        '\n',
        ' ',
        '000',
        'HTTP/1.1 ',
        '200',
        'connected ',
        'failed ',
        'wget: ',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('readings', () => {
  it('never throw, and always give a known reason, whatever was printed', () => {
    const probe = fc.constantFrom(...ladder, nc);
    fc.assert(
      fc.property(
        probe,
        target,
        fc.integer({ min: 0, max: 255 }),
        anyText,
        anyText,
        (p, t, exitCode, stdout, stderr) => {
          const finished = { exitCode, stdout, stderr };
          const { reason, timingsMs } = p.read(finished, t);
          assert.ok(Object.hasOwn(verdictOf, reason), reason);
          for (const time of Object.values(timingsMs)) assert.ok(time === null || Number.isFinite(time));
          missingProgram(finished, p.programs);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never call anything reachable that the tool did not say in its own form', () => {
    const garbage = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ladder),
        target,
        fc.integer({ min: 0, max: 255 }),
        garbage,
        garbage,
        (p, t, exitCode, stdout, stderr) => {
          const { reason } = p.read({ exitCode, stdout, stderr }, t);
          assert.notEqual(verdictOf[reason], 'reachable', reason);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('of a transcript that lost its output say nothing about the network', () => {
    for (const transcript of transcripts().filter(({ tool }) => tool !== 'busybox-nc')) {
      const { tool, url, scenario } = transcript;
      const { reason } = probes[tool]!.read({ exitCode: 0, stdout: '', stderr: '' }, targetOf(url));
      assert.equal(verdictOf[reason], 'inconclusive', `${tool} ${scenario}`);
    }
  });

  it('of a failed transcript whose exit code got lost never say reachable', () => {
    for (const transcript of transcripts().filter(({ tool }) => tool !== 'busybox-nc')) {
      const { tool, url, scenario } = transcript;
      const read = (exitCode: number): Reason =>
        probes[tool]!.read({ ...transcript, exitCode }, targetOf(url)).reason;
      if (verdictOf[read(transcript.exitCode)] === 'reachable') continue;
      // bash prints this line itself, once the connection is open.
      if (tool.startsWith('bash') && transcript.stdout.startsWith('open\n')) continue;
      assert.notEqual(verdictOf[read(0)], 'reachable', `${tool} ${scenario}`);
    }
  });
});

describe('the tools beside curl', () => {
  it('wget is asked without proxies, in the C locale, bounded', () => {
    const command = wget.command(targetOf('http://10.244.1.3:80/'), { connect: 3, total: 5 });
    assert.equal(
      command.join(' '),
      'env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY -u all_proxy -u ALL_PROXY LC_ALL=C ' +
        'timeout 5 wget -S -t 1 -T 3 -O /dev/null http://10.244.1.3:80/',
    );
  });

  it('bash gets host and port as arguments, never inside the script', () => {
    const command = bash.command(targetOf('tcp://[fd00::3]:5432'), { connect: 3, total: 5 });
    assert.deepEqual(command, [
      ...['timeout', '4', 'bash', '-c', 'LC_ALL=C; exec 3<>/dev/tcp/$0/$1 && echo open', 'fd00::3', '5432'],
    ]);
  });

  it('no command holds the host or the path inside another word', () => {
    const asked = targetOf('http://some-host.example:8123/p');
    for (const probe of [...ladder, nc]) {
      const words = probe
        .command(asked, { connect: 3, total: 5 })
        .filter((word) => /some-host|8123/.test(word));
      for (const word of words) {
        assert.ok(
          ['some-host.example', '8123', 'some-host.example:8123', 'http://some-host.example:8123/p'].includes(
            word,
          ),
          word,
        );
      }
    }
  });

  it('bash asks for the first line of an HTTP answer', () => {
    const limits = { connect: 3, total: 5 };
    const command = bash.command(targetOf('http://[fd00::3]:8080/a?b'), limits);
    assert.deepEqual(command.slice(0, 4), ['timeout', '5', 'bash', '-c']);
    assert.ok(command[4]!.includes('exec 3<>/dev/tcp/$0/$1 && echo open'));
    assert.deepEqual(command.slice(5), ['fd00::3', '8080', '/a?b', '[fd00::3]:8080', '5']);
  });

  it('bash reads a warning about the locale as what it is', () => {
    const stderr = 'bash: warning: setlocale: LC_ALL: cannot change locale (en_US.UTF-8)\n';
    const read = (stdout: string): Reason => bash.read({ exitCode: 0, stdout, stderr }, targets[0]!).reason;
    assert.equal(read('open\n'), 'tcp-open');
    assert.equal(read(''), 'lost-exit-code');
  });

  it('bash reads the recording of a real cluster', () => {
    assert.equal(
      bash.read(recordedExec('exec-bash-dev-tcp')!, targetOf('tcp://localhost:80')).reason,
      'tcp-open',
    );
    assert.equal(recordedExec('exec-no-shell'), undefined);
  });

  it('a BusyBox wget that crashes is the tool that failed', () => {
    const { reason, tool } = wget.read({ exitCode: 139, stdout: '', stderr: '' }, targets[0]!);
    assert.deepEqual([reason, tool], ['tool-crashed', 'busybox-wget']);
  });

  it('a perl that was cut off has not found out', () => {
    const stdout = 'resolved 0.0001\nconnected 0.0002 10.0.0.1\n';
    assert.equal(perl.read({ exitCode: 0, stdout, stderr: '' }, targets[0]!).reason, 'lost-exit-code');
    assert.equal(perl.read({ exitCode: 137, stdout, stderr: '' }, targets[0]!).reason, 'tool-killed');
    assert.equal(perl.read({ exitCode: 142, stdout, stderr: '' }, targets[0]!).reason, 'silent');
  });
});

describe('missing programs', () => {
  const missing = (exitCode: number, stderr: string, programs: readonly string[]): string | undefined =>
    missingProgram({ exitCode, stdout: '', stderr }, programs);

  it('are named by coreutils, BusyBox, shells and the runtime', () => {
    const chain = ['env', 'timeout', 'wget'];
    assert.equal(
      missing(127, "timeout: failed to run command 'wget': No such file or directory\n", chain),
      'wget',
    );
    assert.equal(
      missing(127, 'timeout: failed to run command ‘wget’: No such file or directory\n', chain),
      'wget',
    );
    assert.equal(missing(127, "timeout: can't execute 'wget': No such file or directory\n", chain), 'wget');
    assert.equal(missing(127, "env: 'timeout': No such file or directory\n", chain), 'timeout');
    assert.equal(missing(127, "env: can't execute 'timeout': No such file or directory\n", chain), 'timeout');
    assert.equal(missing(126, "timeout: failed to run command 'wget': Permission denied\n", chain), 'wget');
    assert.equal(
      missing(
        255,
        'exec failed: unable to start container process: exec: "curl": executable file not found in $PATH',
        ['curl'],
      ),
      'curl',
    );
    assert.equal(missing(127, 'sh: curl: not found\n', ['curl']), 'curl');
    assert.equal(missing(127, '', chain), 'wget');
  });

  it('count the time as missing where BusyBox takes its seconds for the program', () => {
    assert.equal(
      missing(127, "timeout: can't execute '5': No such file or directory\n", ['env', 'timeout', 'wget']),
      'timeout',
    );
  });

  it('are none where the program ran and failed', () => {
    for (const transcript of transcripts()) {
      const { tool, scenario } = transcript;
      assert.equal(missingProgram(transcript, probes[tool]!.programs), undefined, `${tool} ${scenario}`);
    }
  });
});
