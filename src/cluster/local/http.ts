import type { RequestOptions } from 'node:http';
import { isIpAddress } from '../../probe/address.ts';
import type { CheckTarget } from '../../probe/check.ts';
import { answered, reading, type Limits, type Reading } from '../../probe/reading.ts';
import type { Reason } from '../../probe/reason.ts';
import { request as httpRequest } from '../transport/direct/http.ts';
import { request as httpsRequest } from '../transport/direct/https.ts';
import { reasonOfError, wordsOf } from './errors.ts';
import { settle } from './settle.ts';
import { SocketTimes } from './socketTimes.ts';

/** A GET from this machine. Whether a certificate is trusted is not asked, as in the checks from containers. */
export function askHttp(target: CheckTarget, limits: Limits, signal: AbortSignal): Promise<Reading> {
  const { host, port, path, scheme } = target;
  const times = new SocketTimes();
  let status: number | undefined;
  const said = (reason: Reason, detail: string): Reading =>
    reading('podnet', reason, detail, {
      httpStatus: status ?? null,
      timingsMs: times.end(),
      remoteIp: times.remoteIp,
    });
  const lateReason = (): Reason => {
    if (status !== undefined) return 'http-unfinished';
    if (times.connected) return 'silent';
    return times.resolved || isIpAddress(host) ? 'no-reply' : 'name-timeout';
  };
  return settle<Reading>(
    limits.total * 1_000,
    signal,
    (answer) => {
      const options: RequestOptions & { rejectUnauthorized: boolean } = {
        ...{ host, port, path, method: 'GET', agent: false, rejectUnauthorized: false },
        headers: { connection: 'close', accept: '*/*' },
      };
      const sent = (scheme === 'https' ? httpsRequest : httpRequest)(options);
      const connecting = setTimeout(() => {
        if (!times.connected) answer(said(lateReason(), ''));
      }, limits.connect * 1_000);
      sent.once('socket', (socket) => times.follow(socket));
      sent.once('error', (error) => answer(said(reasonOfError(error, times.connected), wordsOf(error))));
      sent.once('response', (response) => {
        status = response.statusCode ?? 0;
        const line = `HTTP/${response.httpVersion} ${status} ${response.statusMessage ?? ''}`.trim();
        response.once('end', () => answer(said(answered(status ?? 0), line)));
        response.once('error', (error) => answer(said('http-unfinished', wordsOf(error))));
        response.resume();
      });
      sent.end();
      return () => {
        clearTimeout(connecting);
        sent.on('error', () => undefined);
        sent.destroy();
      };
    },
    () => said(lateReason(), ''),
  );
}
