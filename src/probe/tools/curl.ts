import { httpUrl, isIpAddress } from '../address.ts';
import type { CheckTarget } from '../check.ts';
import {
  answered,
  decidingLine,
  reading,
  type Finished,
  type Limits,
  type Probe,
  type Reading,
} from '../reading.ts';
import type { Reason } from '../reason.ts';
import { commonEnding } from './endings.ts';
import { systemError } from './systemError.ts';

const writeOut =
  '\\n%{http_code} %{time_namelookup} %{time_connect} %{time_appconnect} %{time_total} %{remote_ip}';

/** Integer time-outs and no `%{errormsg}`: old curl lacks both. Whether a certificate is trusted is not asked here. */
function command(target: CheckTarget, limits: Limits, more: readonly string[] = []): readonly string[] {
  // A TCP question is answered once the connection is open or not; a silent server need not be waited for.
  const total = target.scheme === 'tcp' ? Math.min(limits.total, limits.connect + 1) : limits.total;
  return [
    'curl',
    ...['-q', '-g', '-sS', ...more, '-k', '--noproxy', '*', '-o', '/dev/null'],
    ...['--connect-timeout', String(limits.connect), '--max-time', String(total)],
    ...['-w', writeOut, httpUrl(target)],
  ];
}

export const curl: Probe = { tool: 'curl', programs: ['curl'], command, read };

/**
 * Since 7.8x curl says "Couldn't connect to server" of a refusal and of a missing route alike (lib/connect.c uses
 * the text of the code, not of errno). `-v` still names the error, so a second look tells them apart.
 */
export const verboseCurl: Probe = {
  ...curl,
  command: (target, limits) => command(target, limits, ['-v']),
};

interface Measured {
  readonly http: number;
  /** Seconds; NaN where this curl does not know the variable. */
  readonly lookup: number;
  readonly connect: number;
  readonly tls: number;
  readonly total: number;
  readonly remoteIp: string;
}

/** The last line of stdout, if it is what `writeOut` prints. A variable an old curl lacks leaves its place empty. */
function measured(stdout: string): Measured | undefined {
  const line = stdout.slice(stdout.lastIndexOf('\n') + 1);
  const fields = line.split(' ');
  const [http = '', lookup = '', connect = '', tls = '', total = '', remoteIp = ''] = fields;
  if (fields.length !== 6 || !/^\d{3}$/.test(http)) return undefined;
  if (![lookup, connect, tls, total].every((field) => /^(?:\d+(?:[.,]\d+)?)?$/.test(field))) return undefined;
  if (!/^[0-9a-fA-F:.]*(?:%\S*)?$/.test(remoteIp)) return undefined;
  const seconds = (field: string): number => (field === '' ? Number.NaN : Number(field.replace(',', '.')));
  return {
    http: Number(http),
    lookup: seconds(lookup),
    connect: seconds(connect),
    tls: seconds(tls),
    total: seconds(total),
    remoteIp,
  };
}

/** curl's answer by its exit code, its times and its words (measured with 7.88; other versions by their sources). */
function read(finished: Finished, target: CheckTarget): Reading {
  const { exitCode, stdout, stderr } = finished;
  const times = measured(stdout);
  const detail = detailOf(finished);
  const reason = decide(exitCode, stderr, stdout, times, target);
  if (times === undefined) return reading('curl', reason, detail);
  const connected = times.connect > 0;
  // A failed connection has no time of its own: curl prints 0.
  const ms = (value: number, known = value > 0): number | null =>
    known && !Number.isNaN(value) ? Math.round(value * 1e6) / 1e3 : null;
  return reading('curl', reason, detail, {
    httpStatus: times.http > 0 ? times.http : null,
    timingsMs: {
      dns: ms(times.lookup),
      connect: ms(times.connect),
      tls: ms(times.tls),
      total: ms(times.total, true),
    },
    remoteIp: connected && times.remoteIp !== '' ? times.remoteIp : null,
  });
}

/** curl's own verdict on itself; where `-v` names the system's error, that. */
function detailOf({ exitCode, stdout, stderr }: Finished): string {
  const system = /^\* (.* (?:failed|connect fail for \S+): .+)$/m.exec(stderr)?.[1];
  if (exitCode === 7 && system !== undefined) return system;
  return decidingLine(stderr, /^curl: \(\d+\)/) || decidingLine(stdout);
}

function decide(
  exitCode: number,
  stderr: string,
  stdout: string,
  times: Measured | undefined,
  target: CheckTarget,
): Reason {
  if (exitCode === 0) {
    if (/curl: \(\d+\)/.test(stderr + stdout)) return 'lost-exit-code';
    if (times === undefined) return 'no-output';
  }
  const connected = times !== undefined && times.connect > 0;
  // For a TCP question the connection decides, whatever happened afterwards.
  if (target.scheme === 'tcp' && connected) return 'tcp-open';
  if (times !== undefined && times.http > 0)
    return exitCode === 28 ? 'http-unfinished' : answered(times.http);
  switch (exitCode) {
    case 0:
      // Before 7.66 a banner counted as HTTP/0.9: no status, exit code 0.
      return connected ? 'not-http' : 'no-output';
    case 1:
      return stderr.includes('HTTP/0.9') ? 'not-http' : 'tool-failed';
    case 6:
      return /timed? ?out/i.test(stderr) ? 'name-timeout' : 'name-not-resolved';
    case 7:
      return systemError(stderr) ?? 'could-not-connect';
    case 8:
      return connected ? 'not-http' : 'tool-failed';
    case 28:
      return timedOut(stderr, times, target);
    case 35:
    case 51:
    case 60:
      return 'tls-failed';
    case 52:
      return 'closed-without-answer';
    case 55:
    case 56:
      return 'reset';
    default:
      return commonEnding({ exitCode, stdout, stderr }) ?? 'tool-failed';
  }
}

function timedOut(stderr: string, times: Measured | undefined, target: CheckTarget): Reason {
  if (/Resolving timed out/i.test(stderr)) return 'name-timeout';
  // Over TLS curl 7.88 leaves time_connect at 0 until the handshake is done.
  if (/SSL connection timeout/i.test(stderr)) return 'silent';
  if (times === undefined || Number.isNaN(times.connect)) return 'no-reply-or-silent';
  if (times.connect > 0) return 'silent';
  if (target.scheme === 'https' && !/Failed to connect|Connection timed?.?out/i.test(stderr)) {
    return 'no-reply-or-silent';
  }
  return times.lookup === 0 && !isIpAddress(target.host) ? 'name-timeout' : 'no-reply';
}
