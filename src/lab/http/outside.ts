/**
 * `GET /podnet-lab/outside`: what somebody outside of the simulated cluster gets at an address. A real cluster has no
 * such path: there the outside is this machine's own network.
 */
import { badRequest } from '../api/errors.ts';
import type { RequestContext } from './context.ts';
import { send } from './respond.ts';

/** Whether a path is this one. */
export function isOutsidePath(segments: readonly string[]): boolean {
  return segments.length === 2 && segments[0] === 'podnet-lab' && segments[1] === 'outside';
}

export async function outsideRequest({ services, query, response, signal }: RequestContext): Promise<void> {
  const number = (name: string): number => {
    const value = Number(query.get(name));
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    throw badRequest(`${name} takes a whole number from 1 to 65535`);
  };
  const scheme = query.get('scheme');
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'tcp')
    throw badRequest('scheme takes http, https or tcp');
  const left = new AbortController();
  response.once('close', () => {
    left.abort();
  });
  const body = await services.runtime.askFromOutside?.(
    {
      host: query.get('host') ?? '',
      port: number('port'),
      scheme,
      path: query.get('path') ?? '/',
      connectSeconds: number('connect'),
      totalSeconds: number('total'),
    },
    AbortSignal.any([signal, left.signal]),
  );
  if (body === undefined) throw badRequest('this lab has no outside');
  send(response, { code: 200, body });
}
