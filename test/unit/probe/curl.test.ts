import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Finished } from '../../../src/probe/reading.ts';
import type { Reason } from '../../../src/probe/reason.ts';
import { curl } from '../../../src/probe/tools/curl.ts';
import { recordedExec, targetOf } from './support.ts';

const http = targetOf('http://web.default.svc:80/');
const byIp = targetOf('http://10.244.1.3:80/');
const https = targetOf('https://10.244.1.3:443/');

function of(exitCode: number, written: string, stderr = '', target = byIp): Reason {
  return curl.read({ exitCode, stdout: written, stderr }, target).reason;
}

describe('curl', () => {
  it('is asked with whole seconds, no proxy, no configuration, and the URL as its own word', () => {
    assert.deepEqual(curl.command(targetOf('http://[fd00::3]:8080/a?b=c'), { connect: 3, total: 5 }), [
      ...['curl', '-q', '-g', '-sS', '-k', '--noproxy', '*', '-o', '/dev/null'],
      ...['--connect-timeout', '3', '--max-time', '5', '-w'],
      '\\n%{http_code} %{time_namelookup} %{time_connect} %{time_appconnect} %{time_total} %{remote_ip}',
      'http://[fd00::3]:8080/a?b=c',
    ]);
  });

  it('asks a TCP question over HTTP, and does not wait long for a server that keeps silent', () => {
    const command = curl.command(targetOf('tcp://db:5432'), { connect: 2, total: 60 });
    assert.equal(command.at(-1), 'http://db:5432/');
    assert.equal(command[command.indexOf('--max-time') + 1], '3');
  });

  it('reads what a real cluster recorded', () => {
    // These recordings lack %{time_appconnect}, so they are not our command's: only their words can be read.
    const finished = (name: string): Finished => {
      const recorded = recordedExec(name)!;
      return { ...recorded, stdout: recorded.stdout.replace(/( \S+) (\S*)$/, ' 0.000000$1 $2') };
    };
    const ok = curl.read(finished('exec-curl-pod-ip'), targetOf('http://10.244.2.3:80/'));
    assert.deepEqual(ok, {
      ...{ tool: 'curl', reason: 'http-answer', httpStatus: 200, remoteIp: '10.244.2.3' },
      detail: '200 0.000031 0.000522 0.000000 0.002723 10.244.2.3',
      timingsMs: { dns: 0.031, connect: 0.522, tls: null, total: 2.723 },
    });
    const byName = curl.read(finished('exec-curl-service-dns'), http);
    assert.equal(byName.remoteIp, '10.96.4.5');
    const dropped = curl.read(finished('exec-curl-dropped'), targetOf('http://10.244.1.250:80/'));
    assert.equal(dropped.reason, 'no-reply');
    assert.match(dropped.detail, /^curl: \(28\) Failed to connect to 10\.244\.1\.250 port 80/);
    assert.equal(curl.read(finished('exec-curl-refused'), byIp).reason, 'could-not-connect');
    assert.equal(curl.read(finished('exec-curl-unknown-host'), http).reason, 'name-not-resolved');
    assert.equal(recordedExec('exec-curl-missing'), undefined, 'no exit code: never a verdict');
  });

  it('decides 28 by its times and words', () => {
    const resolving = 'curl: (28) Resolving timed out after 3000 milliseconds\n';
    const connecting = 'curl: (28) Connection timed out after 3001 milliseconds\n';
    assert.equal(of(28, '\n000 0.000000 0.000000 0.000000 3.0 ', resolving, http), 'name-timeout');
    assert.equal(of(28, '\n000 0.000000 0.000000 0.000000 3.0 ', '', http), 'name-timeout');
    assert.equal(of(28, '\n000 0.000000 0.000000 0.000000 3.0 ', '', byIp), 'no-reply');
    assert.equal(of(28, '\n000 0.001000 0.000000 0.000000 3.0 ', connecting, http), 'no-reply');
    assert.equal(of(28, '\n000 0.001000 0.002000 0.000000 5.0 10.0.0.1', '', http), 'silent');
    assert.equal(of(28, '\n200 0.001000 0.002000 0.000000 5.0 10.0.0.1', '', http), 'http-unfinished');
    assert.equal(of(28, '', connecting, http), 'no-reply-or-silent');
    assert.equal(of(28, '\n000 0.00002 0.000000 0.000000 5.0 ', '', https), 'no-reply-or-silent');
    assert.equal(of(28, '\n000 0.00002 0.000000 0.000000 3.0 ', connecting, https), 'no-reply');
  });

  it('reads the older, clearer words for 7', () => {
    const said = (why: string): string => `curl: (7) Failed to connect to 10.244.1.3 port 80: ${why}\n`;
    const nothing = '\n000 0.000 0.000 0.000 0.001 ';
    assert.equal(of(7, nothing, said('Connection refused')), 'refused');
    assert.equal(of(7, nothing, said('No route to host')), 'unreachable');
    assert.equal(of(7, nothing, said('Network is unreachable')), 'unreachable');
  });

  it('reads the other exit codes by the table', () => {
    const connected = '\n000 0.000020 0.000300 0.000000 0.001000 10.0.0.1';
    assert.equal(of(1, connected, 'curl: (1) Received HTTP/0.9 when not allowed\n'), 'not-http');
    assert.equal(of(1, '\n000 0 0 0 0 ', 'curl: (1) Protocol "https" not supported\n'), 'tool-failed');
    assert.equal(of(8, connected, 'curl: (8) Invalid status line\n'), 'not-http');
    for (const code of [35, 60]) assert.equal(of(code, connected, '', https), 'tls-failed');
    assert.equal(of(52, connected), 'closed-without-answer');
    assert.equal(of(55, connected), 'reset');
    assert.equal(of(56, connected), 'reset');
    assert.equal(of(2, '', 'curl: option --noproxy: is unknown\n'), 'tool-failed');
    assert.equal(of(137, ''), 'tool-killed');
    assert.equal(of(139, ''), 'tool-crashed');
    // An HTTP/0.9 answer, which curl took for HTTP before 7.66.
    assert.equal(of(0, connected), 'not-http');
  });

  it('never trusts an exit code of 0 that the output does not bear out', () => {
    assert.equal(of(0, ''), 'no-output');
    assert.equal(of(0, '\n'), 'no-output');
    assert.equal(of(0, '\n000 0.000000 0.000000 0.000000 0.0 '), 'no-output');
    const failed = 'curl: (7) Failed to connect to 10.244.1.3 port 80: Connection refused\n';
    assert.equal(of(0, '\n200 0.000020 0.000300 0.000000 0.001000 10.0.0.1', failed), 'lost-exit-code');
    assert.equal(of(0, failed), 'lost-exit-code');
  });

  it('reads an old curl that does not know some variables', () => {
    const reading = curl.read(
      {
        exitCode: 0,
        stdout: '\n200 0.001 0.002  0.004 ',
        stderr: "curl: unknown --write-out variable: 'remote_ip'\n",
      },
      byIp,
    );
    assert.equal(reading.reason, 'http-answer');
    assert.equal(reading.remoteIp, null);
    assert.deepEqual(reading.timingsMs, { dns: 1, connect: 2, tls: null, total: 4 });
  });

  it('answers a TCP question by the connection alone', () => {
    const tcp = targetOf('tcp://10.244.1.3:5432');
    const connected = '\n000 0.000020 0.000300 0.000000 3.0 10.244.1.3';
    for (const code of [0, 1, 28, 52, 56, 91]) assert.equal(of(code, connected, '', tcp), 'tcp-open');
    assert.equal(of(28, '\n000 0.000020 0.000000 0.000000 3.0 ', '', tcp), 'no-reply');
  });
});
